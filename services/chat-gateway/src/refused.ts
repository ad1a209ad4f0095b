/** What a visitor sent cannot be stored, however often it is tried; `field` is what has to be put right. */
export class Refused extends Error {
  constructor(readonly field: string) {
    super(`refused for its ${field}`);
    this.name = 'Refused';
  }
}

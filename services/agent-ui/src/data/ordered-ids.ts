/** A place in the inbox: newest activity first, of equal ones the higher id first, as the server's pages have it. */
export interface Place {
  id: string;
  at: string;
}

export function comparePlaces(a: Place, b: Place): number {
  if (a.at !== b.at) return a.at > b.at ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id > b.id ? -1 : 1;
}

/** Ids kept in the order of the inbox. A change compares about log2(n) times. */
export class OrderedIds {
  private readonly order: Place[] = [];
  private readonly places = new Map<string, Place>();

  constructor(private readonly compare: (a: Place, b: Place) => number = comparePlaces) {}

  get size(): number {
    return this.order.length;
  }

  has(id: string): boolean {
    return this.places.has(id);
  }

  ids(): string[] {
    return this.order.map(({ id }) => id);
  }

  /** False when the id already stands there. */
  set(id: string, at: string): boolean {
    const known = this.places.get(id);
    if (known?.at === at) return false;
    if (known !== undefined) this.order.splice(this.indexOf(known), 1);
    const place = { id, at };
    this.order.splice(this.indexOf(place), 0, place);
    this.places.set(id, place);
    return true;
  }

  delete(id: string): boolean {
    const place = this.places.get(id);
    if (place === undefined) return false;
    this.order.splice(this.indexOf(place), 1);
    this.places.delete(id);
    return true;
  }

  /** Those after `from` up to and with `to`; null = from the first, to the last. */
  between(from: Place | null, to: Place | null): string[] {
    const start = from === null ? 0 : this.after(from);
    const end = to === null ? this.order.length : this.after(to);
    return this.order.slice(start, end).map(({ id }) => id);
  }

  private after(place: Place): number {
    const index = this.indexOf(place);
    const found = this.order[index];
    return found !== undefined && this.compare(found, place) === 0 ? index + 1 : index;
  }

  /** Where `place` stands or would stand. */
  private indexOf(place: Place): number {
    let low = 0;
    let high = this.order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const found = this.order[middle];
      if (found !== undefined && this.compare(found, place) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

import { z } from 'zod';
import { isPoison, PermanentError } from './failures';

const driverError = (code: string) => Object.assign(new Error('from the database'), { code });

describe('poison', () => {
  it.each(['22021', '22P05', '23505', '42601'])('is a message that ends in SQLSTATE %s', (code) => {
    expect(isPoison(driverError(code))).toBe(true);
  });

  it('is seen through the error that an ORM wraps around the driver’s', () => {
    expect(isPoison(Object.assign(new Error('query failed'), { driverError: driverError('22021') }))).toBe(true);
  });

  it('is what does not pass its check or cannot be handled for good', () => {
    expect(isPoison(z.string().safeParse(1).error)).toBe(true);
    expect(isPoison(new PermanentError('no such mailbox'))).toBe(true);
  });

  it.each(['40001', '57P01', '08006', '53300', 'ECONNREFUSED'])('is not a failure of the moment: %s', (code) => {
    expect(isPoison(driverError(code))).toBe(false);
  });

  it.each(['42P01', '42501', '42703'])('is not what a missing migration gives: %s', (code) => {
    expect(isPoison(driverError(code))).toBe(false);
  });

  it('is not any other error', () => {
    expect([new Error('no'), undefined, 'text', null].map(isPoison)).toEqual([false, false, false, false]);
  });
});

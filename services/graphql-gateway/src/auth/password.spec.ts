import { Passwords, SignInBusy } from './password';

describe('Passwords', () => {
  const passwords = new Passwords();

  it('accepts the right password only', async () => {
    const stored = await passwords.hash('correct horse');
    expect(stored).toMatch(/^\$argon2id\$/);
    expect(await passwords.matches(stored, 'correct horse')).toBe(true);
    expect(await passwords.matches(stored, 'wrong horse')).toBe(false);
  });

  it('takes letters as the same however a keyboard composes them', async () => {
    expect(await passwords.matches(await passwords.hash('cafe\u0301 au lait'), 'café au lait')).toBe(true);
  });

  it('never accepts a password of an account that does not exist', async () => {
    expect(await passwords.matches(null, '')).toBe(false);
  });

  it('security row 20: refuses a flood of hashes instead of queueing it without end', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => passwords.matches(null, 'guess')));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(60 - 2 - 32);
    expect(refused.every((outcome) => outcome.reason instanceof SignInBusy)).toBe(true);
    expect(await passwords.matches(null, 'guess')).toBe(false);
  });
});

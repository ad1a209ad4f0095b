import { decodeCursor, encodeCursor } from './cursor';

describe('cursor', () => {
  it('gives back what went in', () => {
    const position = { identity: '2026-11-22T13:35:40.123456789Z', sequence: 4711 };
    expect(decodeCursor(encodeCursor(position))).toEqual(position);
  });

  it.each(['', 'x', '\u0000', 'AAAA', Buffer.from('-1@x').toString('base64url'), '../../etc', '9'.repeat(200)])(
    'security row 23: takes %j for unknown',
    (cursor) => {
      expect(decodeCursor(cursor)).toBeNull();
    },
  );
});

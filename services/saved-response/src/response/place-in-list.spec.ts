import { cursorAt, placeOfCursor } from './place-in-list';

const place = { rank: 1, sortKey: 'a title. with dots\u2028', id: 'rsp_019329a0c4bb7cc0a1b2c3d4e5f60718' };

it('a cursor leads back to its place', () => {
  expect(placeOfCursor(cursorAt(place))).toEqual(place);
});

it.each([
  '',
  'nonsense',
  Buffer.from('2.rsp_019329a0c4bb7cc0a1b2c3d4e5f60718.x').toString('base64url'),
  Buffer.from('0.cnv_019329a0c4bb7cc0a1b2c3d4e5f60718.x').toString('base64url'),
  cursorAt({ ...place, sortKey: 'a\u0000' }),
  `${cursorAt(place)}=`,
])('%j was not made by this list', (cursor) => {
  expect(() => placeOfCursor(cursor)).toThrow('load the list from its start');
});

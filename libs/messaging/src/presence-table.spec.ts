import { type PresenceEntry, PresenceTable } from './presence-table';

const entry = (since: string, url = 'https://shop.example/'): PresenceEntry => ({
  since,
  page: { url, title: null },
  locale: 'en',
});
const early = entry('2026-11-22T13:00:00.000Z', 'https://shop.example/early');
const late = entry('2026-11-22T14:00:00.000Z', 'https://shop.example/late');

describe('presence of a visitor', () => {
  let table: PresenceTable;

  beforeEach(() => {
    table = new PresenceTable(15_000, 3_600_000);
    table.useBucket('first', 0);
    table.renewLease('a', 0);
    table.renewLease('b', 0);
  });

  it('is unknown until a replica holds the visitor', () => {
    expect(table.of('vis_1')).toBeNull();
    expect(table.onlineIds()).toEqual([]);
  });

  it('is online while one of two replicas holds the visitor', () => {
    table.put('vis_1', 'a', early, 1, 0);
    table.put('vis_1', 'b', late, 2, 0);
    table.remove('vis_1', 'a');
    expect(table.of('vis_1')?.online).toBe(true);
    table.remove('vis_1', 'b');
    expect(table.of('vis_1')).toBeNull();
  });

  it('began with the first socket and shows the page of the newest word', () => {
    table.put('vis_1', 'b', late, 1, 0);
    table.put('vis_1', 'a', early, 2, 0);
    expect(table.of('vis_1')).toEqual({ online: true, since: early.since, page: early.page, locale: 'en' });
    table.put('vis_1', 'b', late, 3, 0);
    expect(table.of('vis_1')).toMatchObject({ since: early.since, page: late.page });
  });

  it('ends when the lease of the last replica is not renewed', () => {
    table.put('vis_1', 'a', early, 1, 0);
    table.renewLease('b', 10_000);
    expect(table.sweep(15_000)).toEqual([]);
    expect(table.sweep(15_001)).toEqual(['vis_1']);
    expect(table.of('vis_1')?.online).toBe(false);
    expect(table.onlineIds()).toEqual([]);
    expect(table.abandonedReplicas()).toEqual(['a']);
  });

  it('comes back with its replica', () => {
    table.put('vis_1', 'a', early, 1, 0);
    table.sweep(15_001);
    expect(table.renewLease('a', 16_000)).toEqual(['vis_1']);
    expect(table.onlineIds()).toEqual(['vis_1']);
  });

  it('of a replica that never had a lease ends as well', () => {
    table.put('vis_1', 'ghost', early, 1, 1_000);
    expect(table.of('vis_1')?.online).toBe(true);
    expect(table.sweep(16_001)).toContain('vis_1');
    expect(table.abandonedReplicas()).toContain('ghost');
  });

  it('survives the loss of the bucket when its replica writes it again in time', () => {
    table.put('vis_1', 'a', early, 1, 0);
    table.put('vis_2', 'a', early, 2, 0);
    table.useBucket('second', 1_000);
    table.renewLease('a', 1_100);
    table.put('vis_1', 'a', early, 1, 1_100);
    expect(table.sweep(5_000)).toEqual([]);
    expect(table.sweep(6_001)).toEqual(['vis_2']);
    expect(table.onlineIds()).toEqual(['vis_1']);
  });
});

import { MessengerProfile } from './messenger-profile.entity';

const HOUR = 60 * 60 * 1000;
const wroteAt = Date.UTC(2026, 10, 22, 13);
const at = (hours: number) => new Date(wroteAt + hours * HOUR);
const told = (hours: number, humanAgentHours: number | null = null) => ({
  closesAt: at(hours + 24).toISOString(),
  humanAgentUntil: humanAgentHours === null ? null : at(hours + humanAgentHours).toISOString(),
});
const snapshot = { id: 'mpr_1', pageId: '104', pageName: 'Shop', displayName: 'Facebook visitor 6789', avatar: null };
const person = () => MessengerProfile.of('messenger:104:6789', snapshot, at(0));

it('the window is that of the newest sign of life, in whatever order they are told', () => {
  const profile = person();
  expect(profile.window()).toBeNull();
  expect(profile.extendWindow(told(2))).toBe(true);
  expect(profile.extendWindow(told(0))).toBe(false);
  expect(profile.extendWindow(told(2))).toBe(false);
  expect(profile.window()).toEqual({ closesAt: at(26), humanAgentUntil: null });
});

it('a refused message closes the window of its time; the person opens it again', () => {
  const profile = person();
  profile.extendWindow(told(0));
  profile.refuseWindow(at(23));
  profile.refuseWindow(at(22));
  expect(profile.window()).toEqual({ closesAt: at(23), humanAgentUntil: null });
  profile.extendWindow(told(30));
  expect(profile.window()).toEqual({ closesAt: at(54), humanAgentUntil: null });
});

it('a refusal that is told late does not close what the person opened meanwhile', () => {
  const profile = person();
  profile.extendWindow(told(0));
  profile.extendWindow(told(30));
  profile.refuseWindow(at(23));
  expect(profile.window()?.closesAt).toEqual(at(54));
});

it('a refusal within the day leaves the week of HUMAN_AGENT; one after the day ends it', () => {
  const profile = person();
  profile.extendWindow(told(0, 7 * 24));
  profile.refuseWindow(at(23));
  expect(profile.window()).toEqual({ closesAt: at(23), humanAgentUntil: at(7 * 24) });
  profile.refuseWindow(at(50));
  expect(profile.window()).toEqual({ closesAt: at(23), humanAgentUntil: null });
});

it('name and picture are the newest that were looked up; until then those of the newest message', () => {
  const profile = person();
  expect(profile.meet({ ...snapshot, displayName: 'Ben' }, at(2))).toBe(true);
  expect(profile.meet(snapshot, at(1))).toBe(false);
  const named = { ...snapshot, displayName: 'Ben Ito' };
  expect(profile.learn(named, at(2))).toBe(true);
  expect(profile.learn(snapshot, at(1))).toBe(false);
  expect(profile.learn(named, at(3))).toBe(false);
  expect(profile.displayName).toBe('Ben Ito');
  expect(profile.learn({ ...named, avatar: { storageKey: 'k', contentType: 'image/png' } }, at(4))).toBe(true);
  expect(profile.meet(snapshot, at(5))).toBe(false);
  expect(profile).toMatchObject({ displayName: 'Ben Ito', avatar: { storageKey: 'k' } });
});

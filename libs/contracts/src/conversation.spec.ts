import { Text, UserError, WidgetFrame } from './index';

test.each(['', 'Grüße', '👩‍👩‍👧', 'a\nb\tc', '\u202Eabc'])('%j is text', (text) => {
  expect(Text.safeParse(text).success).toBe(true);
});

test.each(['a\u0000b', '\ud800', 'x\udc00y'])('%j is no text: Postgres could not hold it', (text) => {
  expect(Text.safeParse(text).error?.issues[0]?.message).toContain('not text');
});

test('a user error carries its code and what the code promises', () => {
  const error = new UserError('IDEMPOTENCY_CONFLICT', 'The id was used before.', {
    details: { existingMessageId: 'm' },
  });
  expect(error).toMatchObject({ name: 'UserError', code: 'IDEMPOTENCY_CONFLICT', message: 'The id was used before.' });
  expect(error.options.details).toEqual({ existingMessageId: 'm' });
});

const send = { t: 'send', clientId: '0193c1f0-7f4e-4d0a-9a35-0a1b2c3d4e5f', text: 'Hi' };

test('a frame of the widget is told by its kind, and what it does not name is left out', () => {
  expect(WidgetFrame.parse({ ...send, direction: 'OUTBOUND' })).toEqual(send);
});

test.each([
  ['another version of the protocol', { t: 'hello', v: 2, site: 'site_demo', token: null, tab: 't', lastSeq: 0 }],
  ['a message without an id of the client', { ...send, clientId: undefined }],
  ['a message whose id is no UUID', { ...send, clientId: '1' }],
  ['a receipt of nothing', { t: 'read', upToSeq: 0 }],
  ['a form with a field that no form has', { t: 'form', formId: 'f', clientId: send.clientId, values: { iban: 'x' } }],
])('%s is refused', (_case, frame) => {
  expect(WidgetFrame.safeParse(frame).success).toBe(false);
});

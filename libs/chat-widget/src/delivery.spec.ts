import { Delivery } from './delivery';
import { Outbox } from './outbox';

const gateway = () => {
  const sent: string[] = [];
  const path = { live: true, reconnects: 0 };
  const outbox = new Outbox({ store: () => undefined }, {});
  const delivery = new Delivery(outbox, {
    transmit: (frame) => {
      if (path.live) sent.push(frame.t === 'form' ? `${frame.formId} ${JSON.stringify(frame.values)}` : frame.text);
      return path.live && frame.clientId !== '';
    },
    reconnect: () => {
      path.reconnects += 1;
      delivery.connectionLost();
      delivery.flush();
    },
    onChange: () => undefined,
  });
  const ids = ['one', 'two', 'three'].map((text) => outbox.add(text).clientId);
  delivery.flush();
  return { sent, path, outbox, delivery, id: (at: number) => ids[at] ?? '' };
};

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('the next message leaves when the one before is stored', () => {
  const { sent, delivery, id } = gateway();
  expect(sent).toEqual(['one']);
  delivery.acknowledged(id(0));
  delivery.acknowledged(id(1));
  expect(sent).toEqual(['one', 'two', 'three']);
});

test('after a lost connection the unanswered message goes first again', () => {
  const { sent, path, delivery, id } = gateway();
  path.live = false;
  delivery.connectionLost();
  delivery.flush();
  path.live = true;
  delivery.flush();
  delivery.acknowledged(id(0));
  expect(sent).toEqual(['one', 'one', 'two']);
});

test('a refused message lets the others pass', () => {
  const { sent, outbox, delivery, id } = gateway();
  delivery.refused({ t: 'nack', clientId: id(0), code: 'too_long' });
  expect(sent).toEqual(['one', 'two']);
  expect(outbox.entries()[0]).toMatchObject({ text: 'one', refused: 'too_long' });
});

test('past the limit nothing leaves before the seconds that the gateway named', () => {
  const { sent, delivery, id } = gateway();
  delivery.refused({ t: 'nack', clientId: id(0), code: 'rate_limited', retryAfter: 12 });
  delivery.flush();
  jest.advanceTimersByTime(11_900);
  expect(sent).toEqual(['one']);
  jest.advanceTimersByTime(200);
  expect(sent).toEqual(['one', 'one']);
  expect(delivery.limitedUntil).toBeNull();
});

test('a message that cannot be stored is tried again by itself, and shown as not sent after the second refusal', () => {
  const { sent, delivery, id } = gateway();
  delivery.refused({ t: 'nack', clientId: id(0), code: 'unavailable' });
  expect(delivery.troubled).toBe(false);
  jest.advanceTimersByTime(3_000);
  delivery.refused({ t: 'nack', clientId: id(0), code: 'unavailable' });
  expect(delivery.troubled).toBe(true);
  delivery.retryNow();
  expect(sent).toEqual(['one', 'one', 'one']);
  delivery.acknowledged(id(0));
  expect(delivery.troubled).toBe(false);
});

test('a send without any answer for 20 s is a dead path', () => {
  const { sent, path } = gateway();
  jest.advanceTimersByTime(20_000);
  expect(path.reconnects).toBe(1);
  expect(sent).toEqual(['one', 'one']);
});

test('the answer to a form waits for its turn among the messages, and a refusal names its field', () => {
  const { sent, outbox, delivery, id } = gateway();
  const { clientId } = outbox.addForm({ formId: 'address', values: { email: 'ann@localhost' } });
  for (const at of [0, 1, 2]) delivery.acknowledged(id(at));
  expect(sent.at(-1)).toBe('address {"email":"ann@localhost"}');
  delivery.refused({ t: 'nack', clientId, code: 'invalid', field: 'email' });
  expect(outbox.answersTo('address')).toMatchObject([{ clientId, refused: 'invalid', field: 'email' }]);
  expect(outbox.next()).toBeNull();
});

import type { SentAttachment } from '../data';
import { cancelWaiting, holdFor, isWaiting, sendAfterUploads } from './send-after-uploads';
import { addFiles, failed, finished, started, type Upload } from './upload-list';

const stored: SentAttachment = { id: 'up_a', filename: 'a.txt', contentType: 'text/plain', byteSize: 3 };
const running = started(addFiles([], [{ key: 'a', filename: 'a.txt', byteSize: 3, contentType: 'text/plain' }]), 'a');

/** A list of uploads that the test moves on. */
function uploadsThatChange(list: readonly Upload[]) {
  const listeners = new Set<() => void>();
  return {
    uploads: () => list,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    become: (next: readonly Upload[]) => {
      list = next;
      for (const listener of listeners) listener();
    },
  };
}

test('without uploads a reply goes at once', () => {
  const sent: SentAttachment[][] = [];
  sendAfterUploads('k', uploadsThatChange([]), (attachments) => sent.push(attachments));
  expect(sent).toEqual([[]]);
  expect(isWaiting('k')).toBe(false);
});

test('a reply waits for its upload and goes once', () => {
  const queue = uploadsThatChange(running);
  const sent: SentAttachment[][] = [];
  sendAfterUploads('k', queue, (attachments) => sent.push(attachments));
  expect(isWaiting('k')).toBe(true);
  queue.become(finished(running, 'a', stored));
  queue.become([]);
  expect(sent).toEqual([[stored]]);
  expect(isWaiting('k')).toBe(false);
});

test('an upload that fails keeps the reply', () => {
  const queue = uploadsThatChange(running);
  const sent: SentAttachment[][] = [];
  sendAfterUploads('k', queue, (attachments) => sent.push(attachments));
  queue.become(failed(running, 'a', 'OFFLINE'));
  expect(isWaiting('k')).toBe(false);
  queue.become(finished(running, 'a', stored));
  expect(sent).toEqual([]);
});

test('a wait can be called off', () => {
  const queue = uploadsThatChange(running);
  const sent: SentAttachment[][] = [];
  sendAfterUploads('k', queue, (attachments) => sent.push(attachments));
  cancelWaiting('k');
  queue.become(finished(running, 'a', stored));
  expect(sent).toEqual([]);
});

test('a reply is held while something is asked, and not sent once the agent ended the wait', async () => {
  const asked = Promise.withResolvers<string>();
  const held = holdFor('k', asked.promise);
  expect(isWaiting('k')).toBe(true);
  asked.resolve('answer');
  expect(await held).toEqual({ result: 'answer' });
  expect(isWaiting('k')).toBe(false);

  const ended = holdFor('k', Promise.resolve('late'));
  cancelWaiting('k');
  expect(await ended).toBeNull();
});

import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { BlobTooLarge } from './blob-store';

/** What comes through, counted and hashed; `failure` is why the source ended early, as opposed to whoever writes it down. */
interface Limited {
  stream: Readable;
  byteSize: number;
  failure: Error | undefined;
  /** Of all that came through; once, at the end. */
  sha256: () => string;
}

export function limited(content: Readable, maxBytes: number): Limited {
  const hash = createHash('sha256');
  const state: Limited = {
    stream: Readable.from([]),
    byteSize: 0,
    failure: undefined,
    sha256: () => hash.digest('hex'),
  };
  async function* count(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of content as AsyncIterable<Buffer>) {
        state.byteSize += chunk.length;
        if (state.byteSize > maxBytes) throw new BlobTooLarge(maxBytes);
        hash.update(chunk);
        yield chunk;
      }
    } catch (error) {
      state.failure = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  }
  state.stream = Readable.from(count(), { objectMode: false });
  return state;
}

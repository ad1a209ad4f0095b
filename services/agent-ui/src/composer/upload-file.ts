import type { SentAttachment } from '../data';
import type { UploadProblem } from './upload-list';

/** Milliseconds without a byte moving after which an upload counts as lost. */
const STALLED_MS = 30_000;

const CODES: readonly UploadProblem[] = ['TOO_LARGE', 'EMPTY', 'TYPE_NOT_ALLOWED', 'TOO_MANY', 'STORAGE_UNAVAILABLE'];

export type UploadEnd = { attachment: SentAttachment } | { problem: UploadProblem };

/** What an answer of POST /uploads means. */
export function readAnswer(status: number, body: string): UploadEnd {
  if (status === 401) return { problem: 'SIGNED_OUT' };
  if (status === 403) return { problem: 'NOT_ALLOWED' };
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    // A proxy's page instead of the server's answer.
    answer = null;
  }
  if (status === 201 && isAttachment(answer)) {
    const { id, filename, contentType, byteSize } = answer;
    return { attachment: { id, filename, contentType, byteSize } };
  }
  const error: unknown = typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : null;
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  const named = CODES.find((one) => one === code);
  // Too many uploads in a short time pass; too many files in a message are counted before anything is sent.
  if (named === 'TOO_MANY') return { problem: 'STORAGE_UNAVAILABLE' };
  if (named !== undefined) return { problem: named };
  return { problem: status === 413 ? 'TOO_LARGE' : 'FAILED' };
}

function isAttachment(answer: unknown): answer is SentAttachment {
  if (typeof answer !== 'object' || answer === null) return false;
  const { id, filename, contentType, byteSize } = answer as Partial<Record<keyof SentAttachment, unknown>>;
  return (
    typeof id === 'string' &&
    typeof filename === 'string' &&
    typeof contentType === 'string' &&
    typeof byteSize === 'number'
  );
}

/** Sends a file and tells how far it is; the result cancels it. XMLHttpRequest because fetch does not tell the progress. */
export function uploadFile(
  file: File,
  hear: { progress: (sent: number) => void; end: (end: UploadEnd) => void },
): () => void {
  const request = new XMLHttpRequest();
  let stalled: ReturnType<typeof setTimeout> | undefined;
  const watch = () => {
    clearTimeout(stalled);
    stalled = setTimeout(() => {
      request.abort();
      hear.end({ problem: 'OFFLINE' });
    }, STALLED_MS);
  };
  request.upload.onprogress = ({ loaded }) => {
    watch();
    // Multipart adds a few bytes of its own.
    hear.progress(Math.min(loaded, file.size));
  };
  request.onload = () => {
    clearTimeout(stalled);
    hear.end(readAnswer(request.status, request.responseText));
  };
  request.onerror = () => {
    clearTimeout(stalled);
    hear.end({ problem: 'OFFLINE' });
  };
  const form = new FormData();
  form.append('file', file, file.name);
  request.open('POST', '/uploads');
  request.send(form);
  watch();
  return () => {
    clearTimeout(stalled);
    request.abort();
  };
}

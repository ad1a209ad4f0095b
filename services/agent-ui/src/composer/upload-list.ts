import type { SentAttachment } from '../data';

/** Files of one message, and bytes of one file; the server refuses more. */
export const MAX_FILES = 10;
export const MAX_BYTES = 20 * 1024 * 1024;
/** Files on the wire at once; more would only share the line. */
const AT_ONCE = 2;

export type UploadProblem =
  | 'TOO_LARGE'
  | 'EMPTY'
  | 'TYPE_NOT_ALLOWED'
  | 'TOO_MANY'
  | 'STORAGE_UNAVAILABLE'
  | 'OFFLINE'
  | 'SIGNED_OUT'
  | 'NOT_ALLOWED'
  | 'FOLDER'
  | 'FAILED';

/** Problems that may be gone at the next try. */
const PASSING: readonly UploadProblem[] = ['STORAGE_UNAVAILABLE', 'OFFLINE', 'SIGNED_OUT', 'FAILED'];

export interface Upload {
  key: string;
  filename: string;
  byteSize: number;
  contentType: string;
  state: 'waiting' | 'uploading' | 'done' | 'failed';
  /** Bytes that have left. */
  sent: number;
  attachment: SentAttachment | null;
  problem: UploadProblem | null;
}

export interface ChosenFile {
  key: string;
  filename: string;
  byteSize: number;
  contentType: string;
  /** Known to be none that can be sent. */
  problem?: 'FOLDER';
}

const countable = (list: readonly Upload[]) =>
  list.filter(({ problem }) => problem === null || PASSING.includes(problem)).length;

/** Adds files behind those there are. What can never be sent is in the list too, with the reason. */
export function addFiles(list: readonly Upload[], files: readonly ChosenFile[]): Upload[] {
  let places = MAX_FILES - countable(list);
  const added = files.map((file): Upload => {
    const problem = file.problem ?? (file.byteSize === 0 ? 'EMPTY' : file.byteSize > MAX_BYTES ? 'TOO_LARGE' : null);
    if (problem === null) places -= 1;
    const refused = problem ?? (places < 0 ? 'TOO_MANY' : null);
    return { ...file, state: refused === null ? 'waiting' : 'failed', sent: 0, attachment: null, problem: refused };
  });
  return [...list, ...added];
}

/** Finished uploads of a draft that was kept, e.g. over a reload. */
export function fromDraft(attachments: readonly SentAttachment[]): Upload[] {
  return attachments.map((attachment) => ({
    key: attachment.id,
    filename: attachment.filename,
    byteSize: attachment.byteSize,
    contentType: attachment.contentType,
    state: 'done',
    sent: attachment.byteSize,
    attachment,
    problem: null,
  }));
}

const change = (list: readonly Upload[], key: string, to: Partial<Upload>): Upload[] =>
  list.map((upload) => (upload.key === key ? { ...upload, ...to } : upload));

export const started = (list: readonly Upload[], key: string) => change(list, key, { state: 'uploading', sent: 0 });
export const progressed = (list: readonly Upload[], key: string, sent: number) => change(list, key, { sent });
export const finished = (list: readonly Upload[], key: string, attachment: SentAttachment) =>
  change(list, key, { state: 'done', attachment, sent: attachment.byteSize, problem: null });
export const failed = (list: readonly Upload[], key: string, problem: UploadProblem) =>
  change(list, key, { state: 'failed', problem, sent: 0 });
export const retried = (list: readonly Upload[], key: string) => change(list, key, { state: 'waiting', problem: null });

/** Taking a file away gives the first one that was over the limit its place. */
export function removed(list: readonly Upload[], key: string): Upload[] {
  const left = list.filter((upload) => upload.key !== key);
  if (countable(left) >= MAX_FILES) return left;
  const next = left.find(({ problem }) => problem === 'TOO_MANY');
  return next === undefined ? left : retried(left, next.key);
}

/** Those to start now, oldest first. */
export function nextToStart(list: readonly Upload[]): Upload[] {
  const running = list.filter(({ state }) => state === 'uploading').length;
  return list.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, AT_ONCE - running));
}

export const canRetry = ({ problem }: Upload): boolean => problem !== null && PASSING.includes(problem);
export const isRunning = (list: readonly Upload[]): boolean =>
  list.some(({ state }) => state === 'waiting' || state === 'uploading');
export const hasProblem = (list: readonly Upload[]): boolean => list.some(({ state }) => state === 'failed');

/** What the message carries, in the order in which the files were added. */
export const attachmentsOf = (list: readonly Upload[]): SentAttachment[] =>
  list.flatMap(({ attachment }) => (attachment === null ? [] : [attachment]));

import type { Offer } from './reply-options';
import { lengthOf } from './text-length';
import { hasProblem, type Upload } from './upload-list';

export type SendProblem = 'EMPTY' | 'TOO_LONG' | 'UNAVAILABLE' | 'FILES_FAILED' | 'TAGS';

/** Why a reply cannot be sent as it stands; null = it can, after its uploads. */
export function sendProblem({
  text,
  uploads,
  offer,
  tags = [],
}: {
  /** As it would be sent. */
  text: string;
  uploads: readonly Upload[];
  offer: Offer | undefined;
  tags?: readonly { problem: unknown }[];
}): SendProblem | null {
  if (offer?.available !== true) return 'UNAVAILABLE';
  if (hasProblem(uploads)) return 'FILES_FAILED';
  if (tags.some(({ problem }) => problem !== null)) return 'TAGS';
  if (lengthOf(text) > offer.maxLength) return 'TOO_LONG';
  if (lengthOf(text) === 0 && uploads.length === 0) return 'EMPTY';
  return null;
}

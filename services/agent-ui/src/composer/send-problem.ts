import type { Offer } from './reply-options';
import { lengthOf } from './text-length';
import { hasProblem, type Upload } from './upload-list';

export type SendProblem = 'EMPTY' | 'TOO_LONG' | 'UNAVAILABLE' | 'FILES_FAILED';

/** Why a reply cannot be sent as it stands; null = it can, after its uploads. */
export function sendProblem({
  text,
  uploads,
  offer,
}: {
  text: string;
  uploads: readonly Upload[];
  offer: Offer | undefined;
}): SendProblem | null {
  if (offer?.available !== true) return 'UNAVAILABLE';
  if (hasProblem(uploads)) return 'FILES_FAILED';
  if (lengthOf(text) > offer.maxLength) return 'TOO_LONG';
  if (lengthOf(text) === 0 && uploads.length === 0) return 'EMPTY';
  return null;
}

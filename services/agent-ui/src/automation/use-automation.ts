import { useCallback, useEffect, useState } from 'react';
import { onAutomationPublished, type RequestError } from '../data';
import { useLoaded } from '../settings/use-loaded';
import type { PublishedFlow } from './flow';
import { loadFlow } from './load-flow';

const loadNewest = (signal: AbortSignal) => loadFlow(null, signal);

interface Automation {
  /** The newest version that is known; null: not loaded, or there is none. */
  published: PublishedFlow | null;
  isLoaded: boolean;
  error: RequestError | null;
  reload: () => void;
  /** A version that the server answered with. */
  take: (published: PublishedFlow) => void;
}

/** The published flow, loaded again when another version is published. */
export function useAutomation(): Automation {
  const { data, error, reload } = useLoaded(loadNewest);
  const [answered, take] = useState<PublishedFlow | null>(null);
  const loaded = data?.found ?? null;
  useEffect(() => onAutomationPublished(reload), [reload]);
  const published = (answered?.version ?? 0) > (loaded?.version ?? 0) ? answered : loaded;
  return { published, isLoaded: data !== null, error, reload, take };
}

/** One version, which never changes. */
export const useVersion = (version: number) =>
  useLoaded(useCallback((signal: AbortSignal) => loadFlow(version, signal), [version]));

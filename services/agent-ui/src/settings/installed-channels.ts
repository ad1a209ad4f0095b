import { useEffect } from 'react';
import { onChannelChanged, request } from '../data';
import { InstallationChannelsDocument, type InstallationChannelsQuery } from '../generated/documents';
import { type Loaded, useLoaded } from './use-loaded';

export type InstalledChannel = NonNullable<InstallationChannelsQuery['channels']>[number];

/** Most of how a channel is nobody tells of: it is asked for. */
const ASK_AGAIN = 15_000;

const installedChannels = async (signal: AbortSignal): Promise<readonly InstalledChannel[]> =>
  (await request(InstallationChannelsDocument, {}, { signal })).channels ?? [];

/** Every mailbox and page of the installation, as they are now. Admins only. */
export function useInstalledChannels(): Loaded<readonly InstalledChannel[]> {
  const known = useLoaded(installedChannels, ASK_AGAIN);
  const { reload } = known;
  useEffect(() => onChannelChanged(reload), [reload]);
  return known;
}

import { request } from '../data';
import { InstallationChannelsDocument, type InstallationChannelsQuery } from '../generated/documents';

export type InstalledChannel = NonNullable<InstallationChannelsQuery['channels']>[number];

/** Every mailbox and page of the installation. Admins only. */
export const installedChannels = async (signal: AbortSignal): Promise<readonly InstalledChannel[]> =>
  (await request(InstallationChannelsDocument, {}, { signal })).channels ?? [];

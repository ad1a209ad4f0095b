import { useCallback } from 'react';
import { request } from '../data';
import {
  AccountsDocument,
  InvitationsDocument,
  type AccountFieldsFragment,
  type InvitationsQuery,
} from '../generated/documents';
import { useLoaded, type Loaded } from './use-loaded';

export type Account = AccountFieldsFragment;
export type Invitation = NonNullable<InvitationsQuery['agentInvitations']>[number];

export function useAccounts(): Loaded<readonly Account[]> {
  return useLoaded(
    useCallback(async (signal: AbortSignal) => (await request(AccountsDocument, {}, { signal })).agents ?? [], []),
  );
}

/** Open invitations; only an admin may ask for them. */
export function useInvitations(): Loaded<readonly Invitation[]> {
  return useLoaded(
    useCallback(
      async (signal: AbortSignal) => (await request(InvitationsDocument, {}, { signal })).agentInvitations ?? [],
      [],
    ),
  );
}

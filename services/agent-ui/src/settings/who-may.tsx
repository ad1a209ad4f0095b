import type { ReactNode } from 'react';
import { Banner } from '../design';
import { useFormat, useText } from '../i18n';
import type { Account } from './use-accounts';

/** Names the people to ask, instead of only saying no. */
export function WhoMay({ accounts, children }: { accounts: readonly Account[] | null; children: ReactNode }) {
  const text = useText().settings;
  const format = useFormat();
  const admins = (accounts ?? []).filter(({ role, active }) => role === 'ADMIN' && active);
  return (
    <Banner tone="info" icon="info">
      {children} {admins.length > 0 && text.askAdmins(format.list(admins.map(({ displayName }) => displayName)))}
    </Banner>
  );
}

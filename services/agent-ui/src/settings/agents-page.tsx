import { useState } from 'react';
import { Banner, Button, EmptyState, SkeletonRows } from '../design';
import { useText } from '../i18n';
import { useViewer } from '../session';
import { AgentLine } from './agent-line';
import css from './agents-page.module.css';
import { failureText } from './change-problem';
import { InviteDialog } from './invite-dialog';
import { Invitations } from './invitations';
import { Page, Section } from './page';
import { useAccounts, type Account } from './use-accounts';
import { WhoMay } from './who-may';

/** Who works here; admins invite, change roles and take access away. */
export default function AgentsPage() {
  const text = useText().settings;
  const { agent } = useViewer();
  const isAdmin = agent.role === 'ADMIN';
  const accounts = useAccounts();
  const [inviting, setInviting] = useState(false);
  /** Counts invitations made here, so that their list asks again. */
  const [invited, setInvited] = useState(0);

  return (
    <Page
      title={text.agents}
      action={
        isAdmin && (
          <Button variant="primary" icon="plus" onClick={() => setInviting(true)}>
            {text.invite}
          </Button>
        )
      }
    >
      {!isAdmin && <WhoMay accounts={accounts.data}>{text.onlyAdmins}</WhoMay>}
      <Section title={text.members} hint={text.membersHint}>
        {accounts.error !== null && (
          <Banner
            tone="danger"
            action={
              <Button size="small" onClick={accounts.reload}>
                {text.tryAgain}
              </Button>
            }
          >
            {text.agentsFailed} {failureText(text, accounts.error)}
          </Banner>
        )}
        {accounts.data === null && accounts.loading && <SkeletonRows count={3} label={text.loading} />}
        {accounts.data !== null && (
          <ul className={css.list}>
            {inOrder(accounts.data).map((account) => (
              <AgentLine
                key={account.id}
                account={account}
                isSelf={account.id === agent.id}
                mayChange={isAdmin}
                onChanged={accounts.reload}
              />
            ))}
          </ul>
        )}
        {accounts.data?.length === 0 && <EmptyState icon="people" title={text.noAgents} />}
      </Section>
      {isAdmin && <Invitations key={invited} />}
      {isAdmin && (
        <InviteDialog
          open={inviting}
          onClose={() => setInviting(false)}
          onInvited={() => setInvited((before) => before + 1)}
        />
      )}
    </Page>
  );
}

/** Those with access first, then by name. */
const inOrder = (accounts: readonly Account[]): Account[] =>
  [...accounts].sort(
    (one, other) => Number(other.active) - Number(one.active) || one.displayName.localeCompare(other.displayName),
  );

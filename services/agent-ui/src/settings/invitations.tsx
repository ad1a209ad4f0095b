import { request } from '../data';
import { Banner, Button, Time, useToasts } from '../design';
import { RevokeInvitationDocument } from '../generated/documents';
import { useFormat, useText } from '../i18n';
import css from './agents-page.module.css';
import { failureText } from './change-problem';
import { Section } from './page';
import { useInvitations, type Invitation } from './use-accounts';
import { useChange } from './use-change';

/** Invitations that nobody took yet. */
export function Invitations() {
  const text = useText().settings;
  const { data, error, reload } = useInvitations();
  return (
    <Section title={text.invitations} hint={data?.length === 0 ? text.noInvitations : text.invitationsHint}>
      {error !== null && (
        <Banner
          tone={error.kind === 'unavailable' ? 'warn' : 'danger'}
          action={
            <Button size="small" onClick={reload}>
              {text.tryAgain}
            </Button>
          }
        >
          {text.invitationsFailed} {failureText(text, error)}
        </Banner>
      )}
      {data !== null && data.length > 0 && (
        <ul className={css.list}>
          {data.map((invitation) => (
            <InvitationLine key={invitation.id} invitation={invitation} onRevoked={reload} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function InvitationLine({ invitation, onRevoked }: { invitation: Invitation; onRevoked: () => void }) {
  const text = useText().settings;
  const format = useFormat();
  const toasts = useToasts();
  const change = useChange();
  async function revoke() {
    const done = await change.run(async () => {
      const input = { id: invitation.id };
      return (await request(RevokeInvitationDocument, { input })).revokeAgentInvitation.errors;
    });
    if (!done) return;
    toasts.show({ text: text.revoked(invitation.email) });
    onRevoked();
  }
  return (
    <li className={css.agent}>
      <div className={css.line}>
        <div className={css.who}>
          <p className={css.name}>{invitation.email}</p>
          <p className={css.email}>
            {text.roles[invitation.role]} · {text.validUntil(format.day(invitation.expiresAt))}
            {invitation.invitedBy !== null && ` · ${text.invitedBy(invitation.invitedBy.displayName)}`} ·{' '}
            <Time at={invitation.createdAt} as="ago" />
          </p>
        </div>
        <Button variant="danger" busy={change.busy} onClick={() => void revoke()}>
          {text.revoke}
        </Button>
      </div>
      {change.problem !== null && <Banner tone="danger">{change.problem}</Banner>}
    </li>
  );
}

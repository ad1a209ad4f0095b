import { Button, Dialog } from '../design';
import { useText } from '../i18n';
import type { SignedInAgent } from './account';
import { SignInForm } from './sign-in-form';
import css from './session.module.css';
import { useTypingPause } from './typing-pause';

/** Over the page, which stays as it is: what was typed is still there after signing in again. */
export function SessionExpired({
  open,
  agent,
  onSignedIn,
}: {
  open: boolean;
  agent: SignedInAgent;
  onSignedIn: (agent: SignedInAgent) => void;
}) {
  const text = useText().session;
  const shown = useTypingPause(open);
  return (
    <Dialog open={shown} title={text.expired}>
      <p className={css.text}>{text.expiredHint(agent.displayName)}</p>
      <SignInForm email={agent.email} onSignedIn={onSignedIn} />
      <p className={css.hint}>
        {text.expiredOther}{' '}
        <Button size="small" variant="quiet" onClick={() => window.location.assign('/')}>
          {text.leavePage}
        </Button>
      </p>
    </Dialog>
  );
}

import { useEffect, useState, type SyntheticEvent } from 'react';
import { Banner, Button, EmptyState, Field } from '../design';
import { useText } from '../i18n';
import { readSession, signOut, takeInvitation, type JoinAnswer, type SignedInAgent } from './account';
import { FrontPage } from './front-page';
import css from './session.module.css';

/** Characters of a password; the server has the same limits. */
const SHORTEST = 12;

/** Takes an invitation: its token stands behind the # of the address, which no server log sees. */
export default function JoinPage() {
  const text = useText().session;
  const [token] = useState(() => window.location.hash.slice(1));
  const [signedIn, setSignedIn] = useState<SignedInAgent | null>(null);
  const [ended, setEnded] = useState(token === '');
  useEffect(() => {
    document.title = `${text.join} – Conversations`;
  }, [text]);
  useEffect(() => {
    let here = true;
    void readSession().then((session) => {
      if (here && session.kind === 'signed-in') setSignedIn(session.agent);
    });
    return () => void (here = false);
  }, []);

  if (ended)
    return (
      <FrontPage title={text.join}>
        <EmptyState icon="clock" title={text.invitationEnded}>
          {text.invitationEndedHint}
        </EmptyState>
      </FrontPage>
    );
  if (signedIn !== null)
    return (
      <FrontPage title={text.join}>
        <p className={css.text}>{text.alreadySignedIn(signedIn.displayName)}</p>
        <Button
          onClick={() => {
            void signOut().then((done) => {
              if (done) setSignedIn(null);
            });
          }}
        >
          {text.signOut}
        </Button>
      </FrontPage>
    );
  return (
    <FrontPage title={text.join}>
      <JoinForm token={token} onEnded={() => setEnded(true)} />
    </FrontPage>
  );
}

function JoinForm({ token, onEnded }: { token: string; onEnded: () => void }) {
  const text = useText().session;
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [answer, setAnswer] = useState<JoinAnswer | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: SyntheticEvent) {
    event.preventDefault();
    if (busy) return;
    if (name.trim() === '') return setAnswer({ kind: 'invalid-name' });
    if (password.length < SHORTEST) return setAnswer({ kind: 'weak-password' });
    setBusy(true);
    const result = await takeInvitation(token, name.trim(), password);
    setBusy(false);
    if (result.kind === 'ended') return onEnded();
    // A whole load: the page begins with the new session and without the token in its address.
    if (result.kind === 'joined') return window.location.replace('/inbox');
    setAnswer(result);
  }

  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <p className={css.text}>{text.joinHint}</p>
      {answer?.kind === 'unreachable' && <Banner tone="danger">{text.refused.unreachable}</Banner>}
      {answer?.kind === 'wait' && <Banner tone="danger">{text.tooManyTries(Math.ceil(answer.seconds / 60))}</Banner>}
      <Field
        label={text.name}
        name="name"
        autoComplete="name"
        maxLength={80}
        required
        autoFocus
        hint={text.nameHint}
        error={answer?.kind === 'invalid-name' ? text.nameInvalid : undefined}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Field
        label={text.newPassword}
        type="password"
        name="password"
        autoComplete="new-password"
        maxLength={200}
        required
        hint={text.passwordHint}
        error={answer?.kind === 'weak-password' ? text.passwordWeak : undefined}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" variant="primary" busy={busy}>
        {text.joinNow}
      </Button>
    </form>
  );
}

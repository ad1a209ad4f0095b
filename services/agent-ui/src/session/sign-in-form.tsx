import { useRef, useState, type SyntheticEvent } from 'react';
import { Banner, Button, Field } from '../design';
import { useText } from '../i18n';
import { signIn, type SignedInAgent, type SignInAnswer } from './account';
import css from './session.module.css';

/** Email address and password, as password managers know them. */
export function SignInForm({
  email: knownEmail = '',
  onSignedIn,
}: {
  email?: string;
  onSignedIn: (agent: SignedInAgent) => void;
}) {
  const text = useText().session;
  const [email, setEmail] = useState(knownEmail);
  const [password, setPassword] = useState('');
  const [refusal, setRefusal] = useState<Exclude<SignInAnswer, { kind: 'signed-in' }> | null>(null);
  const [busy, setBusy] = useState(false);
  const emailInput = useRef<HTMLInputElement>(null);
  const passwordInput = useRef<HTMLInputElement>(null);

  async function submit(event: SyntheticEvent) {
    event.preventDefault();
    if (busy) return;
    if (email.trim() === '') return emailInput.current?.focus();
    if (password === '') return passwordInput.current?.focus();
    setBusy(true);
    const answer = await signIn(email.trim(), password);
    setBusy(false);
    if (answer.kind === 'signed-in') return onSignedIn(answer.agent);
    setRefusal(answer);
    passwordInput.current?.select();
  }

  return (
    <form className={css.form} onSubmit={submit} noValidate>
      {refusal !== null && (
        <Banner tone="danger" icon="warning">
          {refusal.kind === 'wait' ? text.tooManyTries(Math.ceil(refusal.seconds / 60)) : text.refused[refusal.kind]}
        </Banner>
      )}
      <Field
        ref={emailInput}
        label={text.email}
        type="email"
        name="email"
        autoComplete="username"
        required
        autoFocus={knownEmail === ''}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <Field
        ref={passwordInput}
        label={text.password}
        type="password"
        name="password"
        autoComplete="current-password"
        required
        autoFocus={knownEmail !== ''}
        // Where a dialog around the form puts the focus.
        data-autofocus={knownEmail !== ''}
        aria-invalid={refusal?.kind === 'wrong' ? true : undefined}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" variant="primary" busy={busy}>
        {busy ? text.signingIn : text.signIn}
      </Button>
    </form>
  );
}

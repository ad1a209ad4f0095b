import { useEffect } from 'react';
import { useText } from '../i18n';
import type { SignedInAgent } from './account';
import { FrontPage } from './front-page';
import { SignInForm } from './sign-in-form';
import css from './session.module.css';

export function SignInPage({ onSignedIn }: { onSignedIn: (agent: SignedInAgent) => void }) {
  const text = useText().session;
  useEffect(() => {
    document.title = `${text.signIn} – Conversations`;
  }, [text]);
  return (
    <FrontPage title={text.signIn}>
      <SignInForm onSignedIn={onSignedIn} />
      <p className={css.hint}>{text.noAccount}</p>
    </FrontPage>
  );
}

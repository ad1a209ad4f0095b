import { useState, type SyntheticEvent } from 'react';
import { request } from '../data';
import { Avatar, Banner, Button, Field, useToasts } from '../design';
import { ChangePasswordDocument, ChangeProfileDocument } from '../generated/documents';
import { useText } from '../i18n';
import { useViewer } from '../session';
import { Section } from './page';
import css from './profile-settings.module.css';
import { useChange } from './use-change';

const SHORTEST_PASSWORD = 12;

export function ProfileSettings() {
  return (
    <>
      <OwnName />
      <OwnPassword />
    </>
  );
}

function OwnName() {
  const text = useText().settings;
  const { agent, rename } = useViewer();
  const toasts = useToasts();
  const change = useChange();
  const [name, setName] = useState(agent.displayName);
  const [isEmpty, setIsEmpty] = useState(false);

  async function submit(event: SyntheticEvent) {
    event.preventDefault();
    const displayName = name.trim();
    setIsEmpty(displayName === '');
    if (displayName === '') return;
    const done = await change.run(async () => {
      const { updateProfile } = await request(ChangeProfileDocument, { input: { displayName } });
      return updateProfile.errors;
    });
    if (!done) return;
    rename(displayName);
    setName(displayName);
    toasts.show({ text: text.saved });
  }

  return (
    <Section title={text.ownName} hint={text.ownNameHint}>
      <form className={css.form} onSubmit={submit} noValidate>
        <div className={css.person}>
          <Avatar id={agent.id} name={name === '' ? agent.displayName : name} />
          <div>
            <p>{agent.email}</p>
            <p className={css.role}>{text.roles[agent.role]}</p>
          </div>
        </div>
        {change.problem !== null && <Banner tone="danger">{change.problem}</Banner>}
        <Field
          label={text.name}
          name="name"
          autoComplete="name"
          maxLength={80}
          error={isEmpty ? text.nameMissing : undefined}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" variant="primary" busy={change.busy}>
          {text.save}
        </Button>
      </form>
    </Section>
  );
}

function OwnPassword() {
  const text = useText().settings;
  const { agent } = useViewer();
  const toasts = useToasts();
  const change = useChange();
  const [currentPassword, setCurrentPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const [tooShort, setTooShort] = useState(false);

  async function submit(event: SyntheticEvent) {
    event.preventDefault();
    const short = newPassword.length < SHORTEST_PASSWORD;
    setTooShort(short);
    if (short) return;
    const done = await change.run(async () => {
      const input = { currentPassword, newPassword };
      return (await request(ChangePasswordDocument, { input })).changePassword.errors;
    });
    if (!done) return;
    setCurrentPassword('');
    setNewPassword('');
    toasts.show({ text: text.passwordChanged });
  }

  const wrong = change.code === 'WRONG_PASSWORD' ? (change.problem ?? undefined) : undefined;
  return (
    <Section title={text.password} hint={text.passwordHint}>
      <form className={css.form} onSubmit={submit} noValidate>
        {change.problem !== null && wrong === undefined && <Banner tone="danger">{change.problem}</Banner>}
        {/* Password managers ask which account the new password is for. */}
        <input
          className="only-read"
          type="email"
          autoComplete="username"
          value={agent.email}
          readOnly
          tabIndex={-1}
          aria-hidden
        />
        <Field
          label={text.currentPassword}
          type="password"
          autoComplete="current-password"
          error={wrong}
          value={currentPassword}
          onChange={(event) => setCurrentPassword(event.target.value)}
        />
        <Field
          label={text.newPassword}
          type="password"
          autoComplete="new-password"
          maxLength={200}
          hint={text.newPasswordHint}
          error={tooShort ? text.newPasswordShort : undefined}
          value={newPassword}
          onChange={(event) => setNewPassword(event.target.value)}
        />
        <Button type="submit" busy={change.busy}>
          {text.changePassword}
        </Button>
      </form>
    </Section>
  );
}

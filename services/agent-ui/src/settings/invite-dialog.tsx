import { useId, useRef, useState, type RefObject, type SyntheticEvent } from 'react';
import { request } from '../data';
import { Banner, Button, Dialog, Field, Select } from '../design';
import { InviteAgentDocument, type AgentRole } from '../generated/documents';
import { useText } from '../i18n';
import css from './agents-page.module.css';
import { CopyButton } from './copy-button';
import { useChange } from './use-change';

const ROLES: readonly AgentRole[] = ['AGENT', 'VIEWER', 'ADMIN'];

/** Asks for an address and a role, then shows the link: once, because only its hash is stored. */
export function InviteDialog({
  open,
  onClose,
  onInvited,
}: {
  open: boolean;
  onClose: () => void;
  onInvited: () => void;
}) {
  const text = useText().settings;
  const [invited, setInvited] = useState<{ email: string; link: string } | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const formId = useId();
  const close = (): void => {
    setInvited(null);
    onClose();
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title={invited === null ? text.inviteTitle : text.linkTitle}
      initialFocus={input}
      footer={
        invited === null ? undefined : (
          <Button variant="primary" onClick={close}>
            {text.done}
          </Button>
        )
      }
    >
      {invited === null ? (
        <InviteForm
          id={formId}
          input={input}
          onInvited={(result) => {
            setInvited(result);
            onInvited();
          }}
        />
      ) : (
        <div className={css.form}>
          <p>{text.linkHint(invited.email)}</p>
          <div className={css.link}>
            <Field label={text.link} readOnly value={invited.link} onFocus={(event) => event.target.select()} />
            <CopyButton text={invited.link} autoFocus />
          </div>
          <Banner tone="warn">{text.linkOnce}</Banner>
        </div>
      )}
    </Dialog>
  );
}

function InviteForm({
  id,
  input,
  onInvited,
}: {
  id: string;
  input: RefObject<HTMLInputElement | null>;
  onInvited: (result: { email: string; link: string }) => void;
}) {
  const text = useText().settings;
  const change = useChange();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<AgentRole>('AGENT');
  const [invalid, setInvalid] = useState(false);

  async function submit(event: SyntheticEvent) {
    event.preventDefault();
    const address = email.trim();
    const looksRight = /^[^\s@]+@[^\s@]+$/.test(address);
    setInvalid(!looksRight);
    if (!looksRight) return input.current?.focus();
    let link: string | null = null;
    const done = await change.run(async () => {
      const { inviteAgent } = await request(InviteAgentDocument, { input: { email: address, role } });
      link = inviteAgent.link;
      return inviteAgent.errors;
    });
    if (done && link !== null) onInvited({ email: address, link });
  }

  return (
    <form className={css.form} id={id} onSubmit={submit} noValidate>
      {change.problem !== null && <Banner tone="danger">{change.problem}</Banner>}
      <Field
        ref={input}
        label={text.email}
        type="email"
        name="email"
        autoComplete="off"
        error={invalid ? text.emailInvalid : undefined}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <div>
        <Select<AgentRole>
          label={text.role}
          labelShown
          value={role}
          options={ROLES.map((value) => ({ value, label: text.roles[value], description: text.roleHints[value] }))}
          onChange={setRole}
        />
      </div>
      <div>
        <Button type="submit" variant="primary" busy={change.busy}>
          {text.makeLink}
        </Button>
      </div>
    </form>
  );
}

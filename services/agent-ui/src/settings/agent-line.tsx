import { useState } from 'react';
import { request } from '../data';
import { Avatar, Banner, Button, ConfirmDialog, Select, useToasts } from '../design';
import { ChangeAccountDocument, type AgentRole } from '../generated/documents';
import { useText } from '../i18n';
import css from './agents-page.module.css';
import type { Account } from './use-accounts';
import { useChange } from './use-change';

const ROLES: readonly AgentRole[] = ['VIEWER', 'AGENT', 'ADMIN'];

/** One agent: who it is, its role, and whether it has access. */
export function AgentLine({
  account,
  isSelf,
  mayChange,
  onChanged,
}: {
  account: Account;
  isSelf: boolean;
  mayChange: boolean;
  onChanged: () => void;
}) {
  const text = useText().settings;
  const toasts = useToasts();
  const change = useChange();
  const [asking, setAsking] = useState(false);

  async function update(input: { role?: AgentRole; active?: boolean }, done: string) {
    const changed = await change.run(async () => {
      const { updateAgent } = await request(ChangeAccountDocument, { input: { id: account.id, ...input } });
      return updateAgent.errors;
    });
    setAsking(false);
    if (!changed) return;
    toasts.show({ text: done });
    onChanged();
  }

  return (
    <li className={css.agent}>
      <div className={css.line}>
        <div className={css.person}>
          <Avatar id={account.id} name={account.displayName} />
          <div className={css.who}>
            <p className={account.active ? css.name : css.inactive}>
              <bdi>{account.displayName}</bdi>
              {isSelf && <span className={css.tag}>{text.you}</span>}
              {!account.active && <span className={css.tag}>{text.deactivated}</span>}
            </p>
            <p className={css.email}>{account.email}</p>
          </div>
        </div>
        <div className={css.controls}>
          {mayChange && account.active ? (
            <Select<AgentRole>
              label={text.roleOf(account.displayName)}
              value={account.role}
              placement="bottom-end"
              options={ROLES.map((role) => ({
                value: role,
                label: text.roles[role],
                description: text.roleHints[role],
              }))}
              onChange={(role) => void update({ role }, text.roleChanged(account.displayName, text.roles[role]))}
            />
          ) : (
            <span className={css.role}>{text.roles[account.role]}</span>
          )}
          {mayChange && !isSelf && (
            <Button
              variant={account.active ? 'danger' : 'default'}
              busy={change.busy}
              onClick={() =>
                account.active ? setAsking(true) : void update({ active: true }, text.activated(account.displayName))
              }
            >
              {account.active ? text.deactivate : text.activate}
            </Button>
          )}
        </div>
      </div>
      {change.problem !== null && <Banner tone="danger">{change.problem}</Banner>}
      <ConfirmDialog
        open={asking}
        danger
        busy={change.busy}
        title={text.deactivateTitle(account.displayName)}
        confirmLabel={text.deactivate}
        onConfirm={() => void update({ active: false }, text.wasDeactivated(account.displayName))}
        onCancel={() => setAsking(false)}
      >
        {text.deactivateHint}
      </ConfirmDialog>
    </li>
  );
}

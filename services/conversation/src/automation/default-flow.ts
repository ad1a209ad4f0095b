import type { AutomationContent } from '@conversations/contracts';
import type { DataSource } from 'typeorm';

/** What an installation greets its visitors with until an admin changes it. */
const DEFAULT_FLOW: Omit<AutomationContent, 'enabled'> = {
  botName: 'Assistant',
  trigger: { kind: 'VISITOR_SENDS_FIRST_MESSAGE', urlContains: null },
  steps: [
    {
      id: 'greeting',
      kind: 'message',
      text: 'Hello! Thank you for your message. Somebody from our team will answer here.',
    },
    {
      id: 'address',
      kind: 'form',
      prompt: 'Where can we reach you if you have left by then?',
      submitLabel: 'Send',
      fields: [
        { key: 'email', label: 'Email', required: true },
        { key: 'name', label: 'Name', required: false },
      ],
    },
    { id: 'hand-over', kind: 'handoff', text: 'Thank you. We answer as soon as we can, here or by email.' },
  ],
  openingHours: null,
};

/** Stores the preconfigured flow as version 1, once; with `enabled` false an admin finds it turned off. */
export async function installDefaultFlow(dataSource: DataSource, options: { enabled: boolean }): Promise<void> {
  await dataSource.query(
    `INSERT INTO automation_version (version, content, published_by, published_at) VALUES (1, $1, $2, $3)
     ON CONFLICT DO NOTHING`,
    [{ ...DEFAULT_FLOW, ...options }, { kind: 'system', id: null, name: null }, new Date()],
  );
}

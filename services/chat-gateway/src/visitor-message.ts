import type { AnsweredForm, AskedForm, MessageSnapshot, VisitorMessage } from '@conversations/contracts';

const AUTHOR = {
  agent: 'agent',
  visitor: 'visitor',
  contact: 'visitor',
  participant: 'visitor',
  automation: 'bot',
  system: 'system',
} as const;

/**
 * The allow-list of what a visitor may see of a message: every field is named here, nothing is passed on.
 * Null for what is not the visitor's at all. An address that stands where a name is missing stays inside.
 */
export function visitorMessage(message: MessageSnapshot, visitorId: string): VisitorMessage | null {
  const { author, channel } = message;
  if (channel === 'messenger' || author.kind === 'messenger-profile' || message.email?.agentsOnly) return null;
  const own = author.kind === 'visitor' && author.id === visitorId;
  return {
    seq: message.position,
    id: message.id,
    author: { kind: AUTHOR[author.kind], name: shownName(author.name) },
    channel,
    text: message.text,
    attachments: message.attachments.map(({ id, filename, contentType, byteSize }) => ({
      id,
      filename,
      contentType,
      byteSize,
    })),
    clientId: own ? message.clientMessageId : null,
    ...(own && message.form ? { form: answersOf(message.form) } : {}),
    ...(author.kind === 'automation' && message.askedForm ? { askedForm: questionsOf(message.askedForm) } : {}),
    at: message.createdAt,
  };
}

const answersOf = ({ formId, answers }: AnsweredForm): AnsweredForm => ({
  formId,
  answers: answers.map(({ key, label, value }) => ({ key, label, value })),
});

const questionsOf = ({ formId, fields, submitLabel }: AskedForm): AskedForm => ({
  formId,
  fields: fields.map(({ key, label, required }) => ({ key, label, required })),
  submitLabel,
});

/** The name of a person, never an address. */
export function shownName(name: string | null): string | null {
  return name === null || name.includes('@') ? null : name;
}

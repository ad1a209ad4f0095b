import { z } from 'zod';
import { AnsweredForm, AskedForm, ContactId, ConversationId, MessageId, Timestamp, VisitorId } from './conversation';
import { defineRequest } from './define';

const ask = <I extends z.ZodType, O extends z.ZodType>(verb: string, shape: { summary: string; input: I; output: O }) =>
  defineRequest('conversation', verb, shape);

/** What a visitor may see of a message: the allow-list itself. Emails in the thread come without addresses. */
export const VisitorMessage = z.object({
  seq: z.number().int().positive(),
  id: MessageId,
  author: z.object({ kind: z.enum(['agent', 'visitor', 'bot', 'system']), name: z.string().nullable() }),
  channel: z.enum(['chat', 'email']),
  text: z.string(),
  attachments: z.array(
    z.object({ id: z.string(), filename: z.string(), contentType: z.string(), byteSize: z.number() }),
  ),
  /** Set on the visitor's own messages only. */
  clientId: z.string().nullable(),
  /** Set on the visitor's own answers to a form; the text holds the same, line by line. */
  form: AnsweredForm.optional(),
  /** Set when the message asks for a form, which the frame `form` answers. */
  askedForm: AskedForm.optional(),
  at: Timestamp,
});
export type VisitorMessage = z.output<typeof VisitorMessage>;

export const VisitorThread = z.object({
  id: ConversationId,
  state: z.enum(['open', 'completed']),
  seq: z.number().int().positive(),
  agentReadSeq: z.number().int().nonnegative(),
});

export const ResumeVisitor = ask('resume-visitor.v1', {
  summary: 'The visitor of a token and what it missed; visitor null when no message was ever stored for the token.',
  input: z.object({
    siteId: z.string(),
    tokenHash: z.string(),
    /** Newest position the browser holds, 0 for none. */
    lastSeq: z.number().int().nonnegative(),
  }),
  output: z.object({
    visitor: z.object({ id: VisitorId, contactId: ContactId.nullable() }).nullable(),
    /** True when the token is older than its year: refuse it. */
    expired: z.boolean(),
    thread: VisitorThread.nullable(),
    messages: z.array(VisitorMessage),
    /** True: the browser is more than 200 behind; `messages` are the newest 50 and replace what it holds. */
    reset: z.boolean(),
    hasMore: z.boolean(),
  }),
});

export const ListVisitorMessages = ask('list-visitor-messages.v1', {
  summary: "A page of a visitor's own thread, older than a position.",
  input: z.object({
    visitorId: VisitorId,
    beforeSeq: z.number().int().positive(),
    limit: z.number().int().min(1).max(100),
  }),
  output: z.object({ messages: z.array(VisitorMessage), hasMore: z.boolean() }),
});

export const FindVisitorMessages = ask('find-visitor-messages.v1', {
  summary: 'Which of a visitor’s own messages are stored, by the ids the browser gave them.',
  input: z.object({ visitorId: VisitorId, clientIds: z.array(z.uuid()).min(1).max(200) }),
  output: z.object({
    found: z.array(
      z.object({
        clientId: z.string(),
        conversationId: ConversationId,
        seq: z.number().int(),
        id: MessageId,
        at: Timestamp,
      }),
    ),
  }),
});

export const FindAskedForm = ask('find-asked-form.v1', {
  summary: 'The form that a visitor was asked under an id; null when it never was.',
  input: z.object({ visitorId: VisitorId, formId: z.string().max(64) }),
  output: z.object({ form: AskedForm.nullable() }),
});

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type AgentActivityInput = {
  /** Null: looking at no thread. */
  conversationId?: string | null | undefined;
  writing?: boolean;
};

export type AgentRole =
  /** Also manages categories, the chatbot automation, channels and agents. */
  | 'ADMIN'
  /** Works the inbox. */
  | 'AGENT'
  /** Sees everything, changes nothing. */
  | 'VIEWER';

export type AssignConversationInput = {
  /** Null = unassign. */
  agentId?: string | null | undefined;
  conversationId: string;
};

export type AssignmentFilter =
  | 'ASSIGNED'
  | 'MINE'
  | 'UNASSIGNED';

export type AvailabilityStepInput = {
  closed: Array<ChatbotStepInput>;
  id?: string | null | undefined;
  open: Array<ChatbotStepInput>;
};

export type ChangePasswordInput = {
  currentPassword: string;
  /** 12–200 characters. */
  newPassword: string;
};

export type ChannelHealth =
  | 'DEGRADED'
  | 'NEEDS_ATTENTION'
  | 'NOT_CONFIGURED'
  | 'OK';

export type ChannelKind =
  | 'EMAIL'
  | 'MESSENGER'
  | 'WEB_CHAT';

/** A step without an id gets one. */
export type ChatbotStepInput =
  {   availability: AvailabilityStepInput; form?: never; handoff?: never; message?: never; wait?: never; }
  |  { availability?: never;   form: FormStepInput; handoff?: never; message?: never; wait?: never; }
  |  { availability?: never; form?: never;   handoff: HandoffStepInput; message?: never; wait?: never; }
  |  { availability?: never; form?: never; handoff?: never;   message: MessageStepInput; wait?: never; }
  |  { availability?: never; form?: never; handoff?: never; message?: never;   wait: WaitStepInput; };

export type ChatbotTriggerInput = {
  kind: ChatbotTriggerKind;
  urlContains?: string | null | undefined;
};

export type ChatbotTriggerKind =
  /** A visitor without a conversation opens the widget; what the bot says then begins one, which calls nobody until the visitor writes. */
  | 'PAGE_OPENED'
  | 'VISITOR_SENDS_FIRST_MESSAGE';

export type ConversationActivityKind =
  | 'ASSIGNED'
  | 'AUTOMATION_HANDED_OFF'
  | 'COMPLETED'
  | 'CONTACT_LINKED'
  | 'EMAIL_COLLECTED'
  | 'OPENED'
  | 'REOPENED';

export type ConversationFilter = {
  /** Conversations of this agent. */
  assigneeId?: string | null | undefined;
  assignment?: AssignmentFilter | null | undefined;
  /** Any of these channels occurs in the thread. */
  channels?: Array<ChannelKind> | null | undefined;
  contactId?: string | null | undefined;
  /** Beginnings of words, and exact phrases in quotes, in messages, subject, name or address. 2–200 characters. */
  search?: string | null | undefined;
  status?: ConversationStatus | null | undefined;
  unread?: boolean | null | undefined;
  visitorOnline?: boolean | null | undefined;
  waitingForReply?: boolean | null | undefined;
};

export type ConversationStatus =
  /** Checked off for all agents. Any new message opens it again. */
  | 'COMPLETED'
  /** In the inbox. */
  | 'OPEN';

export type ConversationStatusInput = {
  conversationId: string;
};

export type CreateSavedResponseCategoryInput = {
  name: string;
  position?: number | null | undefined;
};

export type CreateSavedResponseInput = {
  body: string;
  categoryId?: string | null | undefined;
  title: string;
};

export type DeleteInput = {
  expectedVersion: number;
  id: string;
};

export type DeleteSavedResponseCategoryInput = {
  expectedVersion: number;
  id: string;
  moveTo?: string | null | undefined;
};

export type DeliveryState =
  /** Stored. */
  | 'ACCEPTED'
  /** The channel says it arrived. */
  | 'DELIVERED'
  | 'FAILED'
  /** The channel says it was seen. */
  | 'SEEN'
  /** Handed to the channel. */
  | 'SENT'
  /** The channel did not tell; it may have arrived. */
  | 'UNKNOWN';

export type EmailSource =
  | 'CAMPAIGN_REPLY'
  | 'DIRECT'
  | 'FORWARDED'
  | 'INBOX_REPLY'
  | 'OUTBOUND';

export type FormFieldInput = {
  key: FormFieldKey;
  label: string;
  required: boolean;
};

export type FormFieldKey =
  | 'COMPANY'
  | 'EMAIL'
  | 'NAME'
  | 'PHONE';

export type FormStepInput = {
  fields: Array<FormFieldInput>;
  id?: string | null | undefined;
  prompt: string;
  submitLabel: string;
};

export type HandoffStepInput = {
  id?: string | null | undefined;
  text?: string | null | undefined;
};

export type InviteAgentInput = {
  email: string;
  role: AgentRole;
};

export type MessageDirection =
  | 'INBOUND'
  | 'OUTBOUND';

export type MessageStepInput = {
  id?: string | null | undefined;
  text: string;
};

export type MessengerMedia =
  /** Files could not be fetched. */
  | 'FAILED'
  /** Files are on their way. */
  | 'PENDING'
  | 'READY';

export type OpenConversationInput = {
  conversationId: string;
  markRead?: boolean;
  /** The newest message on the screen: when a newer one has come in, the conversation stays unread. */
  upToMessageId?: string | null | undefined;
};

export type OpeningHoursInput = {
  holidays?: Array<string>;
  timeZone: string;
  weekly: Array<OpeningPeriodInput>;
};

export type OpeningPeriodInput = {
  closesAt: string;
  day: Weekday;
  opensAt: string;
};

export type PresenceState =
  | 'OFFLINE'
  | 'ONLINE';

export type ReplyDisabledReason =
  | 'CHANNEL_DOWN'
  | 'CHANNEL_NOT_CONFIGURED'
  | 'EMAIL_ADDRESS_UNKNOWN'
  | 'MESSENGER_WINDOW_CLOSED'
  | 'NOT_A_CHAT_THREAD'
  | 'NOT_A_MESSENGER_THREAD';

export type ReplyNotice =
  /** The address was typed into a form and is not verified. */
  | 'ADDRESS_UNVERIFIED'
  /** Stored now, shown when the visitor comes back. */
  | 'VISITOR_OFFLINE'
  /** Less than 4 h are left. */
  | 'WINDOW_CLOSING';

export type ReplyTagProblem =
  /** Nothing is known to put in, and the tag has no fallback. */
  | 'NO_VALUE'
  /** There is no such tag. */
  | 'UNKNOWN';

export type RestoreChatbotAutomationInput = {
  expectedVersion: number;
  /** The version to go back to. */
  version: number;
};

export type ResyncReason =
  | 'CURSOR_EXPIRED'
  | 'CURSOR_UNKNOWN'
  | 'SLOW_CONSUMER'
  | 'TOO_MANY_EVENTS';

export type RetryMessageInput = {
  messageId: string;
};

export type RevokeAgentInvitationInput = {
  id: string;
};

export type SaveChatbotAutomationInput = {
  /** 1–80 characters; what visitors read above the bot's messages. */
  botName: string;
  enabled: boolean;
  expectedVersion: number;
  /** Null: always open. */
  openingHours?: OpeningHoursInput | null | undefined;
  steps: Array<ChatbotStepInput>;
  trigger: ChatbotTriggerInput;
};

export type SendMessageInput = {
  /** Ids from POST /uploads. */
  attachmentIds?: Array<string> | null | undefined;
  channel: ChannelKind;
  clientMessageId: string;
  /** Complete the conversation in the same step. */
  complete?: boolean | null | undefined;
  conversationId: string;
  /** 1–10000 characters once tags are resolved and the ends trimmed; see ReplyOption.maxLength and ReplyTag. */
  text: string;
};

export type SenderAuthentication =
  /** The sending server may not send for this address: the sender is not verified. */
  | 'FAIL'
  /** Nobody whom this installation trusts has looked. */
  | 'NONE'
  | 'PASS';

export type UpdateAgentInput = {
  /** False ends all of the agent's sessions. */
  active?: boolean | null | undefined;
  id: string;
  role?: AgentRole | null | undefined;
};

export type UpdateProfileInput = {
  /** 1–80 characters after trimming. */
  displayName: string;
};

export type UpdateSavedResponseCategoryInput = {
  expectedVersion: number;
  id: string;
  name?: string | null | undefined;
  position?: number | null | undefined;
};

export type UpdateSavedResponseInput = {
  body?: string | null | undefined;
  categoryId?: string | null | undefined;
  expectedVersion: number;
  id: string;
  title?: string | null | undefined;
};

export type UserErrorCode =
  | 'ALREADY_AN_AGENT'
  /** A newer Messenger conversation with the person is open. */
  | 'ANOTHER_CONVERSATION_OPEN'
  | 'ATTACHMENT_REJECTED'
  | 'CATEGORY_NOT_EMPTY'
  | 'CHANNEL_NOT_AVAILABLE'
  | 'EMAIL_ADDRESS_MISSING'
  | 'EMPTY_MESSAGE'
  | 'IDEMPOTENCY_CONFLICT'
  | 'INVALID_INPUT'
  | 'LAST_ADMIN'
  | 'NAME_TAKEN'
  | 'NOT_FOUND'
  | 'REPLY_WINDOW_CLOSED'
  | 'STALE_VERSION'
  | 'TOO_LONG'
  | 'UNRESOLVED_TAGS'
  | 'WRONG_PASSWORD';

export type WaitStepInput = {
  id?: string | null | undefined;
  seconds: number;
};

export type Weekday =
  | 'FRIDAY'
  | 'MONDAY'
  | 'SATURDAY'
  | 'SUNDAY'
  | 'THURSDAY'
  | 'TUESDAY'
  | 'WEDNESDAY';

type FlowStep_AvailabilityStep_Fragment = { __typename: 'AvailabilityStep', id: string };

type FlowStep_FormStep_Fragment = { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> };

type FlowStep_HandoffStep_Fragment = { __typename: 'HandoffStep', id: string, note: string | null };

type FlowStep_MessageStep_Fragment = { __typename: 'MessageStep', text: string, id: string };

type FlowStep_WaitStep_Fragment = { __typename: 'WaitStep', seconds: number, id: string };

export type FlowStepFragment =
  | FlowStep_AvailabilityStep_Fragment
  | FlowStep_FormStep_Fragment
  | FlowStep_HandoffStep_Fragment
  | FlowStep_MessageStep_Fragment
  | FlowStep_WaitStep_Fragment
;

type InnermostStep_AvailabilityStep_Fragment = { __typename: 'AvailabilityStep', id: string, open: Array<
    | { __typename: 'AvailabilityStep', id: string }
    | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
    | { __typename: 'HandoffStep', id: string, note: string | null }
    | { __typename: 'MessageStep', text: string, id: string }
    | { __typename: 'WaitStep', seconds: number, id: string }
  >, closed: Array<
    | { __typename: 'AvailabilityStep', id: string }
    | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
    | { __typename: 'HandoffStep', id: string, note: string | null }
    | { __typename: 'MessageStep', text: string, id: string }
    | { __typename: 'WaitStep', seconds: number, id: string }
  > };

type InnermostStep_FormStep_Fragment = { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> };

type InnermostStep_HandoffStep_Fragment = { __typename: 'HandoffStep', id: string, note: string | null };

type InnermostStep_MessageStep_Fragment = { __typename: 'MessageStep', text: string, id: string };

type InnermostStep_WaitStep_Fragment = { __typename: 'WaitStep', seconds: number, id: string };

export type InnermostStepFragment =
  | InnermostStep_AvailabilityStep_Fragment
  | InnermostStep_FormStep_Fragment
  | InnermostStep_HandoffStep_Fragment
  | InnermostStep_MessageStep_Fragment
  | InnermostStep_WaitStep_Fragment
;

type InnerStep_AvailabilityStep_Fragment = { __typename: 'AvailabilityStep', id: string, open: Array<
    | { __typename: 'AvailabilityStep', id: string, open: Array<
        | { __typename: 'AvailabilityStep', id: string }
        | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
        | { __typename: 'HandoffStep', id: string, note: string | null }
        | { __typename: 'MessageStep', text: string, id: string }
        | { __typename: 'WaitStep', seconds: number, id: string }
      >, closed: Array<
        | { __typename: 'AvailabilityStep', id: string }
        | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
        | { __typename: 'HandoffStep', id: string, note: string | null }
        | { __typename: 'MessageStep', text: string, id: string }
        | { __typename: 'WaitStep', seconds: number, id: string }
      > }
    | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
    | { __typename: 'HandoffStep', id: string, note: string | null }
    | { __typename: 'MessageStep', text: string, id: string }
    | { __typename: 'WaitStep', seconds: number, id: string }
  >, closed: Array<
    | { __typename: 'AvailabilityStep', id: string, open: Array<
        | { __typename: 'AvailabilityStep', id: string }
        | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
        | { __typename: 'HandoffStep', id: string, note: string | null }
        | { __typename: 'MessageStep', text: string, id: string }
        | { __typename: 'WaitStep', seconds: number, id: string }
      >, closed: Array<
        | { __typename: 'AvailabilityStep', id: string }
        | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
        | { __typename: 'HandoffStep', id: string, note: string | null }
        | { __typename: 'MessageStep', text: string, id: string }
        | { __typename: 'WaitStep', seconds: number, id: string }
      > }
    | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
    | { __typename: 'HandoffStep', id: string, note: string | null }
    | { __typename: 'MessageStep', text: string, id: string }
    | { __typename: 'WaitStep', seconds: number, id: string }
  > };

type InnerStep_FormStep_Fragment = { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> };

type InnerStep_HandoffStep_Fragment = { __typename: 'HandoffStep', id: string, note: string | null };

type InnerStep_MessageStep_Fragment = { __typename: 'MessageStep', text: string, id: string };

type InnerStep_WaitStep_Fragment = { __typename: 'WaitStep', seconds: number, id: string };

export type InnerStepFragment =
  | InnerStep_AvailabilityStep_Fragment
  | InnerStep_FormStep_Fragment
  | InnerStep_HandoffStep_Fragment
  | InnerStep_MessageStep_Fragment
  | InnerStep_WaitStep_Fragment
;

export type PublishedFlowFragment = { id: string, version: number, enabled: boolean, botName: string, publishedAt: string, publishedBy: { id: string, displayName: string } | null, trigger: { kind: ChatbotTriggerKind, urlContains: string | null }, openingHours: { timeZone: string, holidays: Array<string>, weekly: Array<{ day: Weekday, opensAt: string, closesAt: string }> } | null, steps: Array<
    | { __typename: 'AvailabilityStep', id: string, open: Array<
        | { __typename: 'AvailabilityStep', id: string, open: Array<
            | { __typename: 'AvailabilityStep', id: string, open: Array<
                | { __typename: 'AvailabilityStep', id: string }
                | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                | { __typename: 'HandoffStep', id: string, note: string | null }
                | { __typename: 'MessageStep', text: string, id: string }
                | { __typename: 'WaitStep', seconds: number, id: string }
              >, closed: Array<
                | { __typename: 'AvailabilityStep', id: string }
                | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                | { __typename: 'HandoffStep', id: string, note: string | null }
                | { __typename: 'MessageStep', text: string, id: string }
                | { __typename: 'WaitStep', seconds: number, id: string }
              > }
            | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
            | { __typename: 'HandoffStep', id: string, note: string | null }
            | { __typename: 'MessageStep', text: string, id: string }
            | { __typename: 'WaitStep', seconds: number, id: string }
          >, closed: Array<
            | { __typename: 'AvailabilityStep', id: string, open: Array<
                | { __typename: 'AvailabilityStep', id: string }
                | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                | { __typename: 'HandoffStep', id: string, note: string | null }
                | { __typename: 'MessageStep', text: string, id: string }
                | { __typename: 'WaitStep', seconds: number, id: string }
              >, closed: Array<
                | { __typename: 'AvailabilityStep', id: string }
                | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                | { __typename: 'HandoffStep', id: string, note: string | null }
                | { __typename: 'MessageStep', text: string, id: string }
                | { __typename: 'WaitStep', seconds: number, id: string }
              > }
            | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
            | { __typename: 'HandoffStep', id: string, note: string | null }
            | { __typename: 'MessageStep', text: string, id: string }
            | { __typename: 'WaitStep', seconds: number, id: string }
          > }
        | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
        | { __typename: 'HandoffStep', id: string, note: string | null }
        | { __typename: 'MessageStep', text: string, id: string }
        | { __typename: 'WaitStep', seconds: number, id: string }
      >, closed: Array<
        | { __typename: 'AvailabilityStep', id: string, open: Array<
            | { __typename: 'AvailabilityStep', id: string, open: Array<
                | { __typename: 'AvailabilityStep', id: string }
                | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                | { __typename: 'HandoffStep', id: string, note: string | null }
                | { __typename: 'MessageStep', text: string, id: string }
                | { __typename: 'WaitStep', seconds: number, id: string }
              >, closed: Array<
                | { __typename: 'AvailabilityStep', id: string }
                | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                | { __typename: 'HandoffStep', id: string, note: string | null }
                | { __typename: 'MessageStep', text: string, id: string }
                | { __typename: 'WaitStep', seconds: number, id: string }
              > }
            | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
            | { __typename: 'HandoffStep', id: string, note: string | null }
            | { __typename: 'MessageStep', text: string, id: string }
            | { __typename: 'WaitStep', seconds: number, id: string }
          >, closed: Array<
            | { __typename: 'AvailabilityStep', id: string, open: Array<
                | { __typename: 'AvailabilityStep', id: string }
                | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                | { __typename: 'HandoffStep', id: string, note: string | null }
                | { __typename: 'MessageStep', text: string, id: string }
                | { __typename: 'WaitStep', seconds: number, id: string }
              >, closed: Array<
                | { __typename: 'AvailabilityStep', id: string }
                | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                | { __typename: 'HandoffStep', id: string, note: string | null }
                | { __typename: 'MessageStep', text: string, id: string }
                | { __typename: 'WaitStep', seconds: number, id: string }
              > }
            | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
            | { __typename: 'HandoffStep', id: string, note: string | null }
            | { __typename: 'MessageStep', text: string, id: string }
            | { __typename: 'WaitStep', seconds: number, id: string }
          > }
        | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
        | { __typename: 'HandoffStep', id: string, note: string | null }
        | { __typename: 'MessageStep', text: string, id: string }
        | { __typename: 'WaitStep', seconds: number, id: string }
      > }
    | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
    | { __typename: 'HandoffStep', id: string, note: string | null }
    | { __typename: 'MessageStep', text: string, id: string }
    | { __typename: 'WaitStep', seconds: number, id: string }
  > };

type FlowRefusal_GenericUserError_Fragment = { __typename: 'GenericUserError', code: UserErrorCode, message: string, path: Array<string> | null };

type FlowRefusal_IdempotencyConflictError_Fragment = { __typename: 'IdempotencyConflictError', code: UserErrorCode, message: string, path: Array<string> | null };

type FlowRefusal_ReplyWindowClosedError_Fragment = { __typename: 'ReplyWindowClosedError', code: UserErrorCode, message: string, path: Array<string> | null };

type FlowRefusal_StaleVersionError_Fragment = { __typename: 'StaleVersionError', code: UserErrorCode, message: string, path: Array<string> | null };

type FlowRefusal_UnresolvedTagsError_Fragment = { __typename: 'UnresolvedTagsError', code: UserErrorCode, message: string, path: Array<string> | null };

export type FlowRefusalFragment =
  | FlowRefusal_GenericUserError_Fragment
  | FlowRefusal_IdempotencyConflictError_Fragment
  | FlowRefusal_ReplyWindowClosedError_Fragment
  | FlowRefusal_StaleVersionError_Fragment
  | FlowRefusal_UnresolvedTagsError_Fragment
;

export type AutomationQueryVariables = Exact<{
  version?: number | null | undefined;
}>;


export type AutomationQuery = { chatbotAutomation: { id: string, version: number, enabled: boolean, botName: string, publishedAt: string, publishedBy: { id: string, displayName: string } | null, trigger: { kind: ChatbotTriggerKind, urlContains: string | null }, openingHours: { timeZone: string, holidays: Array<string>, weekly: Array<{ day: Weekday, opensAt: string, closesAt: string }> } | null, steps: Array<
      | { __typename: 'AvailabilityStep', id: string, open: Array<
          | { __typename: 'AvailabilityStep', id: string, open: Array<
              | { __typename: 'AvailabilityStep', id: string, open: Array<
                  | { __typename: 'AvailabilityStep', id: string }
                  | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                  | { __typename: 'HandoffStep', id: string, note: string | null }
                  | { __typename: 'MessageStep', text: string, id: string }
                  | { __typename: 'WaitStep', seconds: number, id: string }
                >, closed: Array<
                  | { __typename: 'AvailabilityStep', id: string }
                  | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                  | { __typename: 'HandoffStep', id: string, note: string | null }
                  | { __typename: 'MessageStep', text: string, id: string }
                  | { __typename: 'WaitStep', seconds: number, id: string }
                > }
              | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
              | { __typename: 'HandoffStep', id: string, note: string | null }
              | { __typename: 'MessageStep', text: string, id: string }
              | { __typename: 'WaitStep', seconds: number, id: string }
            >, closed: Array<
              | { __typename: 'AvailabilityStep', id: string, open: Array<
                  | { __typename: 'AvailabilityStep', id: string }
                  | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                  | { __typename: 'HandoffStep', id: string, note: string | null }
                  | { __typename: 'MessageStep', text: string, id: string }
                  | { __typename: 'WaitStep', seconds: number, id: string }
                >, closed: Array<
                  | { __typename: 'AvailabilityStep', id: string }
                  | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                  | { __typename: 'HandoffStep', id: string, note: string | null }
                  | { __typename: 'MessageStep', text: string, id: string }
                  | { __typename: 'WaitStep', seconds: number, id: string }
                > }
              | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
              | { __typename: 'HandoffStep', id: string, note: string | null }
              | { __typename: 'MessageStep', text: string, id: string }
              | { __typename: 'WaitStep', seconds: number, id: string }
            > }
          | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
          | { __typename: 'HandoffStep', id: string, note: string | null }
          | { __typename: 'MessageStep', text: string, id: string }
          | { __typename: 'WaitStep', seconds: number, id: string }
        >, closed: Array<
          | { __typename: 'AvailabilityStep', id: string, open: Array<
              | { __typename: 'AvailabilityStep', id: string, open: Array<
                  | { __typename: 'AvailabilityStep', id: string }
                  | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                  | { __typename: 'HandoffStep', id: string, note: string | null }
                  | { __typename: 'MessageStep', text: string, id: string }
                  | { __typename: 'WaitStep', seconds: number, id: string }
                >, closed: Array<
                  | { __typename: 'AvailabilityStep', id: string }
                  | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                  | { __typename: 'HandoffStep', id: string, note: string | null }
                  | { __typename: 'MessageStep', text: string, id: string }
                  | { __typename: 'WaitStep', seconds: number, id: string }
                > }
              | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
              | { __typename: 'HandoffStep', id: string, note: string | null }
              | { __typename: 'MessageStep', text: string, id: string }
              | { __typename: 'WaitStep', seconds: number, id: string }
            >, closed: Array<
              | { __typename: 'AvailabilityStep', id: string, open: Array<
                  | { __typename: 'AvailabilityStep', id: string }
                  | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                  | { __typename: 'HandoffStep', id: string, note: string | null }
                  | { __typename: 'MessageStep', text: string, id: string }
                  | { __typename: 'WaitStep', seconds: number, id: string }
                >, closed: Array<
                  | { __typename: 'AvailabilityStep', id: string }
                  | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                  | { __typename: 'HandoffStep', id: string, note: string | null }
                  | { __typename: 'MessageStep', text: string, id: string }
                  | { __typename: 'WaitStep', seconds: number, id: string }
                > }
              | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
              | { __typename: 'HandoffStep', id: string, note: string | null }
              | { __typename: 'MessageStep', text: string, id: string }
              | { __typename: 'WaitStep', seconds: number, id: string }
            > }
          | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
          | { __typename: 'HandoffStep', id: string, note: string | null }
          | { __typename: 'MessageStep', text: string, id: string }
          | { __typename: 'WaitStep', seconds: number, id: string }
        > }
      | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
      | { __typename: 'HandoffStep', id: string, note: string | null }
      | { __typename: 'MessageStep', text: string, id: string }
      | { __typename: 'WaitStep', seconds: number, id: string }
    > } | null };

export type AutomationVersionsQueryVariables = Exact<{
  first: number;
  before?: number | null | undefined;
}>;


export type AutomationVersionsQuery = { chatbotAutomationVersions: Array<{ version: number, enabled: boolean, publishedAt: string, publishedBy: { id: string, displayName: string } | null }> | null };

export type SaveAutomationMutationVariables = Exact<{
  input: SaveChatbotAutomationInput;
}>;


export type SaveAutomationMutation = { saveChatbotAutomation: { automation: { id: string, version: number, enabled: boolean, botName: string, publishedAt: string, publishedBy: { id: string, displayName: string } | null, trigger: { kind: ChatbotTriggerKind, urlContains: string | null }, openingHours: { timeZone: string, holidays: Array<string>, weekly: Array<{ day: Weekday, opensAt: string, closesAt: string }> } | null, steps: Array<
        | { __typename: 'AvailabilityStep', id: string, open: Array<
            | { __typename: 'AvailabilityStep', id: string, open: Array<
                | { __typename: 'AvailabilityStep', id: string, open: Array<
                    | { __typename: 'AvailabilityStep', id: string }
                    | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                    | { __typename: 'HandoffStep', id: string, note: string | null }
                    | { __typename: 'MessageStep', text: string, id: string }
                    | { __typename: 'WaitStep', seconds: number, id: string }
                  >, closed: Array<
                    | { __typename: 'AvailabilityStep', id: string }
                    | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                    | { __typename: 'HandoffStep', id: string, note: string | null }
                    | { __typename: 'MessageStep', text: string, id: string }
                    | { __typename: 'WaitStep', seconds: number, id: string }
                  > }
                | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                | { __typename: 'HandoffStep', id: string, note: string | null }
                | { __typename: 'MessageStep', text: string, id: string }
                | { __typename: 'WaitStep', seconds: number, id: string }
              >, closed: Array<
                | { __typename: 'AvailabilityStep', id: string, open: Array<
                    | { __typename: 'AvailabilityStep', id: string }
                    | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                    | { __typename: 'HandoffStep', id: string, note: string | null }
                    | { __typename: 'MessageStep', text: string, id: string }
                    | { __typename: 'WaitStep', seconds: number, id: string }
                  >, closed: Array<
                    | { __typename: 'AvailabilityStep', id: string }
                    | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                    | { __typename: 'HandoffStep', id: string, note: string | null }
                    | { __typename: 'MessageStep', text: string, id: string }
                    | { __typename: 'WaitStep', seconds: number, id: string }
                  > }
                | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                | { __typename: 'HandoffStep', id: string, note: string | null }
                | { __typename: 'MessageStep', text: string, id: string }
                | { __typename: 'WaitStep', seconds: number, id: string }
              > }
            | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
            | { __typename: 'HandoffStep', id: string, note: string | null }
            | { __typename: 'MessageStep', text: string, id: string }
            | { __typename: 'WaitStep', seconds: number, id: string }
          >, closed: Array<
            | { __typename: 'AvailabilityStep', id: string, open: Array<
                | { __typename: 'AvailabilityStep', id: string, open: Array<
                    | { __typename: 'AvailabilityStep', id: string }
                    | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                    | { __typename: 'HandoffStep', id: string, note: string | null }
                    | { __typename: 'MessageStep', text: string, id: string }
                    | { __typename: 'WaitStep', seconds: number, id: string }
                  >, closed: Array<
                    | { __typename: 'AvailabilityStep', id: string }
                    | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                    | { __typename: 'HandoffStep', id: string, note: string | null }
                    | { __typename: 'MessageStep', text: string, id: string }
                    | { __typename: 'WaitStep', seconds: number, id: string }
                  > }
                | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                | { __typename: 'HandoffStep', id: string, note: string | null }
                | { __typename: 'MessageStep', text: string, id: string }
                | { __typename: 'WaitStep', seconds: number, id: string }
              >, closed: Array<
                | { __typename: 'AvailabilityStep', id: string, open: Array<
                    | { __typename: 'AvailabilityStep', id: string }
                    | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                    | { __typename: 'HandoffStep', id: string, note: string | null }
                    | { __typename: 'MessageStep', text: string, id: string }
                    | { __typename: 'WaitStep', seconds: number, id: string }
                  >, closed: Array<
                    | { __typename: 'AvailabilityStep', id: string }
                    | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                    | { __typename: 'HandoffStep', id: string, note: string | null }
                    | { __typename: 'MessageStep', text: string, id: string }
                    | { __typename: 'WaitStep', seconds: number, id: string }
                  > }
                | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                | { __typename: 'HandoffStep', id: string, note: string | null }
                | { __typename: 'MessageStep', text: string, id: string }
                | { __typename: 'WaitStep', seconds: number, id: string }
              > }
            | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
            | { __typename: 'HandoffStep', id: string, note: string | null }
            | { __typename: 'MessageStep', text: string, id: string }
            | { __typename: 'WaitStep', seconds: number, id: string }
          > }
        | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
        | { __typename: 'HandoffStep', id: string, note: string | null }
        | { __typename: 'MessageStep', text: string, id: string }
        | { __typename: 'WaitStep', seconds: number, id: string }
      > } | null, errors: Array<
      | { __typename: 'GenericUserError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'IdempotencyConflictError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'ReplyWindowClosedError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'StaleVersionError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'UnresolvedTagsError', code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type RestoreAutomationMutationVariables = Exact<{
  input: RestoreChatbotAutomationInput;
}>;


export type RestoreAutomationMutation = { restoreChatbotAutomation: { automation: { id: string, version: number, enabled: boolean, botName: string, publishedAt: string, publishedBy: { id: string, displayName: string } | null, trigger: { kind: ChatbotTriggerKind, urlContains: string | null }, openingHours: { timeZone: string, holidays: Array<string>, weekly: Array<{ day: Weekday, opensAt: string, closesAt: string }> } | null, steps: Array<
        | { __typename: 'AvailabilityStep', id: string, open: Array<
            | { __typename: 'AvailabilityStep', id: string, open: Array<
                | { __typename: 'AvailabilityStep', id: string, open: Array<
                    | { __typename: 'AvailabilityStep', id: string }
                    | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                    | { __typename: 'HandoffStep', id: string, note: string | null }
                    | { __typename: 'MessageStep', text: string, id: string }
                    | { __typename: 'WaitStep', seconds: number, id: string }
                  >, closed: Array<
                    | { __typename: 'AvailabilityStep', id: string }
                    | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                    | { __typename: 'HandoffStep', id: string, note: string | null }
                    | { __typename: 'MessageStep', text: string, id: string }
                    | { __typename: 'WaitStep', seconds: number, id: string }
                  > }
                | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                | { __typename: 'HandoffStep', id: string, note: string | null }
                | { __typename: 'MessageStep', text: string, id: string }
                | { __typename: 'WaitStep', seconds: number, id: string }
              >, closed: Array<
                | { __typename: 'AvailabilityStep', id: string, open: Array<
                    | { __typename: 'AvailabilityStep', id: string }
                    | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                    | { __typename: 'HandoffStep', id: string, note: string | null }
                    | { __typename: 'MessageStep', text: string, id: string }
                    | { __typename: 'WaitStep', seconds: number, id: string }
                  >, closed: Array<
                    | { __typename: 'AvailabilityStep', id: string }
                    | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                    | { __typename: 'HandoffStep', id: string, note: string | null }
                    | { __typename: 'MessageStep', text: string, id: string }
                    | { __typename: 'WaitStep', seconds: number, id: string }
                  > }
                | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                | { __typename: 'HandoffStep', id: string, note: string | null }
                | { __typename: 'MessageStep', text: string, id: string }
                | { __typename: 'WaitStep', seconds: number, id: string }
              > }
            | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
            | { __typename: 'HandoffStep', id: string, note: string | null }
            | { __typename: 'MessageStep', text: string, id: string }
            | { __typename: 'WaitStep', seconds: number, id: string }
          >, closed: Array<
            | { __typename: 'AvailabilityStep', id: string, open: Array<
                | { __typename: 'AvailabilityStep', id: string, open: Array<
                    | { __typename: 'AvailabilityStep', id: string }
                    | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                    | { __typename: 'HandoffStep', id: string, note: string | null }
                    | { __typename: 'MessageStep', text: string, id: string }
                    | { __typename: 'WaitStep', seconds: number, id: string }
                  >, closed: Array<
                    | { __typename: 'AvailabilityStep', id: string }
                    | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                    | { __typename: 'HandoffStep', id: string, note: string | null }
                    | { __typename: 'MessageStep', text: string, id: string }
                    | { __typename: 'WaitStep', seconds: number, id: string }
                  > }
                | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                | { __typename: 'HandoffStep', id: string, note: string | null }
                | { __typename: 'MessageStep', text: string, id: string }
                | { __typename: 'WaitStep', seconds: number, id: string }
              >, closed: Array<
                | { __typename: 'AvailabilityStep', id: string, open: Array<
                    | { __typename: 'AvailabilityStep', id: string }
                    | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                    | { __typename: 'HandoffStep', id: string, note: string | null }
                    | { __typename: 'MessageStep', text: string, id: string }
                    | { __typename: 'WaitStep', seconds: number, id: string }
                  >, closed: Array<
                    | { __typename: 'AvailabilityStep', id: string }
                    | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                    | { __typename: 'HandoffStep', id: string, note: string | null }
                    | { __typename: 'MessageStep', text: string, id: string }
                    | { __typename: 'WaitStep', seconds: number, id: string }
                  > }
                | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
                | { __typename: 'HandoffStep', id: string, note: string | null }
                | { __typename: 'MessageStep', text: string, id: string }
                | { __typename: 'WaitStep', seconds: number, id: string }
              > }
            | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
            | { __typename: 'HandoffStep', id: string, note: string | null }
            | { __typename: 'MessageStep', text: string, id: string }
            | { __typename: 'WaitStep', seconds: number, id: string }
          > }
        | { __typename: 'FormStep', prompt: string, submitLabel: string, id: string, fields: Array<{ key: FormFieldKey, label: string, required: boolean }> }
        | { __typename: 'HandoffStep', id: string, note: string | null }
        | { __typename: 'MessageStep', text: string, id: string }
        | { __typename: 'WaitStep', seconds: number, id: string }
      > } | null, errors: Array<
      | { __typename: 'GenericUserError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'IdempotencyConflictError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'ReplyWindowClosedError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'StaleVersionError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'UnresolvedTagsError', code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

type Refusal_GenericUserError_Fragment = { code: UserErrorCode, message: string, path: Array<string> | null };

type Refusal_IdempotencyConflictError_Fragment = { code: UserErrorCode, message: string, path: Array<string> | null };

type Refusal_ReplyWindowClosedError_Fragment = { code: UserErrorCode, message: string, path: Array<string> | null };

type Refusal_StaleVersionError_Fragment = { code: UserErrorCode, message: string, path: Array<string> | null };

type Refusal_UnresolvedTagsError_Fragment = { code: UserErrorCode, message: string, path: Array<string> | null };

export type RefusalFragment =
  | Refusal_GenericUserError_Fragment
  | Refusal_IdempotencyConflictError_Fragment
  | Refusal_ReplyWindowClosedError_Fragment
  | Refusal_StaleVersionError_Fragment
  | Refusal_UnresolvedTagsError_Fragment
;

export type OpenConversationMutationVariables = Exact<{
  input: OpenConversationInput;
}>;


export type OpenConversationMutation = { openConversation: { conversation: { id: string, version: number, status: ConversationStatus, unread: boolean, waitingForReply: boolean, title: string, subject: string | null, channels: Array<ChannelKind>, lastChannel: ChannelKind, lastActivityAt: string, createdAt: string, assignee: { id: string, displayName: string } | null, read: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, completed: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, contact: { id: string } | null, visitor: { id: string, presence: { state: PresenceState, since: string }, currentPage: { url: string, title: string | null } | null } | null, messengerProfile: { id: string, displayName: string, avatarUrl: string | null } | null, lastMessage: { id: string, direction: MessageDirection, channel: ChannelKind, text: string, createdAt: string, author:
          | { __typename: 'Agent', id: string, displayName: string }
          | { __typename: 'ChatbotAutomation', id: string, botName: string }
          | { __typename: 'Contact', id: string, displayName: string }
          | { __typename: 'MailParticipant', id: string, displayName: string }
          | { __typename: 'MessengerProfile', id: string, displayName: string }
          | { __typename: 'Visitor', id: string, displayName: string }
        , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, attachments: Array<{ id: string, filename: string, contentType: string }> } | null } | null, errors: Array<
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type CompleteConversationMutationVariables = Exact<{
  input: ConversationStatusInput;
}>;


export type CompleteConversationMutation = { completeConversation: { conversation: { id: string, version: number, status: ConversationStatus, unread: boolean, waitingForReply: boolean, title: string, subject: string | null, channels: Array<ChannelKind>, lastChannel: ChannelKind, lastActivityAt: string, createdAt: string, assignee: { id: string, displayName: string } | null, read: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, completed: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, contact: { id: string } | null, visitor: { id: string, presence: { state: PresenceState, since: string }, currentPage: { url: string, title: string | null } | null } | null, messengerProfile: { id: string, displayName: string, avatarUrl: string | null } | null, lastMessage: { id: string, direction: MessageDirection, channel: ChannelKind, text: string, createdAt: string, author:
          | { __typename: 'Agent', id: string, displayName: string }
          | { __typename: 'ChatbotAutomation', id: string, botName: string }
          | { __typename: 'Contact', id: string, displayName: string }
          | { __typename: 'MailParticipant', id: string, displayName: string }
          | { __typename: 'MessengerProfile', id: string, displayName: string }
          | { __typename: 'Visitor', id: string, displayName: string }
        , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, attachments: Array<{ id: string, filename: string, contentType: string }> } | null } | null, errors: Array<
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type ReopenConversationMutationVariables = Exact<{
  input: ConversationStatusInput;
}>;


export type ReopenConversationMutation = { reopenConversation: { conversation: { id: string, version: number, status: ConversationStatus, unread: boolean, waitingForReply: boolean, title: string, subject: string | null, channels: Array<ChannelKind>, lastChannel: ChannelKind, lastActivityAt: string, createdAt: string, assignee: { id: string, displayName: string } | null, read: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, completed: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, contact: { id: string } | null, visitor: { id: string, presence: { state: PresenceState, since: string }, currentPage: { url: string, title: string | null } | null } | null, messengerProfile: { id: string, displayName: string, avatarUrl: string | null } | null, lastMessage: { id: string, direction: MessageDirection, channel: ChannelKind, text: string, createdAt: string, author:
          | { __typename: 'Agent', id: string, displayName: string }
          | { __typename: 'ChatbotAutomation', id: string, botName: string }
          | { __typename: 'Contact', id: string, displayName: string }
          | { __typename: 'MailParticipant', id: string, displayName: string }
          | { __typename: 'MessengerProfile', id: string, displayName: string }
          | { __typename: 'Visitor', id: string, displayName: string }
        , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, attachments: Array<{ id: string, filename: string, contentType: string }> } | null } | null, errors: Array<
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type MarkConversationUnreadMutationVariables = Exact<{
  input: ConversationStatusInput;
}>;


export type MarkConversationUnreadMutation = { markConversationUnread: { conversation: { id: string, version: number, status: ConversationStatus, unread: boolean, waitingForReply: boolean, title: string, subject: string | null, channels: Array<ChannelKind>, lastChannel: ChannelKind, lastActivityAt: string, createdAt: string, assignee: { id: string, displayName: string } | null, read: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, completed: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, contact: { id: string } | null, visitor: { id: string, presence: { state: PresenceState, since: string }, currentPage: { url: string, title: string | null } | null } | null, messengerProfile: { id: string, displayName: string, avatarUrl: string | null } | null, lastMessage: { id: string, direction: MessageDirection, channel: ChannelKind, text: string, createdAt: string, author:
          | { __typename: 'Agent', id: string, displayName: string }
          | { __typename: 'ChatbotAutomation', id: string, botName: string }
          | { __typename: 'Contact', id: string, displayName: string }
          | { __typename: 'MailParticipant', id: string, displayName: string }
          | { __typename: 'MessengerProfile', id: string, displayName: string }
          | { __typename: 'Visitor', id: string, displayName: string }
        , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, attachments: Array<{ id: string, filename: string, contentType: string }> } | null } | null, errors: Array<
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type AssignConversationMutationVariables = Exact<{
  input: AssignConversationInput;
}>;


export type AssignConversationMutation = { assignConversation: { conversation: { id: string, version: number, status: ConversationStatus, unread: boolean, waitingForReply: boolean, title: string, subject: string | null, channels: Array<ChannelKind>, lastChannel: ChannelKind, lastActivityAt: string, createdAt: string, assignee: { id: string, displayName: string } | null, read: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, completed: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, contact: { id: string } | null, visitor: { id: string, presence: { state: PresenceState, since: string }, currentPage: { url: string, title: string | null } | null } | null, messengerProfile: { id: string, displayName: string, avatarUrl: string | null } | null, lastMessage: { id: string, direction: MessageDirection, channel: ChannelKind, text: string, createdAt: string, author:
          | { __typename: 'Agent', id: string, displayName: string }
          | { __typename: 'ChatbotAutomation', id: string, botName: string }
          | { __typename: 'Contact', id: string, displayName: string }
          | { __typename: 'MailParticipant', id: string, displayName: string }
          | { __typename: 'MessengerProfile', id: string, displayName: string }
          | { __typename: 'Visitor', id: string, displayName: string }
        , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, attachments: Array<{ id: string, filename: string, contentType: string }> } | null } | null, errors: Array<
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type SendMessageMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type SendMessageMutation = { sendMessage: { message: { __typename: 'Message', id: string, clientMessageId: string | null, channel: ChannelKind, direction: MessageDirection, text: string, createdAt: string, author:
        | { __typename: 'Agent', id: string, displayName: string }
        | { __typename: 'ChatbotAutomation', id: string, botName: string }
        | { __typename: 'Contact', id: string, displayName: string }
        | { __typename: 'MailParticipant', id: string, displayName: string }
        | { __typename: 'MessengerProfile', id: string, displayName: string }
        | { __typename: 'Visitor', id: string, displayName: string }
      , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, email: { subject: string, hasHtml: boolean, hasQuotedText: boolean, source: EmailSource, automatic: boolean, authentication: SenderAuthentication, incomplete: boolean, stranger: boolean, forwardComment: string | null, answersTo: string | null, originalUrl: string | null, from: { name: string | null, address: string }, to: Array<{ name: string | null, address: string }>, cc: Array<{ name: string | null, address: string }>, forwardedBy: { name: string | null, address: string } | null, relatedConversation: { id: string, title: string } | null } | null, messenger: { reaction: string | null, edited: boolean, unsent: boolean, external: boolean, unsupported: boolean, media: MessengerMedia } | null, form: { answers: Array<{ key: string, label: string, value: string }> } | null, attachments: Array<{ id: string, filename: string, contentType: string, byteSize: number, downloadUrl: string, thumbnailUrl: string | null, inline: boolean }> } | null, conversation: { id: string, version: number, status: ConversationStatus, unread: boolean, waitingForReply: boolean, title: string, subject: string | null, channels: Array<ChannelKind>, lastChannel: ChannelKind, lastActivityAt: string, createdAt: string, assignee: { id: string, displayName: string } | null, read: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, completed: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, contact: { id: string } | null, visitor: { id: string, presence: { state: PresenceState, since: string }, currentPage: { url: string, title: string | null } | null } | null, messengerProfile: { id: string, displayName: string, avatarUrl: string | null } | null, lastMessage: { id: string, direction: MessageDirection, channel: ChannelKind, text: string, createdAt: string, author:
          | { __typename: 'Agent', id: string, displayName: string }
          | { __typename: 'ChatbotAutomation', id: string, botName: string }
          | { __typename: 'Contact', id: string, displayName: string }
          | { __typename: 'MailParticipant', id: string, displayName: string }
          | { __typename: 'MessengerProfile', id: string, displayName: string }
          | { __typename: 'Visitor', id: string, displayName: string }
        , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, attachments: Array<{ id: string, filename: string, contentType: string }> } | null } | null, errors: Array<
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null, existingMessage: { __typename: 'Message', id: string, clientMessageId: string | null, channel: ChannelKind, direction: MessageDirection, text: string, createdAt: string, author:
            | { __typename: 'Agent', id: string, displayName: string }
            | { __typename: 'ChatbotAutomation', id: string, botName: string }
            | { __typename: 'Contact', id: string, displayName: string }
            | { __typename: 'MailParticipant', id: string, displayName: string }
            | { __typename: 'MessengerProfile', id: string, displayName: string }
            | { __typename: 'Visitor', id: string, displayName: string }
          , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, email: { subject: string, hasHtml: boolean, hasQuotedText: boolean, source: EmailSource, automatic: boolean, authentication: SenderAuthentication, incomplete: boolean, stranger: boolean, forwardComment: string | null, answersTo: string | null, originalUrl: string | null, from: { name: string | null, address: string }, to: Array<{ name: string | null, address: string }>, cc: Array<{ name: string | null, address: string }>, forwardedBy: { name: string | null, address: string } | null, relatedConversation: { id: string, title: string } | null } | null, messenger: { reaction: string | null, edited: boolean, unsent: boolean, external: boolean, unsupported: boolean, media: MessengerMedia } | null, form: { answers: Array<{ key: string, label: string, value: string }> } | null, attachments: Array<{ id: string, filename: string, contentType: string, byteSize: number, downloadUrl: string, thumbnailUrl: string | null, inline: boolean }> } }
      | { closedAt: string, code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type RetryMessageMutationVariables = Exact<{
  input: RetryMessageInput;
}>;


export type RetryMessageMutation = { retryMessage: { message: { __typename: 'Message', id: string, clientMessageId: string | null, channel: ChannelKind, direction: MessageDirection, text: string, createdAt: string, author:
        | { __typename: 'Agent', id: string, displayName: string }
        | { __typename: 'ChatbotAutomation', id: string, botName: string }
        | { __typename: 'Contact', id: string, displayName: string }
        | { __typename: 'MailParticipant', id: string, displayName: string }
        | { __typename: 'MessengerProfile', id: string, displayName: string }
        | { __typename: 'Visitor', id: string, displayName: string }
      , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, email: { subject: string, hasHtml: boolean, hasQuotedText: boolean, source: EmailSource, automatic: boolean, authentication: SenderAuthentication, incomplete: boolean, stranger: boolean, forwardComment: string | null, answersTo: string | null, originalUrl: string | null, from: { name: string | null, address: string }, to: Array<{ name: string | null, address: string }>, cc: Array<{ name: string | null, address: string }>, forwardedBy: { name: string | null, address: string } | null, relatedConversation: { id: string, title: string } | null } | null, messenger: { reaction: string | null, edited: boolean, unsent: boolean, external: boolean, unsupported: boolean, media: MessengerMedia } | null, form: { answers: Array<{ key: string, label: string, value: string }> } | null, attachments: Array<{ id: string, filename: string, contentType: string, byteSize: number, downloadUrl: string, thumbnailUrl: string | null, inline: boolean }> } | null, conversation: { id: string, version: number, status: ConversationStatus, unread: boolean, waitingForReply: boolean, title: string, subject: string | null, channels: Array<ChannelKind>, lastChannel: ChannelKind, lastActivityAt: string, createdAt: string, assignee: { id: string, displayName: string } | null, read: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, completed: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, contact: { id: string } | null, visitor: { id: string, presence: { state: PresenceState, since: string }, currentPage: { url: string, title: string | null } | null } | null, messengerProfile: { id: string, displayName: string, avatarUrl: string | null } | null, lastMessage: { id: string, direction: MessageDirection, channel: ChannelKind, text: string, createdAt: string, author:
          | { __typename: 'Agent', id: string, displayName: string }
          | { __typename: 'ChatbotAutomation', id: string, botName: string }
          | { __typename: 'Contact', id: string, displayName: string }
          | { __typename: 'MailParticipant', id: string, displayName: string }
          | { __typename: 'MessengerProfile', id: string, displayName: string }
          | { __typename: 'Visitor', id: string, displayName: string }
        , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, attachments: Array<{ id: string, filename: string, contentType: string }> } | null } | null, errors: Array<
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
      | { code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type SetAgentActivityMutationVariables = Exact<{
  input: AgentActivityInput;
}>;


export type SetAgentActivityMutation = { setAgentActivity: boolean };

export type AgentNameFragment = { id: string, displayName: string };

export type StampFragment = { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null };

type Author_Agent_Fragment = { __typename: 'Agent', id: string, displayName: string };

type Author_ChatbotAutomation_Fragment = { __typename: 'ChatbotAutomation', id: string, botName: string };

type Author_Contact_Fragment = { __typename: 'Contact', id: string, displayName: string };

type Author_MailParticipant_Fragment = { __typename: 'MailParticipant', id: string, displayName: string };

type Author_MessengerProfile_Fragment = { __typename: 'MessengerProfile', id: string, displayName: string };

type Author_Visitor_Fragment = { __typename: 'Visitor', id: string, displayName: string };

export type AuthorFragment =
  | Author_Agent_Fragment
  | Author_ChatbotAutomation_Fragment
  | Author_Contact_Fragment
  | Author_MailParticipant_Fragment
  | Author_MessengerProfile_Fragment
  | Author_Visitor_Fragment
;

export type ShownDeliveryFragment = { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean };

export type PresenceStateFragment = { id: string, presence: { state: PresenceState, since: string }, currentPage: { url: string, title: string | null } | null };

export type ConversationRowFragment = { id: string, version: number, status: ConversationStatus, unread: boolean, waitingForReply: boolean, title: string, subject: string | null, channels: Array<ChannelKind>, lastChannel: ChannelKind, lastActivityAt: string, createdAt: string, assignee: { id: string, displayName: string } | null, read: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, completed: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, contact: { id: string } | null, visitor: { id: string, presence: { state: PresenceState, since: string }, currentPage: { url: string, title: string | null } | null } | null, messengerProfile: { id: string, displayName: string, avatarUrl: string | null } | null, lastMessage: { id: string, direction: MessageDirection, channel: ChannelKind, text: string, createdAt: string, author:
      | { __typename: 'Agent', id: string, displayName: string }
      | { __typename: 'ChatbotAutomation', id: string, botName: string }
      | { __typename: 'Contact', id: string, displayName: string }
      | { __typename: 'MailParticipant', id: string, displayName: string }
      | { __typename: 'MessengerProfile', id: string, displayName: string }
      | { __typename: 'Visitor', id: string, displayName: string }
    , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, attachments: Array<{ id: string, filename: string, contentType: string }> } | null };

export type ThreadMessageFragment = { __typename: 'Message', id: string, clientMessageId: string | null, channel: ChannelKind, direction: MessageDirection, text: string, createdAt: string, author:
    | { __typename: 'Agent', id: string, displayName: string }
    | { __typename: 'ChatbotAutomation', id: string, botName: string }
    | { __typename: 'Contact', id: string, displayName: string }
    | { __typename: 'MailParticipant', id: string, displayName: string }
    | { __typename: 'MessengerProfile', id: string, displayName: string }
    | { __typename: 'Visitor', id: string, displayName: string }
  , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, email: { subject: string, hasHtml: boolean, hasQuotedText: boolean, source: EmailSource, automatic: boolean, authentication: SenderAuthentication, incomplete: boolean, stranger: boolean, forwardComment: string | null, answersTo: string | null, originalUrl: string | null, from: { name: string | null, address: string }, to: Array<{ name: string | null, address: string }>, cc: Array<{ name: string | null, address: string }>, forwardedBy: { name: string | null, address: string } | null, relatedConversation: { id: string, title: string } | null } | null, messenger: { reaction: string | null, edited: boolean, unsent: boolean, external: boolean, unsupported: boolean, media: MessengerMedia } | null, form: { answers: Array<{ key: string, label: string, value: string }> } | null, attachments: Array<{ id: string, filename: string, contentType: string, byteSize: number, downloadUrl: string, thumbnailUrl: string | null, inline: boolean }> };

export type ThreadActivityFragment = { __typename: 'ConversationActivity', id: string, kind: ConversationActivityKind, stamp: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null }, assignee: { id: string, displayName: string } | null };

export type TimelinePageFragment = { nodes: Array<
    | { __typename: 'ConversationActivity', id: string, kind: ConversationActivityKind, stamp: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null }, assignee: { id: string, displayName: string } | null }
    | { __typename: 'Message', id: string, clientMessageId: string | null, channel: ChannelKind, direction: MessageDirection, text: string, createdAt: string, author:
        | { __typename: 'Agent', id: string, displayName: string }
        | { __typename: 'ChatbotAutomation', id: string, botName: string }
        | { __typename: 'Contact', id: string, displayName: string }
        | { __typename: 'MailParticipant', id: string, displayName: string }
        | { __typename: 'MessengerProfile', id: string, displayName: string }
        | { __typename: 'Visitor', id: string, displayName: string }
      , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, email: { subject: string, hasHtml: boolean, hasQuotedText: boolean, source: EmailSource, automatic: boolean, authentication: SenderAuthentication, incomplete: boolean, stranger: boolean, forwardComment: string | null, answersTo: string | null, originalUrl: string | null, from: { name: string | null, address: string }, to: Array<{ name: string | null, address: string }>, cc: Array<{ name: string | null, address: string }>, forwardedBy: { name: string | null, address: string } | null, relatedConversation: { id: string, title: string } | null } | null, messenger: { reaction: string | null, edited: boolean, unsent: boolean, external: boolean, unsupported: boolean, media: MessengerMedia } | null, form: { answers: Array<{ key: string, label: string, value: string }> } | null, attachments: Array<{ id: string, filename: string, contentType: string, byteSize: number, downloadUrl: string, thumbnailUrl: string | null, inline: boolean }> }
  >, pageInfo: { hasPreviousPage: boolean, startCursor: string | null } };

export type ReplyChoiceFragment = { channel: ChannelKind, available: boolean, default: boolean, recipient: string | null, disabledReason: ReplyDisabledReason | null, notice: ReplyNotice | null, windowClosesAt: string | null, includesTranscript: boolean, maxLength: number };

export type ActiveAgentFragment = { writing: boolean, since: string, agent: { id: string, displayName: string } };

export type ThreadSurroundingsFragment = { id: string, replyOptions: Array<{ channel: ChannelKind, available: boolean, default: boolean, recipient: string | null, disabledReason: ReplyDisabledReason | null, notice: ReplyNotice | null, windowClosesAt: string | null, includesTranscript: boolean, maxLength: number }> | null, contact: { id: string, displayName: string, email: string | null, avatarUrl: string | null, createdAt: string } | null, visitor: { id: string, displayName: string, locale: string | null } | null };

export type CountersFragment = { unread: number, open: number, attention: boolean };

export type InboxPageQueryVariables = Exact<{
  filter: ConversationFilter;
  first: number;
  after?: string | null | undefined;
}>;


export type InboxPageQuery = { conversations: { edges: Array<{ node: { id: string, version: number, status: ConversationStatus, unread: boolean, waitingForReply: boolean, title: string, subject: string | null, channels: Array<ChannelKind>, lastChannel: ChannelKind, lastActivityAt: string, createdAt: string, assignee: { id: string, displayName: string } | null, read: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, completed: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, contact: { id: string } | null, visitor: { id: string, presence: { state: PresenceState, since: string }, currentPage: { url: string, title: string | null } | null } | null, messengerProfile: { id: string, displayName: string, avatarUrl: string | null } | null, lastMessage: { id: string, direction: MessageDirection, channel: ChannelKind, text: string, createdAt: string, author:
            | { __typename: 'Agent', id: string, displayName: string }
            | { __typename: 'ChatbotAutomation', id: string, botName: string }
            | { __typename: 'Contact', id: string, displayName: string }
            | { __typename: 'MailParticipant', id: string, displayName: string }
            | { __typename: 'MessengerProfile', id: string, displayName: string }
            | { __typename: 'Visitor', id: string, displayName: string }
          , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, attachments: Array<{ id: string, filename: string, contentType: string }> } | null }, match: { excerpt: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type InboxTotalQueryVariables = Exact<{
  filter: ConversationFilter;
}>;


export type InboxTotalQuery = { conversations: { totalCount: number | null } };

export type InboxCountersQueryVariables = Exact<{ [key: string]: never; }>;


export type InboxCountersQuery = { inbox: { unread: number, open: number, attention: boolean } | null };

export type KnownAgentFragment = { email: string, avatarUrl: string | null, role: AgentRole, active: boolean, id: string, displayName: string };

export type InboxAgentsQueryVariables = Exact<{ [key: string]: never; }>;


export type InboxAgentsQuery = { agents: Array<{ email: string, avatarUrl: string | null, role: AgentRole, active: boolean, id: string, displayName: string }> | null };

export type PresenceOfQueryVariables = Exact<{
  ids: Array<string> | string;
}>;


export type PresenceOfQuery = { nodes: Array<
    | { __typename: 'Agent' }
    | { __typename: 'AgentInvitation' }
    | { __typename: 'Attachment' }
    | { __typename: 'Channel' }
    | { __typename: 'ChatbotAutomation' }
    | { __typename: 'Contact' }
    | { __typename: 'Conversation' }
    | { __typename: 'ConversationActivity' }
    | { __typename: 'Message' }
    | { __typename: 'MessengerProfile' }
    | { __typename: 'SavedResponse' }
    | { __typename: 'SavedResponseCategory' }
    | { __typename: 'Visitor', id: string, presence: { state: PresenceState, since: string }, currentPage: { url: string, title: string | null } | null }
   | null> };

export type InboxChangedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type InboxChangedSubscription = { inboxChanged:
    | { __typename: 'AgentChanged', cursor: string, agent: { email: string, avatarUrl: string | null, role: AgentRole, active: boolean, id: string, displayName: string } }
    | { __typename: 'ChannelChanged', cursor: string, kind: ChannelKind }
    | { __typename: 'ChatbotAutomationPublished', cursor: string, published: { version: number } }
    | { __typename: 'ConversationUpserted', cursor: string, notify: boolean, conversation: { id: string, version: number, status: ConversationStatus, unread: boolean, waitingForReply: boolean, title: string, subject: string | null, channels: Array<ChannelKind>, lastChannel: ChannelKind, lastActivityAt: string, createdAt: string, assignee: { id: string, displayName: string } | null, read: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, completed: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, contact: { id: string } | null, visitor: { id: string, presence: { state: PresenceState, since: string }, currentPage: { url: string, title: string | null } | null } | null, messengerProfile: { id: string, displayName: string, avatarUrl: string | null } | null, lastMessage: { id: string, direction: MessageDirection, channel: ChannelKind, text: string, createdAt: string, author:
            | { __typename: 'Agent', id: string, displayName: string }
            | { __typename: 'ChatbotAutomation', id: string, botName: string }
            | { __typename: 'Contact', id: string, displayName: string }
            | { __typename: 'MailParticipant', id: string, displayName: string }
            | { __typename: 'MessengerProfile', id: string, displayName: string }
            | { __typename: 'Visitor', id: string, displayName: string }
          , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, attachments: Array<{ id: string, filename: string, contentType: string }> } | null } }
    | { __typename: 'InboxCountersChanged', cursor: string, inbox: { unread: number, open: number, attention: boolean } }
    | { __typename: 'ResyncRequired', cursor: string, reason: ResyncReason }
    | { __typename: 'SavedResponsesChanged', cursor: string }
    | { __typename: 'StreamReady', cursor: string, replaying: boolean }
    | { __typename: 'VisitorPresenceChanged', cursor: string, visitor: { id: string, presence: { state: PresenceState, since: string }, currentPage: { url: string, title: string | null } | null } }
   };

export type ConversationChangedSubscriptionVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type ConversationChangedSubscription = { conversationChanged:
    | { __typename: 'AgentActivityChanged', cursor: string, agentActivity: Array<{ writing: boolean, since: string, agent: { id: string, displayName: string } }> }
    | { __typename: 'ConversationUpserted', cursor: string, conversation: { id: string, version: number, status: ConversationStatus, unread: boolean, waitingForReply: boolean, title: string, subject: string | null, channels: Array<ChannelKind>, lastChannel: ChannelKind, lastActivityAt: string, createdAt: string, assignee: { id: string, displayName: string } | null, read: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, completed: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, contact: { id: string } | null, visitor: { id: string, presence: { state: PresenceState, since: string }, currentPage: { url: string, title: string | null } | null } | null, messengerProfile: { id: string, displayName: string, avatarUrl: string | null } | null, lastMessage: { id: string, direction: MessageDirection, channel: ChannelKind, text: string, createdAt: string, author:
            | { __typename: 'Agent', id: string, displayName: string }
            | { __typename: 'ChatbotAutomation', id: string, botName: string }
            | { __typename: 'Contact', id: string, displayName: string }
            | { __typename: 'MailParticipant', id: string, displayName: string }
            | { __typename: 'MessengerProfile', id: string, displayName: string }
            | { __typename: 'Visitor', id: string, displayName: string }
          , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, attachments: Array<{ id: string, filename: string, contentType: string }> } | null } }
    | { __typename: 'MessageChanged', cursor: string, message: { __typename: 'Message', id: string, clientMessageId: string | null, channel: ChannelKind, direction: MessageDirection, text: string, createdAt: string, author:
          | { __typename: 'Agent', id: string, displayName: string }
          | { __typename: 'ChatbotAutomation', id: string, botName: string }
          | { __typename: 'Contact', id: string, displayName: string }
          | { __typename: 'MailParticipant', id: string, displayName: string }
          | { __typename: 'MessengerProfile', id: string, displayName: string }
          | { __typename: 'Visitor', id: string, displayName: string }
        , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, email: { subject: string, hasHtml: boolean, hasQuotedText: boolean, source: EmailSource, automatic: boolean, authentication: SenderAuthentication, incomplete: boolean, stranger: boolean, forwardComment: string | null, answersTo: string | null, originalUrl: string | null, from: { name: string | null, address: string }, to: Array<{ name: string | null, address: string }>, cc: Array<{ name: string | null, address: string }>, forwardedBy: { name: string | null, address: string } | null, relatedConversation: { id: string, title: string } | null } | null, messenger: { reaction: string | null, edited: boolean, unsent: boolean, external: boolean, unsupported: boolean, media: MessengerMedia } | null, form: { answers: Array<{ key: string, label: string, value: string }> } | null, attachments: Array<{ id: string, filename: string, contentType: string, byteSize: number, downloadUrl: string, thumbnailUrl: string | null, inline: boolean }> } }
    | { __typename: 'ResyncRequired', cursor: string, reason: ResyncReason }
    | { __typename: 'StreamReady', cursor: string, replaying: boolean }
    | { __typename: 'TimelineItemAdded', cursor: string, edge: { node:
          | { __typename: 'ConversationActivity', id: string, kind: ConversationActivityKind, stamp: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null }, assignee: { id: string, displayName: string } | null }
          | { __typename: 'Message', id: string, clientMessageId: string | null, channel: ChannelKind, direction: MessageDirection, text: string, createdAt: string, author:
              | { __typename: 'Agent', id: string, displayName: string }
              | { __typename: 'ChatbotAutomation', id: string, botName: string }
              | { __typename: 'Contact', id: string, displayName: string }
              | { __typename: 'MailParticipant', id: string, displayName: string }
              | { __typename: 'MessengerProfile', id: string, displayName: string }
              | { __typename: 'Visitor', id: string, displayName: string }
            , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, email: { subject: string, hasHtml: boolean, hasQuotedText: boolean, source: EmailSource, automatic: boolean, authentication: SenderAuthentication, incomplete: boolean, stranger: boolean, forwardComment: string | null, answersTo: string | null, originalUrl: string | null, from: { name: string | null, address: string }, to: Array<{ name: string | null, address: string }>, cc: Array<{ name: string | null, address: string }>, forwardedBy: { name: string | null, address: string } | null, relatedConversation: { id: string, title: string } | null } | null, messenger: { reaction: string | null, edited: boolean, unsent: boolean, external: boolean, unsupported: boolean, media: MessengerMedia } | null, form: { answers: Array<{ key: string, label: string, value: string }> } | null, attachments: Array<{ id: string, filename: string, contentType: string, byteSize: number, downloadUrl: string, thumbnailUrl: string | null, inline: boolean }> }
         } }
    | { __typename: 'VisitorPresenceChanged', cursor: string, visitor: { id: string, presence: { state: PresenceState, since: string }, currentPage: { url: string, title: string | null } | null } }
   };

export type ThreadPageQueryVariables = Exact<{
  id: string;
}>;


export type ThreadPageQuery = { conversation: { id: string, version: number, status: ConversationStatus, unread: boolean, waitingForReply: boolean, title: string, subject: string | null, channels: Array<ChannelKind>, lastChannel: ChannelKind, lastActivityAt: string, createdAt: string, agentActivity: Array<{ writing: boolean, since: string, agent: { id: string, displayName: string } }>, timeline: { nodes: Array<
        | { __typename: 'ConversationActivity', id: string, kind: ConversationActivityKind, stamp: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null }, assignee: { id: string, displayName: string } | null }
        | { __typename: 'Message', id: string, clientMessageId: string | null, channel: ChannelKind, direction: MessageDirection, text: string, createdAt: string, author:
            | { __typename: 'Agent', id: string, displayName: string }
            | { __typename: 'ChatbotAutomation', id: string, botName: string }
            | { __typename: 'Contact', id: string, displayName: string }
            | { __typename: 'MailParticipant', id: string, displayName: string }
            | { __typename: 'MessengerProfile', id: string, displayName: string }
            | { __typename: 'Visitor', id: string, displayName: string }
          , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, email: { subject: string, hasHtml: boolean, hasQuotedText: boolean, source: EmailSource, automatic: boolean, authentication: SenderAuthentication, incomplete: boolean, stranger: boolean, forwardComment: string | null, answersTo: string | null, originalUrl: string | null, from: { name: string | null, address: string }, to: Array<{ name: string | null, address: string }>, cc: Array<{ name: string | null, address: string }>, forwardedBy: { name: string | null, address: string } | null, relatedConversation: { id: string, title: string } | null } | null, messenger: { reaction: string | null, edited: boolean, unsent: boolean, external: boolean, unsupported: boolean, media: MessengerMedia } | null, form: { answers: Array<{ key: string, label: string, value: string }> } | null, attachments: Array<{ id: string, filename: string, contentType: string, byteSize: number, downloadUrl: string, thumbnailUrl: string | null, inline: boolean }> }
      >, pageInfo: { hasPreviousPage: boolean, startCursor: string | null } }, assignee: { id: string, displayName: string } | null, read: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, completed: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, contact: { id: string, displayName: string, email: string | null, avatarUrl: string | null, createdAt: string } | null, visitor: { id: string, displayName: string, locale: string | null, presence: { state: PresenceState, since: string }, currentPage: { url: string, title: string | null } | null } | null, messengerProfile: { id: string, displayName: string, avatarUrl: string | null } | null, lastMessage: { id: string, direction: MessageDirection, channel: ChannelKind, text: string, createdAt: string, author:
        | { __typename: 'Agent', id: string, displayName: string }
        | { __typename: 'ChatbotAutomation', id: string, botName: string }
        | { __typename: 'Contact', id: string, displayName: string }
        | { __typename: 'MailParticipant', id: string, displayName: string }
        | { __typename: 'MessengerProfile', id: string, displayName: string }
        | { __typename: 'Visitor', id: string, displayName: string }
      , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, attachments: Array<{ id: string, filename: string, contentType: string }> } | null, replyOptions: Array<{ channel: ChannelKind, available: boolean, default: boolean, recipient: string | null, disabledReason: ReplyDisabledReason | null, notice: ReplyNotice | null, windowClosesAt: string | null, includesTranscript: boolean, maxLength: number }> | null } | null };

export type OlderItemsQueryVariables = Exact<{
  id: string;
  before: string;
}>;


export type OlderItemsQuery = { conversation: { id: string, timeline: { nodes: Array<
        | { __typename: 'ConversationActivity', id: string, kind: ConversationActivityKind, stamp: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null }, assignee: { id: string, displayName: string } | null }
        | { __typename: 'Message', id: string, clientMessageId: string | null, channel: ChannelKind, direction: MessageDirection, text: string, createdAt: string, author:
            | { __typename: 'Agent', id: string, displayName: string }
            | { __typename: 'ChatbotAutomation', id: string, botName: string }
            | { __typename: 'Contact', id: string, displayName: string }
            | { __typename: 'MailParticipant', id: string, displayName: string }
            | { __typename: 'MessengerProfile', id: string, displayName: string }
            | { __typename: 'Visitor', id: string, displayName: string }
          , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, email: { subject: string, hasHtml: boolean, hasQuotedText: boolean, source: EmailSource, automatic: boolean, authentication: SenderAuthentication, incomplete: boolean, stranger: boolean, forwardComment: string | null, answersTo: string | null, originalUrl: string | null, from: { name: string | null, address: string }, to: Array<{ name: string | null, address: string }>, cc: Array<{ name: string | null, address: string }>, forwardedBy: { name: string | null, address: string } | null, relatedConversation: { id: string, title: string } | null } | null, messenger: { reaction: string | null, edited: boolean, unsent: boolean, external: boolean, unsupported: boolean, media: MessengerMedia } | null, form: { answers: Array<{ key: string, label: string, value: string }> } | null, attachments: Array<{ id: string, filename: string, contentType: string, byteSize: number, downloadUrl: string, thumbnailUrl: string | null, inline: boolean }> }
      >, pageInfo: { hasPreviousPage: boolean, startCursor: string | null } } } | null };

export type ThreadSurroundingsQueryVariables = Exact<{
  id: string;
}>;


export type ThreadSurroundingsQuery = { conversation: { id: string, version: number, status: ConversationStatus, unread: boolean, waitingForReply: boolean, title: string, subject: string | null, channels: Array<ChannelKind>, lastChannel: ChannelKind, lastActivityAt: string, createdAt: string, agentActivity: Array<{ writing: boolean, since: string, agent: { id: string, displayName: string } }>, assignee: { id: string, displayName: string } | null, read: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, completed: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, contact: { id: string, displayName: string, email: string | null, avatarUrl: string | null, createdAt: string } | null, visitor: { id: string, displayName: string, locale: string | null, presence: { state: PresenceState, since: string }, currentPage: { url: string, title: string | null } | null } | null, messengerProfile: { id: string, displayName: string, avatarUrl: string | null } | null, lastMessage: { id: string, direction: MessageDirection, channel: ChannelKind, text: string, createdAt: string, author:
        | { __typename: 'Agent', id: string, displayName: string }
        | { __typename: 'ChatbotAutomation', id: string, botName: string }
        | { __typename: 'Contact', id: string, displayName: string }
        | { __typename: 'MailParticipant', id: string, displayName: string }
        | { __typename: 'MessengerProfile', id: string, displayName: string }
        | { __typename: 'Visitor', id: string, displayName: string }
      , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, attachments: Array<{ id: string, filename: string, contentType: string }> } | null, replyOptions: Array<{ channel: ChannelKind, available: boolean, default: boolean, recipient: string | null, disabledReason: ReplyDisabledReason | null, notice: ReplyNotice | null, windowClosesAt: string | null, includesTranscript: boolean, maxLength: number }> | null } | null };

export type RowsQueryVariables = Exact<{
  ids: Array<string> | string;
}>;


export type RowsQuery = { nodes: Array<
    | { __typename: 'Agent' }
    | { __typename: 'AgentInvitation' }
    | { __typename: 'Attachment' }
    | { __typename: 'Channel' }
    | { __typename: 'ChatbotAutomation' }
    | { __typename: 'Contact' }
    | { __typename: 'Conversation', id: string, version: number, status: ConversationStatus, unread: boolean, waitingForReply: boolean, title: string, subject: string | null, channels: Array<ChannelKind>, lastChannel: ChannelKind, lastActivityAt: string, createdAt: string, assignee: { id: string, displayName: string } | null, read: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, completed: { at: string, by: { id: string, displayName: string } | null, byAutomation: { id: string } | null } | null, contact: { id: string } | null, visitor: { id: string, presence: { state: PresenceState, since: string }, currentPage: { url: string, title: string | null } | null } | null, messengerProfile: { id: string, displayName: string, avatarUrl: string | null } | null, lastMessage: { id: string, direction: MessageDirection, channel: ChannelKind, text: string, createdAt: string, author:
          | { __typename: 'Agent', id: string, displayName: string }
          | { __typename: 'ChatbotAutomation', id: string, botName: string }
          | { __typename: 'Contact', id: string, displayName: string }
          | { __typename: 'MailParticipant', id: string, displayName: string }
          | { __typename: 'MessengerProfile', id: string, displayName: string }
          | { __typename: 'Visitor', id: string, displayName: string }
        , delivery: { state: DeliveryState, at: string, failureCode: string | null, detail: string | null, retryable: boolean } | null, attachments: Array<{ id: string, filename: string, contentType: string }> } | null }
    | { __typename: 'ConversationActivity' }
    | { __typename: 'Message' }
    | { __typename: 'MessengerProfile' }
    | { __typename: 'SavedResponse' }
    | { __typename: 'SavedResponseCategory' }
    | { __typename: 'Visitor' }
   | null> };

export type QuotedTextQueryVariables = Exact<{
  id: string;
}>;


export type QuotedTextQuery = { node:
    | { __typename: 'Agent' }
    | { __typename: 'AgentInvitation' }
    | { __typename: 'Attachment' }
    | { __typename: 'Channel' }
    | { __typename: 'ChatbotAutomation' }
    | { __typename: 'Contact' }
    | { __typename: 'Conversation' }
    | { __typename: 'ConversationActivity' }
    | { __typename: 'Message', id: string, email: { quotedText: string | null } | null }
    | { __typename: 'MessengerProfile' }
    | { __typename: 'SavedResponse' }
    | { __typename: 'SavedResponseCategory' }
    | { __typename: 'Visitor' }
   | null };

export type ContactHistoryQueryVariables = Exact<{
  contactId: string;
}>;


export type ContactHistoryQuery = { contact: { id: string, conversations: { nodes: Array<{ id: string, createdAt: string, subject: string | null, title: string, status: ConversationStatus, lastMessage: { id: string, text: string } | null }> } } | null };

export type ReplyPreviewQueryVariables = Exact<{
  conversationId?: string | null | undefined;
  text: string;
}>;


export type ReplyPreviewQuery = { replyPreview: { text: string, draft: string, offered: Array<string>, tags: Array<{ written: string, start: number, value: string | null, problem: ReplyTagProblem | null, suggestion: string | null }> } | null };

export type SavedResponseRowFragment = { id: string, version: number, title: string, body: string, updatedAt: string, category: { id: string } | null, updatedBy: { id: string, displayName: string } | null };

export type SavedCategoryRowFragment = { id: string, version: number, name: string, position: number };

type SavedResponseRefusal_GenericUserError_Fragment = { __typename: 'GenericUserError', code: UserErrorCode, message: string, path: Array<string> | null };

type SavedResponseRefusal_IdempotencyConflictError_Fragment = { __typename: 'IdempotencyConflictError', code: UserErrorCode, message: string, path: Array<string> | null };

type SavedResponseRefusal_ReplyWindowClosedError_Fragment = { __typename: 'ReplyWindowClosedError', code: UserErrorCode, message: string, path: Array<string> | null };

type SavedResponseRefusal_StaleVersionError_Fragment = { __typename: 'StaleVersionError', currentVersion: number, code: UserErrorCode, message: string, path: Array<string> | null, current:
    | { __typename: 'Agent' }
    | { __typename: 'AgentInvitation' }
    | { __typename: 'Attachment' }
    | { __typename: 'Channel' }
    | { __typename: 'ChatbotAutomation' }
    | { __typename: 'Contact' }
    | { __typename: 'Conversation' }
    | { __typename: 'ConversationActivity' }
    | { __typename: 'Message' }
    | { __typename: 'MessengerProfile' }
    | { __typename: 'SavedResponse', id: string, version: number, title: string, body: string, updatedAt: string, category: { id: string } | null, updatedBy: { id: string, displayName: string } | null }
    | { __typename: 'SavedResponseCategory', id: string, version: number, name: string, position: number }
    | { __typename: 'Visitor' }
   | null };

type SavedResponseRefusal_UnresolvedTagsError_Fragment = { __typename: 'UnresolvedTagsError', code: UserErrorCode, message: string, path: Array<string> | null };

export type SavedResponseRefusalFragment =
  | SavedResponseRefusal_GenericUserError_Fragment
  | SavedResponseRefusal_IdempotencyConflictError_Fragment
  | SavedResponseRefusal_ReplyWindowClosedError_Fragment
  | SavedResponseRefusal_StaleVersionError_Fragment
  | SavedResponseRefusal_UnresolvedTagsError_Fragment
;

export type SavedResponseCategoriesQueryVariables = Exact<{ [key: string]: never; }>;


export type SavedResponseCategoriesQuery = { savedResponseCategories: Array<{ id: string, version: number, name: string, position: number }> | null };

export type SavedResponsesPageQueryVariables = Exact<{
  search?: string | null | undefined;
  categoryId?: string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type SavedResponsesPageQuery = { savedResponses: { nodes: Array<{ id: string, version: number, title: string, body: string, updatedAt: string, category: { id: string } | null, updatedBy: { id: string, displayName: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type CreateSavedResponseMutationVariables = Exact<{
  input: CreateSavedResponseInput;
}>;


export type CreateSavedResponseMutation = { createSavedResponse: { savedResponse: { id: string, version: number, title: string, body: string, updatedAt: string, category: { id: string } | null, updatedBy: { id: string, displayName: string } | null } | null, errors: Array<
      | { __typename: 'GenericUserError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'IdempotencyConflictError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'ReplyWindowClosedError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'StaleVersionError', currentVersion: number, code: UserErrorCode, message: string, path: Array<string> | null, current:
          | { __typename: 'Agent' }
          | { __typename: 'AgentInvitation' }
          | { __typename: 'Attachment' }
          | { __typename: 'Channel' }
          | { __typename: 'ChatbotAutomation' }
          | { __typename: 'Contact' }
          | { __typename: 'Conversation' }
          | { __typename: 'ConversationActivity' }
          | { __typename: 'Message' }
          | { __typename: 'MessengerProfile' }
          | { __typename: 'SavedResponse', id: string, version: number, title: string, body: string, updatedAt: string, category: { id: string } | null, updatedBy: { id: string, displayName: string } | null }
          | { __typename: 'SavedResponseCategory', id: string, version: number, name: string, position: number }
          | { __typename: 'Visitor' }
         | null }
      | { __typename: 'UnresolvedTagsError', code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type UpdateSavedResponseMutationVariables = Exact<{
  input: UpdateSavedResponseInput;
}>;


export type UpdateSavedResponseMutation = { updateSavedResponse: { savedResponse: { id: string, version: number, title: string, body: string, updatedAt: string, category: { id: string } | null, updatedBy: { id: string, displayName: string } | null } | null, errors: Array<
      | { __typename: 'GenericUserError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'IdempotencyConflictError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'ReplyWindowClosedError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'StaleVersionError', currentVersion: number, code: UserErrorCode, message: string, path: Array<string> | null, current:
          | { __typename: 'Agent' }
          | { __typename: 'AgentInvitation' }
          | { __typename: 'Attachment' }
          | { __typename: 'Channel' }
          | { __typename: 'ChatbotAutomation' }
          | { __typename: 'Contact' }
          | { __typename: 'Conversation' }
          | { __typename: 'ConversationActivity' }
          | { __typename: 'Message' }
          | { __typename: 'MessengerProfile' }
          | { __typename: 'SavedResponse', id: string, version: number, title: string, body: string, updatedAt: string, category: { id: string } | null, updatedBy: { id: string, displayName: string } | null }
          | { __typename: 'SavedResponseCategory', id: string, version: number, name: string, position: number }
          | { __typename: 'Visitor' }
         | null }
      | { __typename: 'UnresolvedTagsError', code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type DeleteSavedResponseMutationVariables = Exact<{
  input: DeleteInput;
}>;


export type DeleteSavedResponseMutation = { deleteSavedResponse: { deletedId: string | null, errors: Array<
      | { __typename: 'GenericUserError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'IdempotencyConflictError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'ReplyWindowClosedError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'StaleVersionError', currentVersion: number, code: UserErrorCode, message: string, path: Array<string> | null, current:
          | { __typename: 'Agent' }
          | { __typename: 'AgentInvitation' }
          | { __typename: 'Attachment' }
          | { __typename: 'Channel' }
          | { __typename: 'ChatbotAutomation' }
          | { __typename: 'Contact' }
          | { __typename: 'Conversation' }
          | { __typename: 'ConversationActivity' }
          | { __typename: 'Message' }
          | { __typename: 'MessengerProfile' }
          | { __typename: 'SavedResponse', id: string, version: number, title: string, body: string, updatedAt: string, category: { id: string } | null, updatedBy: { id: string, displayName: string } | null }
          | { __typename: 'SavedResponseCategory', id: string, version: number, name: string, position: number }
          | { __typename: 'Visitor' }
         | null }
      | { __typename: 'UnresolvedTagsError', code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type CreateSavedResponseCategoryMutationVariables = Exact<{
  input: CreateSavedResponseCategoryInput;
}>;


export type CreateSavedResponseCategoryMutation = { createSavedResponseCategory: { category: { id: string, version: number, name: string, position: number } | null, errors: Array<
      | { __typename: 'GenericUserError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'IdempotencyConflictError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'ReplyWindowClosedError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'StaleVersionError', currentVersion: number, code: UserErrorCode, message: string, path: Array<string> | null, current:
          | { __typename: 'Agent' }
          | { __typename: 'AgentInvitation' }
          | { __typename: 'Attachment' }
          | { __typename: 'Channel' }
          | { __typename: 'ChatbotAutomation' }
          | { __typename: 'Contact' }
          | { __typename: 'Conversation' }
          | { __typename: 'ConversationActivity' }
          | { __typename: 'Message' }
          | { __typename: 'MessengerProfile' }
          | { __typename: 'SavedResponse', id: string, version: number, title: string, body: string, updatedAt: string, category: { id: string } | null, updatedBy: { id: string, displayName: string } | null }
          | { __typename: 'SavedResponseCategory', id: string, version: number, name: string, position: number }
          | { __typename: 'Visitor' }
         | null }
      | { __typename: 'UnresolvedTagsError', code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type UpdateSavedResponseCategoryMutationVariables = Exact<{
  input: UpdateSavedResponseCategoryInput;
}>;


export type UpdateSavedResponseCategoryMutation = { updateSavedResponseCategory: { category: { id: string, version: number, name: string, position: number } | null, errors: Array<
      | { __typename: 'GenericUserError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'IdempotencyConflictError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'ReplyWindowClosedError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'StaleVersionError', currentVersion: number, code: UserErrorCode, message: string, path: Array<string> | null, current:
          | { __typename: 'Agent' }
          | { __typename: 'AgentInvitation' }
          | { __typename: 'Attachment' }
          | { __typename: 'Channel' }
          | { __typename: 'ChatbotAutomation' }
          | { __typename: 'Contact' }
          | { __typename: 'Conversation' }
          | { __typename: 'ConversationActivity' }
          | { __typename: 'Message' }
          | { __typename: 'MessengerProfile' }
          | { __typename: 'SavedResponse', id: string, version: number, title: string, body: string, updatedAt: string, category: { id: string } | null, updatedBy: { id: string, displayName: string } | null }
          | { __typename: 'SavedResponseCategory', id: string, version: number, name: string, position: number }
          | { __typename: 'Visitor' }
         | null }
      | { __typename: 'UnresolvedTagsError', code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type DeleteSavedResponseCategoryMutationVariables = Exact<{
  input: DeleteSavedResponseCategoryInput;
}>;


export type DeleteSavedResponseCategoryMutation = { deleteSavedResponseCategory: { deletedId: string | null, errors: Array<
      | { __typename: 'GenericUserError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'IdempotencyConflictError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'ReplyWindowClosedError', code: UserErrorCode, message: string, path: Array<string> | null }
      | { __typename: 'StaleVersionError', currentVersion: number, code: UserErrorCode, message: string, path: Array<string> | null, current:
          | { __typename: 'Agent' }
          | { __typename: 'AgentInvitation' }
          | { __typename: 'Attachment' }
          | { __typename: 'Channel' }
          | { __typename: 'ChatbotAutomation' }
          | { __typename: 'Contact' }
          | { __typename: 'Conversation' }
          | { __typename: 'ConversationActivity' }
          | { __typename: 'Message' }
          | { __typename: 'MessengerProfile' }
          | { __typename: 'SavedResponse', id: string, version: number, title: string, body: string, updatedAt: string, category: { id: string } | null, updatedBy: { id: string, displayName: string } | null }
          | { __typename: 'SavedResponseCategory', id: string, version: number, name: string, position: number }
          | { __typename: 'Visitor' }
         | null }
      | { __typename: 'UnresolvedTagsError', code: UserErrorCode, message: string, path: Array<string> | null }
    > } };

export type AccountFieldsFragment = { id: string, displayName: string, email: string, role: AgentRole, active: boolean };

type AccountRefusal_GenericUserError_Fragment = { code: UserErrorCode, message: string };

type AccountRefusal_IdempotencyConflictError_Fragment = { code: UserErrorCode, message: string };

type AccountRefusal_ReplyWindowClosedError_Fragment = { code: UserErrorCode, message: string };

type AccountRefusal_StaleVersionError_Fragment = { code: UserErrorCode, message: string };

type AccountRefusal_UnresolvedTagsError_Fragment = { code: UserErrorCode, message: string };

export type AccountRefusalFragment =
  | AccountRefusal_GenericUserError_Fragment
  | AccountRefusal_IdempotencyConflictError_Fragment
  | AccountRefusal_ReplyWindowClosedError_Fragment
  | AccountRefusal_StaleVersionError_Fragment
  | AccountRefusal_UnresolvedTagsError_Fragment
;

export type AccountsQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountsQuery = { agents: Array<{ id: string, displayName: string, email: string, role: AgentRole, active: boolean }> | null };

export type InvitationsQueryVariables = Exact<{ [key: string]: never; }>;


export type InvitationsQuery = { agentInvitations: Array<{ id: string, email: string, role: AgentRole, createdAt: string, expiresAt: string, invitedBy: { id: string, displayName: string } | null }> | null };

export type InviteAgentMutationVariables = Exact<{
  input: InviteAgentInput;
}>;


export type InviteAgentMutation = { inviteAgent: { link: string | null, errors: Array<
      | { code: UserErrorCode, message: string }
      | { code: UserErrorCode, message: string }
      | { code: UserErrorCode, message: string }
      | { code: UserErrorCode, message: string }
      | { code: UserErrorCode, message: string }
    > } };

export type RevokeInvitationMutationVariables = Exact<{
  input: RevokeAgentInvitationInput;
}>;


export type RevokeInvitationMutation = { revokeAgentInvitation: { deletedId: string | null, errors: Array<
      | { code: UserErrorCode, message: string }
      | { code: UserErrorCode, message: string }
      | { code: UserErrorCode, message: string }
      | { code: UserErrorCode, message: string }
      | { code: UserErrorCode, message: string }
    > } };

export type ChangeAccountMutationVariables = Exact<{
  input: UpdateAgentInput;
}>;


export type ChangeAccountMutation = { updateAgent: { agent: { id: string, displayName: string, email: string, role: AgentRole, active: boolean } | null, errors: Array<
      | { code: UserErrorCode, message: string }
      | { code: UserErrorCode, message: string }
      | { code: UserErrorCode, message: string }
      | { code: UserErrorCode, message: string }
      | { code: UserErrorCode, message: string }
    > } };

export type ChangeProfileMutationVariables = Exact<{
  input: UpdateProfileInput;
}>;


export type ChangeProfileMutation = { updateProfile: { agent: { id: string, displayName: string, email: string, role: AgentRole, active: boolean } | null, errors: Array<
      | { code: UserErrorCode, message: string }
      | { code: UserErrorCode, message: string }
      | { code: UserErrorCode, message: string }
      | { code: UserErrorCode, message: string }
      | { code: UserErrorCode, message: string }
    > } };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { changePassword: { errors: Array<
      | { code: UserErrorCode, message: string }
      | { code: UserErrorCode, message: string }
      | { code: UserErrorCode, message: string }
      | { code: UserErrorCode, message: string }
      | { code: UserErrorCode, message: string }
    > } };

export type InstallationChannelsQueryVariables = Exact<{ [key: string]: never; }>;


export type InstallationChannelsQuery = { channels: Array<{ id: string, kind: ChannelKind, name: string, address: string | null, health: ChannelHealth, detail: string | null, lastInboundAt: string | null, webhookUrl: string | null, verifyToken: string | null }> | null };

export type FirstConversationsQueryVariables = Exact<{ [key: string]: never; }>;


export type FirstConversationsQuery = { any: { nodes: Array<{ id: string }> }, byChat: { nodes: Array<{ id: string }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const FlowStepFragmentDoc = new TypedDocumentString(`
    fragment FlowStep on ChatbotStep {
  __typename
  id
  ... on MessageStep {
    text
  }
  ... on FormStep {
    prompt
    submitLabel
    fields {
      key
      label
      required
    }
  }
  ... on WaitStep {
    seconds
  }
  ... on HandoffStep {
    note: text
  }
}
    `, {"fragmentName":"FlowStep"}) as unknown as TypedDocumentString<FlowStepFragment, unknown>;
export const InnermostStepFragmentDoc = new TypedDocumentString(`
    fragment InnermostStep on ChatbotStep {
  ...FlowStep
  ... on AvailabilityStep {
    open {
      ...FlowStep
    }
    closed {
      ...FlowStep
    }
  }
}
    fragment FlowStep on ChatbotStep {
  __typename
  id
  ... on MessageStep {
    text
  }
  ... on FormStep {
    prompt
    submitLabel
    fields {
      key
      label
      required
    }
  }
  ... on WaitStep {
    seconds
  }
  ... on HandoffStep {
    note: text
  }
}`, {"fragmentName":"InnermostStep"}) as unknown as TypedDocumentString<InnermostStepFragment, unknown>;
export const InnerStepFragmentDoc = new TypedDocumentString(`
    fragment InnerStep on ChatbotStep {
  ...FlowStep
  ... on AvailabilityStep {
    open {
      ...InnermostStep
    }
    closed {
      ...InnermostStep
    }
  }
}
    fragment FlowStep on ChatbotStep {
  __typename
  id
  ... on MessageStep {
    text
  }
  ... on FormStep {
    prompt
    submitLabel
    fields {
      key
      label
      required
    }
  }
  ... on WaitStep {
    seconds
  }
  ... on HandoffStep {
    note: text
  }
}
fragment InnermostStep on ChatbotStep {
  ...FlowStep
  ... on AvailabilityStep {
    open {
      ...FlowStep
    }
    closed {
      ...FlowStep
    }
  }
}`, {"fragmentName":"InnerStep"}) as unknown as TypedDocumentString<InnerStepFragment, unknown>;
export const PublishedFlowFragmentDoc = new TypedDocumentString(`
    fragment PublishedFlow on ChatbotAutomation {
  id
  version
  enabled
  botName
  publishedAt
  publishedBy {
    id
    displayName
  }
  trigger {
    kind
    urlContains
  }
  openingHours {
    timeZone
    weekly {
      day
      opensAt
      closesAt
    }
    holidays
  }
  steps {
    ...FlowStep
    ... on AvailabilityStep {
      open {
        ...InnerStep
      }
      closed {
        ...InnerStep
      }
    }
  }
}
    fragment FlowStep on ChatbotStep {
  __typename
  id
  ... on MessageStep {
    text
  }
  ... on FormStep {
    prompt
    submitLabel
    fields {
      key
      label
      required
    }
  }
  ... on WaitStep {
    seconds
  }
  ... on HandoffStep {
    note: text
  }
}
fragment InnermostStep on ChatbotStep {
  ...FlowStep
  ... on AvailabilityStep {
    open {
      ...FlowStep
    }
    closed {
      ...FlowStep
    }
  }
}
fragment InnerStep on ChatbotStep {
  ...FlowStep
  ... on AvailabilityStep {
    open {
      ...InnermostStep
    }
    closed {
      ...InnermostStep
    }
  }
}`, {"fragmentName":"PublishedFlow"}) as unknown as TypedDocumentString<PublishedFlowFragment, unknown>;
export const FlowRefusalFragmentDoc = new TypedDocumentString(`
    fragment FlowRefusal on UserError {
  __typename
  code
  message
  path
}
    `, {"fragmentName":"FlowRefusal"}) as unknown as TypedDocumentString<FlowRefusalFragment, unknown>;
export const RefusalFragmentDoc = new TypedDocumentString(`
    fragment Refusal on UserError {
  code
  message
  path
}
    `, {"fragmentName":"Refusal"}) as unknown as TypedDocumentString<RefusalFragment, unknown>;
export const AgentNameFragmentDoc = new TypedDocumentString(`
    fragment AgentName on Agent {
  id
  displayName
}
    `, {"fragmentName":"AgentName"}) as unknown as TypedDocumentString<AgentNameFragment, unknown>;
export const StampFragmentDoc = new TypedDocumentString(`
    fragment Stamp on ActorStamp {
  by {
    ...AgentName
  }
  byAutomation {
    id
  }
  at
}
    fragment AgentName on Agent {
  id
  displayName
}`, {"fragmentName":"Stamp"}) as unknown as TypedDocumentString<StampFragment, unknown>;
export const PresenceStateFragmentDoc = new TypedDocumentString(`
    fragment PresenceState on Visitor {
  id
  presence {
    state
    since
  }
  currentPage {
    url
    title
  }
}
    `, {"fragmentName":"PresenceState"}) as unknown as TypedDocumentString<PresenceStateFragment, unknown>;
export const AuthorFragmentDoc = new TypedDocumentString(`
    fragment Author on MessageAuthor {
  __typename
  ... on Agent {
    ...AgentName
  }
  ... on Visitor {
    id
    displayName
  }
  ... on Contact {
    id
    displayName
  }
  ... on MessengerProfile {
    id
    displayName
  }
  ... on MailParticipant {
    id
    displayName
  }
  ... on ChatbotAutomation {
    id
    botName
  }
}
    fragment AgentName on Agent {
  id
  displayName
}`, {"fragmentName":"Author"}) as unknown as TypedDocumentString<AuthorFragment, unknown>;
export const ShownDeliveryFragmentDoc = new TypedDocumentString(`
    fragment ShownDelivery on Delivery {
  state
  at
  failureCode
  detail
  retryable
}
    `, {"fragmentName":"ShownDelivery"}) as unknown as TypedDocumentString<ShownDeliveryFragment, unknown>;
export const ConversationRowFragmentDoc = new TypedDocumentString(`
    fragment ConversationRow on Conversation {
  id
  version
  status
  unread
  waitingForReply
  title
  subject
  channels
  lastChannel
  lastActivityAt
  createdAt
  assignee {
    ...AgentName
  }
  read {
    ...Stamp
  }
  completed {
    ...Stamp
  }
  contact {
    id
  }
  visitor {
    ...PresenceState
  }
  messengerProfile {
    id
    displayName
    avatarUrl
  }
  lastMessage {
    id
    direction
    channel
    text
    createdAt
    author {
      ...Author
    }
    delivery {
      ...ShownDelivery
    }
    attachments {
      id
      filename
      contentType
    }
  }
}
    fragment AgentName on Agent {
  id
  displayName
}
fragment Stamp on ActorStamp {
  by {
    ...AgentName
  }
  byAutomation {
    id
  }
  at
}
fragment Author on MessageAuthor {
  __typename
  ... on Agent {
    ...AgentName
  }
  ... on Visitor {
    id
    displayName
  }
  ... on Contact {
    id
    displayName
  }
  ... on MessengerProfile {
    id
    displayName
  }
  ... on MailParticipant {
    id
    displayName
  }
  ... on ChatbotAutomation {
    id
    botName
  }
}
fragment ShownDelivery on Delivery {
  state
  at
  failureCode
  detail
  retryable
}
fragment PresenceState on Visitor {
  id
  presence {
    state
    since
  }
  currentPage {
    url
    title
  }
}`, {"fragmentName":"ConversationRow"}) as unknown as TypedDocumentString<ConversationRowFragment, unknown>;
export const ThreadMessageFragmentDoc = new TypedDocumentString(`
    fragment ThreadMessage on Message {
  __typename
  id
  clientMessageId
  channel
  direction
  text
  createdAt
  author {
    ...Author
  }
  delivery {
    ...ShownDelivery
  }
  email {
    subject
    from {
      name
      address
    }
    to {
      name
      address
    }
    cc {
      name
      address
    }
    hasHtml
    hasQuotedText
    source
    automatic
    authentication
    incomplete
    stranger
    forwardedBy {
      name
      address
    }
    forwardComment
    answersTo
    relatedConversation {
      id
      title
    }
    originalUrl
  }
  messenger {
    reaction
    edited
    unsent
    external
    unsupported
    media
  }
  form {
    answers {
      key
      label
      value
    }
  }
  attachments {
    id
    filename
    contentType
    byteSize
    downloadUrl
    thumbnailUrl
    inline
  }
}
    fragment AgentName on Agent {
  id
  displayName
}
fragment Author on MessageAuthor {
  __typename
  ... on Agent {
    ...AgentName
  }
  ... on Visitor {
    id
    displayName
  }
  ... on Contact {
    id
    displayName
  }
  ... on MessengerProfile {
    id
    displayName
  }
  ... on MailParticipant {
    id
    displayName
  }
  ... on ChatbotAutomation {
    id
    botName
  }
}
fragment ShownDelivery on Delivery {
  state
  at
  failureCode
  detail
  retryable
}`, {"fragmentName":"ThreadMessage"}) as unknown as TypedDocumentString<ThreadMessageFragment, unknown>;
export const ThreadActivityFragmentDoc = new TypedDocumentString(`
    fragment ThreadActivity on ConversationActivity {
  __typename
  id
  kind
  stamp {
    ...Stamp
  }
  assignee {
    ...AgentName
  }
}
    fragment AgentName on Agent {
  id
  displayName
}
fragment Stamp on ActorStamp {
  by {
    ...AgentName
  }
  byAutomation {
    id
  }
  at
}`, {"fragmentName":"ThreadActivity"}) as unknown as TypedDocumentString<ThreadActivityFragment, unknown>;
export const TimelinePageFragmentDoc = new TypedDocumentString(`
    fragment TimelinePage on TimelineConnection {
  nodes {
    __typename
    ...ThreadMessage
    ...ThreadActivity
  }
  pageInfo {
    hasPreviousPage
    startCursor
  }
}
    fragment AgentName on Agent {
  id
  displayName
}
fragment Stamp on ActorStamp {
  by {
    ...AgentName
  }
  byAutomation {
    id
  }
  at
}
fragment Author on MessageAuthor {
  __typename
  ... on Agent {
    ...AgentName
  }
  ... on Visitor {
    id
    displayName
  }
  ... on Contact {
    id
    displayName
  }
  ... on MessengerProfile {
    id
    displayName
  }
  ... on MailParticipant {
    id
    displayName
  }
  ... on ChatbotAutomation {
    id
    botName
  }
}
fragment ShownDelivery on Delivery {
  state
  at
  failureCode
  detail
  retryable
}
fragment ThreadMessage on Message {
  __typename
  id
  clientMessageId
  channel
  direction
  text
  createdAt
  author {
    ...Author
  }
  delivery {
    ...ShownDelivery
  }
  email {
    subject
    from {
      name
      address
    }
    to {
      name
      address
    }
    cc {
      name
      address
    }
    hasHtml
    hasQuotedText
    source
    automatic
    authentication
    incomplete
    stranger
    forwardedBy {
      name
      address
    }
    forwardComment
    answersTo
    relatedConversation {
      id
      title
    }
    originalUrl
  }
  messenger {
    reaction
    edited
    unsent
    external
    unsupported
    media
  }
  form {
    answers {
      key
      label
      value
    }
  }
  attachments {
    id
    filename
    contentType
    byteSize
    downloadUrl
    thumbnailUrl
    inline
  }
}
fragment ThreadActivity on ConversationActivity {
  __typename
  id
  kind
  stamp {
    ...Stamp
  }
  assignee {
    ...AgentName
  }
}`, {"fragmentName":"TimelinePage"}) as unknown as TypedDocumentString<TimelinePageFragment, unknown>;
export const ActiveAgentFragmentDoc = new TypedDocumentString(`
    fragment ActiveAgent on AgentActivity {
  agent {
    ...AgentName
  }
  writing
  since
}
    fragment AgentName on Agent {
  id
  displayName
}`, {"fragmentName":"ActiveAgent"}) as unknown as TypedDocumentString<ActiveAgentFragment, unknown>;
export const ReplyChoiceFragmentDoc = new TypedDocumentString(`
    fragment ReplyChoice on ReplyOption {
  channel
  available
  default
  recipient
  disabledReason
  notice
  windowClosesAt
  includesTranscript
  maxLength
}
    `, {"fragmentName":"ReplyChoice"}) as unknown as TypedDocumentString<ReplyChoiceFragment, unknown>;
export const ThreadSurroundingsFragmentDoc = new TypedDocumentString(`
    fragment ThreadSurroundings on Conversation {
  id
  replyOptions {
    ...ReplyChoice
  }
  contact {
    id
    displayName
    email
    avatarUrl
    createdAt
  }
  visitor {
    id
    displayName
    locale
  }
}
    fragment ReplyChoice on ReplyOption {
  channel
  available
  default
  recipient
  disabledReason
  notice
  windowClosesAt
  includesTranscript
  maxLength
}`, {"fragmentName":"ThreadSurroundings"}) as unknown as TypedDocumentString<ThreadSurroundingsFragment, unknown>;
export const CountersFragmentDoc = new TypedDocumentString(`
    fragment Counters on InboxCounters {
  unread
  open
  attention
}
    `, {"fragmentName":"Counters"}) as unknown as TypedDocumentString<CountersFragment, unknown>;
export const KnownAgentFragmentDoc = new TypedDocumentString(`
    fragment KnownAgent on Agent {
  ...AgentName
  email
  avatarUrl
  role
  active
}
    fragment AgentName on Agent {
  id
  displayName
}`, {"fragmentName":"KnownAgent"}) as unknown as TypedDocumentString<KnownAgentFragment, unknown>;
export const SavedResponseRowFragmentDoc = new TypedDocumentString(`
    fragment SavedResponseRow on SavedResponse {
  id
  version
  title
  body
  updatedAt
  category {
    id
  }
  updatedBy {
    id
    displayName
  }
}
    `, {"fragmentName":"SavedResponseRow"}) as unknown as TypedDocumentString<SavedResponseRowFragment, unknown>;
export const SavedCategoryRowFragmentDoc = new TypedDocumentString(`
    fragment SavedCategoryRow on SavedResponseCategory {
  id
  version
  name
  position
}
    `, {"fragmentName":"SavedCategoryRow"}) as unknown as TypedDocumentString<SavedCategoryRowFragment, unknown>;
export const SavedResponseRefusalFragmentDoc = new TypedDocumentString(`
    fragment SavedResponseRefusal on UserError {
  __typename
  code
  message
  path
  ... on StaleVersionError {
    currentVersion
    current {
      __typename
      ...SavedResponseRow
      ...SavedCategoryRow
    }
  }
}
    fragment SavedResponseRow on SavedResponse {
  id
  version
  title
  body
  updatedAt
  category {
    id
  }
  updatedBy {
    id
    displayName
  }
}
fragment SavedCategoryRow on SavedResponseCategory {
  id
  version
  name
  position
}`, {"fragmentName":"SavedResponseRefusal"}) as unknown as TypedDocumentString<SavedResponseRefusalFragment, unknown>;
export const AccountFieldsFragmentDoc = new TypedDocumentString(`
    fragment AccountFields on Agent {
  id
  displayName
  email
  role
  active
}
    `, {"fragmentName":"AccountFields"}) as unknown as TypedDocumentString<AccountFieldsFragment, unknown>;
export const AccountRefusalFragmentDoc = new TypedDocumentString(`
    fragment AccountRefusal on UserError {
  code
  message
}
    `, {"fragmentName":"AccountRefusal"}) as unknown as TypedDocumentString<AccountRefusalFragment, unknown>;
export const AutomationDocument = new TypedDocumentString(`
    query Automation($version: Int) {
  chatbotAutomation(version: $version) {
    ...PublishedFlow
  }
}
    fragment FlowStep on ChatbotStep {
  __typename
  id
  ... on MessageStep {
    text
  }
  ... on FormStep {
    prompt
    submitLabel
    fields {
      key
      label
      required
    }
  }
  ... on WaitStep {
    seconds
  }
  ... on HandoffStep {
    note: text
  }
}
fragment InnermostStep on ChatbotStep {
  ...FlowStep
  ... on AvailabilityStep {
    open {
      ...FlowStep
    }
    closed {
      ...FlowStep
    }
  }
}
fragment InnerStep on ChatbotStep {
  ...FlowStep
  ... on AvailabilityStep {
    open {
      ...InnermostStep
    }
    closed {
      ...InnermostStep
    }
  }
}
fragment PublishedFlow on ChatbotAutomation {
  id
  version
  enabled
  botName
  publishedAt
  publishedBy {
    id
    displayName
  }
  trigger {
    kind
    urlContains
  }
  openingHours {
    timeZone
    weekly {
      day
      opensAt
      closesAt
    }
    holidays
  }
  steps {
    ...FlowStep
    ... on AvailabilityStep {
      open {
        ...InnerStep
      }
      closed {
        ...InnerStep
      }
    }
  }
}`) as unknown as TypedDocumentString<AutomationQuery, AutomationQueryVariables>;
export const AutomationVersionsDocument = new TypedDocumentString(`
    query AutomationVersions($first: Int!, $before: Int) {
  chatbotAutomationVersions(first: $first, before: $before) {
    version
    enabled
    publishedAt
    publishedBy {
      id
      displayName
    }
  }
}
    `) as unknown as TypedDocumentString<AutomationVersionsQuery, AutomationVersionsQueryVariables>;
export const SaveAutomationDocument = new TypedDocumentString(`
    mutation SaveAutomation($input: SaveChatbotAutomationInput!) {
  saveChatbotAutomation(input: $input) {
    automation {
      ...PublishedFlow
    }
    errors {
      ...FlowRefusal
    }
  }
}
    fragment FlowStep on ChatbotStep {
  __typename
  id
  ... on MessageStep {
    text
  }
  ... on FormStep {
    prompt
    submitLabel
    fields {
      key
      label
      required
    }
  }
  ... on WaitStep {
    seconds
  }
  ... on HandoffStep {
    note: text
  }
}
fragment InnermostStep on ChatbotStep {
  ...FlowStep
  ... on AvailabilityStep {
    open {
      ...FlowStep
    }
    closed {
      ...FlowStep
    }
  }
}
fragment InnerStep on ChatbotStep {
  ...FlowStep
  ... on AvailabilityStep {
    open {
      ...InnermostStep
    }
    closed {
      ...InnermostStep
    }
  }
}
fragment PublishedFlow on ChatbotAutomation {
  id
  version
  enabled
  botName
  publishedAt
  publishedBy {
    id
    displayName
  }
  trigger {
    kind
    urlContains
  }
  openingHours {
    timeZone
    weekly {
      day
      opensAt
      closesAt
    }
    holidays
  }
  steps {
    ...FlowStep
    ... on AvailabilityStep {
      open {
        ...InnerStep
      }
      closed {
        ...InnerStep
      }
    }
  }
}
fragment FlowRefusal on UserError {
  __typename
  code
  message
  path
}`) as unknown as TypedDocumentString<SaveAutomationMutation, SaveAutomationMutationVariables>;
export const RestoreAutomationDocument = new TypedDocumentString(`
    mutation RestoreAutomation($input: RestoreChatbotAutomationInput!) {
  restoreChatbotAutomation(input: $input) {
    automation {
      ...PublishedFlow
    }
    errors {
      ...FlowRefusal
    }
  }
}
    fragment FlowStep on ChatbotStep {
  __typename
  id
  ... on MessageStep {
    text
  }
  ... on FormStep {
    prompt
    submitLabel
    fields {
      key
      label
      required
    }
  }
  ... on WaitStep {
    seconds
  }
  ... on HandoffStep {
    note: text
  }
}
fragment InnermostStep on ChatbotStep {
  ...FlowStep
  ... on AvailabilityStep {
    open {
      ...FlowStep
    }
    closed {
      ...FlowStep
    }
  }
}
fragment InnerStep on ChatbotStep {
  ...FlowStep
  ... on AvailabilityStep {
    open {
      ...InnermostStep
    }
    closed {
      ...InnermostStep
    }
  }
}
fragment PublishedFlow on ChatbotAutomation {
  id
  version
  enabled
  botName
  publishedAt
  publishedBy {
    id
    displayName
  }
  trigger {
    kind
    urlContains
  }
  openingHours {
    timeZone
    weekly {
      day
      opensAt
      closesAt
    }
    holidays
  }
  steps {
    ...FlowStep
    ... on AvailabilityStep {
      open {
        ...InnerStep
      }
      closed {
        ...InnerStep
      }
    }
  }
}
fragment FlowRefusal on UserError {
  __typename
  code
  message
  path
}`) as unknown as TypedDocumentString<RestoreAutomationMutation, RestoreAutomationMutationVariables>;
export const OpenConversationDocument = new TypedDocumentString(`
    mutation OpenConversation($input: OpenConversationInput!) {
  openConversation(input: $input) {
    conversation {
      ...ConversationRow
    }
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}
fragment AgentName on Agent {
  id
  displayName
}
fragment Stamp on ActorStamp {
  by {
    ...AgentName
  }
  byAutomation {
    id
  }
  at
}
fragment Author on MessageAuthor {
  __typename
  ... on Agent {
    ...AgentName
  }
  ... on Visitor {
    id
    displayName
  }
  ... on Contact {
    id
    displayName
  }
  ... on MessengerProfile {
    id
    displayName
  }
  ... on MailParticipant {
    id
    displayName
  }
  ... on ChatbotAutomation {
    id
    botName
  }
}
fragment ShownDelivery on Delivery {
  state
  at
  failureCode
  detail
  retryable
}
fragment PresenceState on Visitor {
  id
  presence {
    state
    since
  }
  currentPage {
    url
    title
  }
}
fragment ConversationRow on Conversation {
  id
  version
  status
  unread
  waitingForReply
  title
  subject
  channels
  lastChannel
  lastActivityAt
  createdAt
  assignee {
    ...AgentName
  }
  read {
    ...Stamp
  }
  completed {
    ...Stamp
  }
  contact {
    id
  }
  visitor {
    ...PresenceState
  }
  messengerProfile {
    id
    displayName
    avatarUrl
  }
  lastMessage {
    id
    direction
    channel
    text
    createdAt
    author {
      ...Author
    }
    delivery {
      ...ShownDelivery
    }
    attachments {
      id
      filename
      contentType
    }
  }
}`) as unknown as TypedDocumentString<OpenConversationMutation, OpenConversationMutationVariables>;
export const CompleteConversationDocument = new TypedDocumentString(`
    mutation CompleteConversation($input: ConversationStatusInput!) {
  completeConversation(input: $input) {
    conversation {
      ...ConversationRow
    }
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}
fragment AgentName on Agent {
  id
  displayName
}
fragment Stamp on ActorStamp {
  by {
    ...AgentName
  }
  byAutomation {
    id
  }
  at
}
fragment Author on MessageAuthor {
  __typename
  ... on Agent {
    ...AgentName
  }
  ... on Visitor {
    id
    displayName
  }
  ... on Contact {
    id
    displayName
  }
  ... on MessengerProfile {
    id
    displayName
  }
  ... on MailParticipant {
    id
    displayName
  }
  ... on ChatbotAutomation {
    id
    botName
  }
}
fragment ShownDelivery on Delivery {
  state
  at
  failureCode
  detail
  retryable
}
fragment PresenceState on Visitor {
  id
  presence {
    state
    since
  }
  currentPage {
    url
    title
  }
}
fragment ConversationRow on Conversation {
  id
  version
  status
  unread
  waitingForReply
  title
  subject
  channels
  lastChannel
  lastActivityAt
  createdAt
  assignee {
    ...AgentName
  }
  read {
    ...Stamp
  }
  completed {
    ...Stamp
  }
  contact {
    id
  }
  visitor {
    ...PresenceState
  }
  messengerProfile {
    id
    displayName
    avatarUrl
  }
  lastMessage {
    id
    direction
    channel
    text
    createdAt
    author {
      ...Author
    }
    delivery {
      ...ShownDelivery
    }
    attachments {
      id
      filename
      contentType
    }
  }
}`) as unknown as TypedDocumentString<CompleteConversationMutation, CompleteConversationMutationVariables>;
export const ReopenConversationDocument = new TypedDocumentString(`
    mutation ReopenConversation($input: ConversationStatusInput!) {
  reopenConversation(input: $input) {
    conversation {
      ...ConversationRow
    }
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}
fragment AgentName on Agent {
  id
  displayName
}
fragment Stamp on ActorStamp {
  by {
    ...AgentName
  }
  byAutomation {
    id
  }
  at
}
fragment Author on MessageAuthor {
  __typename
  ... on Agent {
    ...AgentName
  }
  ... on Visitor {
    id
    displayName
  }
  ... on Contact {
    id
    displayName
  }
  ... on MessengerProfile {
    id
    displayName
  }
  ... on MailParticipant {
    id
    displayName
  }
  ... on ChatbotAutomation {
    id
    botName
  }
}
fragment ShownDelivery on Delivery {
  state
  at
  failureCode
  detail
  retryable
}
fragment PresenceState on Visitor {
  id
  presence {
    state
    since
  }
  currentPage {
    url
    title
  }
}
fragment ConversationRow on Conversation {
  id
  version
  status
  unread
  waitingForReply
  title
  subject
  channels
  lastChannel
  lastActivityAt
  createdAt
  assignee {
    ...AgentName
  }
  read {
    ...Stamp
  }
  completed {
    ...Stamp
  }
  contact {
    id
  }
  visitor {
    ...PresenceState
  }
  messengerProfile {
    id
    displayName
    avatarUrl
  }
  lastMessage {
    id
    direction
    channel
    text
    createdAt
    author {
      ...Author
    }
    delivery {
      ...ShownDelivery
    }
    attachments {
      id
      filename
      contentType
    }
  }
}`) as unknown as TypedDocumentString<ReopenConversationMutation, ReopenConversationMutationVariables>;
export const MarkConversationUnreadDocument = new TypedDocumentString(`
    mutation MarkConversationUnread($input: ConversationStatusInput!) {
  markConversationUnread(input: $input) {
    conversation {
      ...ConversationRow
    }
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}
fragment AgentName on Agent {
  id
  displayName
}
fragment Stamp on ActorStamp {
  by {
    ...AgentName
  }
  byAutomation {
    id
  }
  at
}
fragment Author on MessageAuthor {
  __typename
  ... on Agent {
    ...AgentName
  }
  ... on Visitor {
    id
    displayName
  }
  ... on Contact {
    id
    displayName
  }
  ... on MessengerProfile {
    id
    displayName
  }
  ... on MailParticipant {
    id
    displayName
  }
  ... on ChatbotAutomation {
    id
    botName
  }
}
fragment ShownDelivery on Delivery {
  state
  at
  failureCode
  detail
  retryable
}
fragment PresenceState on Visitor {
  id
  presence {
    state
    since
  }
  currentPage {
    url
    title
  }
}
fragment ConversationRow on Conversation {
  id
  version
  status
  unread
  waitingForReply
  title
  subject
  channels
  lastChannel
  lastActivityAt
  createdAt
  assignee {
    ...AgentName
  }
  read {
    ...Stamp
  }
  completed {
    ...Stamp
  }
  contact {
    id
  }
  visitor {
    ...PresenceState
  }
  messengerProfile {
    id
    displayName
    avatarUrl
  }
  lastMessage {
    id
    direction
    channel
    text
    createdAt
    author {
      ...Author
    }
    delivery {
      ...ShownDelivery
    }
    attachments {
      id
      filename
      contentType
    }
  }
}`) as unknown as TypedDocumentString<MarkConversationUnreadMutation, MarkConversationUnreadMutationVariables>;
export const AssignConversationDocument = new TypedDocumentString(`
    mutation AssignConversation($input: AssignConversationInput!) {
  assignConversation(input: $input) {
    conversation {
      ...ConversationRow
    }
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}
fragment AgentName on Agent {
  id
  displayName
}
fragment Stamp on ActorStamp {
  by {
    ...AgentName
  }
  byAutomation {
    id
  }
  at
}
fragment Author on MessageAuthor {
  __typename
  ... on Agent {
    ...AgentName
  }
  ... on Visitor {
    id
    displayName
  }
  ... on Contact {
    id
    displayName
  }
  ... on MessengerProfile {
    id
    displayName
  }
  ... on MailParticipant {
    id
    displayName
  }
  ... on ChatbotAutomation {
    id
    botName
  }
}
fragment ShownDelivery on Delivery {
  state
  at
  failureCode
  detail
  retryable
}
fragment PresenceState on Visitor {
  id
  presence {
    state
    since
  }
  currentPage {
    url
    title
  }
}
fragment ConversationRow on Conversation {
  id
  version
  status
  unread
  waitingForReply
  title
  subject
  channels
  lastChannel
  lastActivityAt
  createdAt
  assignee {
    ...AgentName
  }
  read {
    ...Stamp
  }
  completed {
    ...Stamp
  }
  contact {
    id
  }
  visitor {
    ...PresenceState
  }
  messengerProfile {
    id
    displayName
    avatarUrl
  }
  lastMessage {
    id
    direction
    channel
    text
    createdAt
    author {
      ...Author
    }
    delivery {
      ...ShownDelivery
    }
    attachments {
      id
      filename
      contentType
    }
  }
}`) as unknown as TypedDocumentString<AssignConversationMutation, AssignConversationMutationVariables>;
export const SendMessageDocument = new TypedDocumentString(`
    mutation SendMessage($input: SendMessageInput!) {
  sendMessage(input: $input) {
    message {
      ...ThreadMessage
    }
    conversation {
      ...ConversationRow
    }
    errors {
      ...Refusal
      ... on ReplyWindowClosedError {
        closedAt
      }
      ... on IdempotencyConflictError {
        existingMessage {
          ...ThreadMessage
        }
      }
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}
fragment AgentName on Agent {
  id
  displayName
}
fragment Stamp on ActorStamp {
  by {
    ...AgentName
  }
  byAutomation {
    id
  }
  at
}
fragment Author on MessageAuthor {
  __typename
  ... on Agent {
    ...AgentName
  }
  ... on Visitor {
    id
    displayName
  }
  ... on Contact {
    id
    displayName
  }
  ... on MessengerProfile {
    id
    displayName
  }
  ... on MailParticipant {
    id
    displayName
  }
  ... on ChatbotAutomation {
    id
    botName
  }
}
fragment ShownDelivery on Delivery {
  state
  at
  failureCode
  detail
  retryable
}
fragment PresenceState on Visitor {
  id
  presence {
    state
    since
  }
  currentPage {
    url
    title
  }
}
fragment ConversationRow on Conversation {
  id
  version
  status
  unread
  waitingForReply
  title
  subject
  channels
  lastChannel
  lastActivityAt
  createdAt
  assignee {
    ...AgentName
  }
  read {
    ...Stamp
  }
  completed {
    ...Stamp
  }
  contact {
    id
  }
  visitor {
    ...PresenceState
  }
  messengerProfile {
    id
    displayName
    avatarUrl
  }
  lastMessage {
    id
    direction
    channel
    text
    createdAt
    author {
      ...Author
    }
    delivery {
      ...ShownDelivery
    }
    attachments {
      id
      filename
      contentType
    }
  }
}
fragment ThreadMessage on Message {
  __typename
  id
  clientMessageId
  channel
  direction
  text
  createdAt
  author {
    ...Author
  }
  delivery {
    ...ShownDelivery
  }
  email {
    subject
    from {
      name
      address
    }
    to {
      name
      address
    }
    cc {
      name
      address
    }
    hasHtml
    hasQuotedText
    source
    automatic
    authentication
    incomplete
    stranger
    forwardedBy {
      name
      address
    }
    forwardComment
    answersTo
    relatedConversation {
      id
      title
    }
    originalUrl
  }
  messenger {
    reaction
    edited
    unsent
    external
    unsupported
    media
  }
  form {
    answers {
      key
      label
      value
    }
  }
  attachments {
    id
    filename
    contentType
    byteSize
    downloadUrl
    thumbnailUrl
    inline
  }
}`) as unknown as TypedDocumentString<SendMessageMutation, SendMessageMutationVariables>;
export const RetryMessageDocument = new TypedDocumentString(`
    mutation RetryMessage($input: RetryMessageInput!) {
  retryMessage(input: $input) {
    message {
      ...ThreadMessage
    }
    conversation {
      ...ConversationRow
    }
    errors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}
fragment AgentName on Agent {
  id
  displayName
}
fragment Stamp on ActorStamp {
  by {
    ...AgentName
  }
  byAutomation {
    id
  }
  at
}
fragment Author on MessageAuthor {
  __typename
  ... on Agent {
    ...AgentName
  }
  ... on Visitor {
    id
    displayName
  }
  ... on Contact {
    id
    displayName
  }
  ... on MessengerProfile {
    id
    displayName
  }
  ... on MailParticipant {
    id
    displayName
  }
  ... on ChatbotAutomation {
    id
    botName
  }
}
fragment ShownDelivery on Delivery {
  state
  at
  failureCode
  detail
  retryable
}
fragment PresenceState on Visitor {
  id
  presence {
    state
    since
  }
  currentPage {
    url
    title
  }
}
fragment ConversationRow on Conversation {
  id
  version
  status
  unread
  waitingForReply
  title
  subject
  channels
  lastChannel
  lastActivityAt
  createdAt
  assignee {
    ...AgentName
  }
  read {
    ...Stamp
  }
  completed {
    ...Stamp
  }
  contact {
    id
  }
  visitor {
    ...PresenceState
  }
  messengerProfile {
    id
    displayName
    avatarUrl
  }
  lastMessage {
    id
    direction
    channel
    text
    createdAt
    author {
      ...Author
    }
    delivery {
      ...ShownDelivery
    }
    attachments {
      id
      filename
      contentType
    }
  }
}
fragment ThreadMessage on Message {
  __typename
  id
  clientMessageId
  channel
  direction
  text
  createdAt
  author {
    ...Author
  }
  delivery {
    ...ShownDelivery
  }
  email {
    subject
    from {
      name
      address
    }
    to {
      name
      address
    }
    cc {
      name
      address
    }
    hasHtml
    hasQuotedText
    source
    automatic
    authentication
    incomplete
    stranger
    forwardedBy {
      name
      address
    }
    forwardComment
    answersTo
    relatedConversation {
      id
      title
    }
    originalUrl
  }
  messenger {
    reaction
    edited
    unsent
    external
    unsupported
    media
  }
  form {
    answers {
      key
      label
      value
    }
  }
  attachments {
    id
    filename
    contentType
    byteSize
    downloadUrl
    thumbnailUrl
    inline
  }
}`) as unknown as TypedDocumentString<RetryMessageMutation, RetryMessageMutationVariables>;
export const SetAgentActivityDocument = new TypedDocumentString(`
    mutation SetAgentActivity($input: AgentActivityInput!) {
  setAgentActivity(input: $input)
}
    `) as unknown as TypedDocumentString<SetAgentActivityMutation, SetAgentActivityMutationVariables>;
export const InboxPageDocument = new TypedDocumentString(`
    query InboxPage($filter: ConversationFilter!, $first: Int!, $after: String) {
  conversations(filter: $filter, first: $first, after: $after) {
    edges {
      node {
        ...ConversationRow
      }
      match {
        excerpt
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment AgentName on Agent {
  id
  displayName
}
fragment Stamp on ActorStamp {
  by {
    ...AgentName
  }
  byAutomation {
    id
  }
  at
}
fragment Author on MessageAuthor {
  __typename
  ... on Agent {
    ...AgentName
  }
  ... on Visitor {
    id
    displayName
  }
  ... on Contact {
    id
    displayName
  }
  ... on MessengerProfile {
    id
    displayName
  }
  ... on MailParticipant {
    id
    displayName
  }
  ... on ChatbotAutomation {
    id
    botName
  }
}
fragment ShownDelivery on Delivery {
  state
  at
  failureCode
  detail
  retryable
}
fragment PresenceState on Visitor {
  id
  presence {
    state
    since
  }
  currentPage {
    url
    title
  }
}
fragment ConversationRow on Conversation {
  id
  version
  status
  unread
  waitingForReply
  title
  subject
  channels
  lastChannel
  lastActivityAt
  createdAt
  assignee {
    ...AgentName
  }
  read {
    ...Stamp
  }
  completed {
    ...Stamp
  }
  contact {
    id
  }
  visitor {
    ...PresenceState
  }
  messengerProfile {
    id
    displayName
    avatarUrl
  }
  lastMessage {
    id
    direction
    channel
    text
    createdAt
    author {
      ...Author
    }
    delivery {
      ...ShownDelivery
    }
    attachments {
      id
      filename
      contentType
    }
  }
}`) as unknown as TypedDocumentString<InboxPageQuery, InboxPageQueryVariables>;
export const InboxTotalDocument = new TypedDocumentString(`
    query InboxTotal($filter: ConversationFilter!) {
  conversations(filter: $filter, first: 1) {
    totalCount
  }
}
    `) as unknown as TypedDocumentString<InboxTotalQuery, InboxTotalQueryVariables>;
export const InboxCountersDocument = new TypedDocumentString(`
    query InboxCounters {
  inbox {
    ...Counters
  }
}
    fragment Counters on InboxCounters {
  unread
  open
  attention
}`) as unknown as TypedDocumentString<InboxCountersQuery, InboxCountersQueryVariables>;
export const InboxAgentsDocument = new TypedDocumentString(`
    query InboxAgents {
  agents {
    ...KnownAgent
  }
}
    fragment AgentName on Agent {
  id
  displayName
}
fragment KnownAgent on Agent {
  ...AgentName
  email
  avatarUrl
  role
  active
}`) as unknown as TypedDocumentString<InboxAgentsQuery, InboxAgentsQueryVariables>;
export const PresenceOfDocument = new TypedDocumentString(`
    query PresenceOf($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    ... on Visitor {
      ...PresenceState
    }
  }
}
    fragment PresenceState on Visitor {
  id
  presence {
    state
    since
  }
  currentPage {
    url
    title
  }
}`) as unknown as TypedDocumentString<PresenceOfQuery, PresenceOfQueryVariables>;
export const InboxChangedDocument = new TypedDocumentString(`
    subscription InboxChanged($after: EventCursor) {
  inboxChanged(after: $after) {
    __typename
    ... on StreamEvent {
      cursor
    }
    ... on StreamReady {
      replaying
    }
    ... on ResyncRequired {
      reason
    }
    ... on ConversationUpserted {
      notify
      conversation {
        ...ConversationRow
      }
    }
    ... on InboxCountersChanged {
      inbox {
        ...Counters
      }
    }
    ... on VisitorPresenceChanged {
      visitor {
        ...PresenceState
      }
    }
    ... on AgentChanged {
      agent {
        ...KnownAgent
      }
    }
    ... on ChannelChanged {
      kind
    }
    ... on ChatbotAutomationPublished {
      published {
        version
      }
    }
  }
}
    fragment AgentName on Agent {
  id
  displayName
}
fragment Stamp on ActorStamp {
  by {
    ...AgentName
  }
  byAutomation {
    id
  }
  at
}
fragment Author on MessageAuthor {
  __typename
  ... on Agent {
    ...AgentName
  }
  ... on Visitor {
    id
    displayName
  }
  ... on Contact {
    id
    displayName
  }
  ... on MessengerProfile {
    id
    displayName
  }
  ... on MailParticipant {
    id
    displayName
  }
  ... on ChatbotAutomation {
    id
    botName
  }
}
fragment ShownDelivery on Delivery {
  state
  at
  failureCode
  detail
  retryable
}
fragment PresenceState on Visitor {
  id
  presence {
    state
    since
  }
  currentPage {
    url
    title
  }
}
fragment ConversationRow on Conversation {
  id
  version
  status
  unread
  waitingForReply
  title
  subject
  channels
  lastChannel
  lastActivityAt
  createdAt
  assignee {
    ...AgentName
  }
  read {
    ...Stamp
  }
  completed {
    ...Stamp
  }
  contact {
    id
  }
  visitor {
    ...PresenceState
  }
  messengerProfile {
    id
    displayName
    avatarUrl
  }
  lastMessage {
    id
    direction
    channel
    text
    createdAt
    author {
      ...Author
    }
    delivery {
      ...ShownDelivery
    }
    attachments {
      id
      filename
      contentType
    }
  }
}
fragment Counters on InboxCounters {
  unread
  open
  attention
}
fragment KnownAgent on Agent {
  ...AgentName
  email
  avatarUrl
  role
  active
}`) as unknown as TypedDocumentString<InboxChangedSubscription, InboxChangedSubscriptionVariables>;
export const ConversationChangedDocument = new TypedDocumentString(`
    subscription ConversationChanged($id: ID!, $after: EventCursor) {
  conversationChanged(id: $id, after: $after) {
    __typename
    ... on StreamEvent {
      cursor
    }
    ... on StreamReady {
      replaying
    }
    ... on ResyncRequired {
      reason
    }
    ... on ConversationUpserted {
      conversation {
        ...ConversationRow
      }
    }
    ... on TimelineItemAdded {
      edge {
        node {
          __typename
          ...ThreadMessage
          ...ThreadActivity
        }
      }
    }
    ... on MessageChanged {
      message {
        ...ThreadMessage
      }
    }
    ... on VisitorPresenceChanged {
      visitor {
        ...PresenceState
      }
    }
    ... on AgentActivityChanged {
      agentActivity {
        ...ActiveAgent
      }
    }
  }
}
    fragment AgentName on Agent {
  id
  displayName
}
fragment Stamp on ActorStamp {
  by {
    ...AgentName
  }
  byAutomation {
    id
  }
  at
}
fragment Author on MessageAuthor {
  __typename
  ... on Agent {
    ...AgentName
  }
  ... on Visitor {
    id
    displayName
  }
  ... on Contact {
    id
    displayName
  }
  ... on MessengerProfile {
    id
    displayName
  }
  ... on MailParticipant {
    id
    displayName
  }
  ... on ChatbotAutomation {
    id
    botName
  }
}
fragment ShownDelivery on Delivery {
  state
  at
  failureCode
  detail
  retryable
}
fragment PresenceState on Visitor {
  id
  presence {
    state
    since
  }
  currentPage {
    url
    title
  }
}
fragment ConversationRow on Conversation {
  id
  version
  status
  unread
  waitingForReply
  title
  subject
  channels
  lastChannel
  lastActivityAt
  createdAt
  assignee {
    ...AgentName
  }
  read {
    ...Stamp
  }
  completed {
    ...Stamp
  }
  contact {
    id
  }
  visitor {
    ...PresenceState
  }
  messengerProfile {
    id
    displayName
    avatarUrl
  }
  lastMessage {
    id
    direction
    channel
    text
    createdAt
    author {
      ...Author
    }
    delivery {
      ...ShownDelivery
    }
    attachments {
      id
      filename
      contentType
    }
  }
}
fragment ThreadMessage on Message {
  __typename
  id
  clientMessageId
  channel
  direction
  text
  createdAt
  author {
    ...Author
  }
  delivery {
    ...ShownDelivery
  }
  email {
    subject
    from {
      name
      address
    }
    to {
      name
      address
    }
    cc {
      name
      address
    }
    hasHtml
    hasQuotedText
    source
    automatic
    authentication
    incomplete
    stranger
    forwardedBy {
      name
      address
    }
    forwardComment
    answersTo
    relatedConversation {
      id
      title
    }
    originalUrl
  }
  messenger {
    reaction
    edited
    unsent
    external
    unsupported
    media
  }
  form {
    answers {
      key
      label
      value
    }
  }
  attachments {
    id
    filename
    contentType
    byteSize
    downloadUrl
    thumbnailUrl
    inline
  }
}
fragment ThreadActivity on ConversationActivity {
  __typename
  id
  kind
  stamp {
    ...Stamp
  }
  assignee {
    ...AgentName
  }
}
fragment ActiveAgent on AgentActivity {
  agent {
    ...AgentName
  }
  writing
  since
}`) as unknown as TypedDocumentString<ConversationChangedSubscription, ConversationChangedSubscriptionVariables>;
export const ThreadPageDocument = new TypedDocumentString(`
    query ThreadPage($id: ID!) {
  conversation(id: $id) {
    ...ConversationRow
    ...ThreadSurroundings
    agentActivity {
      ...ActiveAgent
    }
    timeline(last: 50) {
      ...TimelinePage
    }
  }
}
    fragment AgentName on Agent {
  id
  displayName
}
fragment Stamp on ActorStamp {
  by {
    ...AgentName
  }
  byAutomation {
    id
  }
  at
}
fragment Author on MessageAuthor {
  __typename
  ... on Agent {
    ...AgentName
  }
  ... on Visitor {
    id
    displayName
  }
  ... on Contact {
    id
    displayName
  }
  ... on MessengerProfile {
    id
    displayName
  }
  ... on MailParticipant {
    id
    displayName
  }
  ... on ChatbotAutomation {
    id
    botName
  }
}
fragment ShownDelivery on Delivery {
  state
  at
  failureCode
  detail
  retryable
}
fragment PresenceState on Visitor {
  id
  presence {
    state
    since
  }
  currentPage {
    url
    title
  }
}
fragment ConversationRow on Conversation {
  id
  version
  status
  unread
  waitingForReply
  title
  subject
  channels
  lastChannel
  lastActivityAt
  createdAt
  assignee {
    ...AgentName
  }
  read {
    ...Stamp
  }
  completed {
    ...Stamp
  }
  contact {
    id
  }
  visitor {
    ...PresenceState
  }
  messengerProfile {
    id
    displayName
    avatarUrl
  }
  lastMessage {
    id
    direction
    channel
    text
    createdAt
    author {
      ...Author
    }
    delivery {
      ...ShownDelivery
    }
    attachments {
      id
      filename
      contentType
    }
  }
}
fragment ThreadMessage on Message {
  __typename
  id
  clientMessageId
  channel
  direction
  text
  createdAt
  author {
    ...Author
  }
  delivery {
    ...ShownDelivery
  }
  email {
    subject
    from {
      name
      address
    }
    to {
      name
      address
    }
    cc {
      name
      address
    }
    hasHtml
    hasQuotedText
    source
    automatic
    authentication
    incomplete
    stranger
    forwardedBy {
      name
      address
    }
    forwardComment
    answersTo
    relatedConversation {
      id
      title
    }
    originalUrl
  }
  messenger {
    reaction
    edited
    unsent
    external
    unsupported
    media
  }
  form {
    answers {
      key
      label
      value
    }
  }
  attachments {
    id
    filename
    contentType
    byteSize
    downloadUrl
    thumbnailUrl
    inline
  }
}
fragment ThreadActivity on ConversationActivity {
  __typename
  id
  kind
  stamp {
    ...Stamp
  }
  assignee {
    ...AgentName
  }
}
fragment TimelinePage on TimelineConnection {
  nodes {
    __typename
    ...ThreadMessage
    ...ThreadActivity
  }
  pageInfo {
    hasPreviousPage
    startCursor
  }
}
fragment ReplyChoice on ReplyOption {
  channel
  available
  default
  recipient
  disabledReason
  notice
  windowClosesAt
  includesTranscript
  maxLength
}
fragment ActiveAgent on AgentActivity {
  agent {
    ...AgentName
  }
  writing
  since
}
fragment ThreadSurroundings on Conversation {
  id
  replyOptions {
    ...ReplyChoice
  }
  contact {
    id
    displayName
    email
    avatarUrl
    createdAt
  }
  visitor {
    id
    displayName
    locale
  }
}`) as unknown as TypedDocumentString<ThreadPageQuery, ThreadPageQueryVariables>;
export const OlderItemsDocument = new TypedDocumentString(`
    query OlderItems($id: ID!, $before: String!) {
  conversation(id: $id) {
    id
    timeline(last: 50, before: $before) {
      ...TimelinePage
    }
  }
}
    fragment AgentName on Agent {
  id
  displayName
}
fragment Stamp on ActorStamp {
  by {
    ...AgentName
  }
  byAutomation {
    id
  }
  at
}
fragment Author on MessageAuthor {
  __typename
  ... on Agent {
    ...AgentName
  }
  ... on Visitor {
    id
    displayName
  }
  ... on Contact {
    id
    displayName
  }
  ... on MessengerProfile {
    id
    displayName
  }
  ... on MailParticipant {
    id
    displayName
  }
  ... on ChatbotAutomation {
    id
    botName
  }
}
fragment ShownDelivery on Delivery {
  state
  at
  failureCode
  detail
  retryable
}
fragment ThreadMessage on Message {
  __typename
  id
  clientMessageId
  channel
  direction
  text
  createdAt
  author {
    ...Author
  }
  delivery {
    ...ShownDelivery
  }
  email {
    subject
    from {
      name
      address
    }
    to {
      name
      address
    }
    cc {
      name
      address
    }
    hasHtml
    hasQuotedText
    source
    automatic
    authentication
    incomplete
    stranger
    forwardedBy {
      name
      address
    }
    forwardComment
    answersTo
    relatedConversation {
      id
      title
    }
    originalUrl
  }
  messenger {
    reaction
    edited
    unsent
    external
    unsupported
    media
  }
  form {
    answers {
      key
      label
      value
    }
  }
  attachments {
    id
    filename
    contentType
    byteSize
    downloadUrl
    thumbnailUrl
    inline
  }
}
fragment ThreadActivity on ConversationActivity {
  __typename
  id
  kind
  stamp {
    ...Stamp
  }
  assignee {
    ...AgentName
  }
}
fragment TimelinePage on TimelineConnection {
  nodes {
    __typename
    ...ThreadMessage
    ...ThreadActivity
  }
  pageInfo {
    hasPreviousPage
    startCursor
  }
}`) as unknown as TypedDocumentString<OlderItemsQuery, OlderItemsQueryVariables>;
export const ThreadSurroundingsDocument = new TypedDocumentString(`
    query ThreadSurroundings($id: ID!) {
  conversation(id: $id) {
    ...ConversationRow
    ...ThreadSurroundings
    agentActivity {
      ...ActiveAgent
    }
  }
}
    fragment AgentName on Agent {
  id
  displayName
}
fragment Stamp on ActorStamp {
  by {
    ...AgentName
  }
  byAutomation {
    id
  }
  at
}
fragment Author on MessageAuthor {
  __typename
  ... on Agent {
    ...AgentName
  }
  ... on Visitor {
    id
    displayName
  }
  ... on Contact {
    id
    displayName
  }
  ... on MessengerProfile {
    id
    displayName
  }
  ... on MailParticipant {
    id
    displayName
  }
  ... on ChatbotAutomation {
    id
    botName
  }
}
fragment ShownDelivery on Delivery {
  state
  at
  failureCode
  detail
  retryable
}
fragment PresenceState on Visitor {
  id
  presence {
    state
    since
  }
  currentPage {
    url
    title
  }
}
fragment ConversationRow on Conversation {
  id
  version
  status
  unread
  waitingForReply
  title
  subject
  channels
  lastChannel
  lastActivityAt
  createdAt
  assignee {
    ...AgentName
  }
  read {
    ...Stamp
  }
  completed {
    ...Stamp
  }
  contact {
    id
  }
  visitor {
    ...PresenceState
  }
  messengerProfile {
    id
    displayName
    avatarUrl
  }
  lastMessage {
    id
    direction
    channel
    text
    createdAt
    author {
      ...Author
    }
    delivery {
      ...ShownDelivery
    }
    attachments {
      id
      filename
      contentType
    }
  }
}
fragment ReplyChoice on ReplyOption {
  channel
  available
  default
  recipient
  disabledReason
  notice
  windowClosesAt
  includesTranscript
  maxLength
}
fragment ActiveAgent on AgentActivity {
  agent {
    ...AgentName
  }
  writing
  since
}
fragment ThreadSurroundings on Conversation {
  id
  replyOptions {
    ...ReplyChoice
  }
  contact {
    id
    displayName
    email
    avatarUrl
    createdAt
  }
  visitor {
    id
    displayName
    locale
  }
}`) as unknown as TypedDocumentString<ThreadSurroundingsQuery, ThreadSurroundingsQueryVariables>;
export const RowsDocument = new TypedDocumentString(`
    query Rows($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    ... on Conversation {
      ...ConversationRow
    }
  }
}
    fragment AgentName on Agent {
  id
  displayName
}
fragment Stamp on ActorStamp {
  by {
    ...AgentName
  }
  byAutomation {
    id
  }
  at
}
fragment Author on MessageAuthor {
  __typename
  ... on Agent {
    ...AgentName
  }
  ... on Visitor {
    id
    displayName
  }
  ... on Contact {
    id
    displayName
  }
  ... on MessengerProfile {
    id
    displayName
  }
  ... on MailParticipant {
    id
    displayName
  }
  ... on ChatbotAutomation {
    id
    botName
  }
}
fragment ShownDelivery on Delivery {
  state
  at
  failureCode
  detail
  retryable
}
fragment PresenceState on Visitor {
  id
  presence {
    state
    since
  }
  currentPage {
    url
    title
  }
}
fragment ConversationRow on Conversation {
  id
  version
  status
  unread
  waitingForReply
  title
  subject
  channels
  lastChannel
  lastActivityAt
  createdAt
  assignee {
    ...AgentName
  }
  read {
    ...Stamp
  }
  completed {
    ...Stamp
  }
  contact {
    id
  }
  visitor {
    ...PresenceState
  }
  messengerProfile {
    id
    displayName
    avatarUrl
  }
  lastMessage {
    id
    direction
    channel
    text
    createdAt
    author {
      ...Author
    }
    delivery {
      ...ShownDelivery
    }
    attachments {
      id
      filename
      contentType
    }
  }
}`) as unknown as TypedDocumentString<RowsQuery, RowsQueryVariables>;
export const QuotedTextDocument = new TypedDocumentString(`
    query QuotedText($id: ID!) {
  node(id: $id) {
    __typename
    ... on Message {
      id
      email {
        quotedText
      }
    }
  }
}
    `) as unknown as TypedDocumentString<QuotedTextQuery, QuotedTextQueryVariables>;
export const ContactHistoryDocument = new TypedDocumentString(`
    query ContactHistory($contactId: ID!) {
  contact(id: $contactId) {
    id
    conversations(first: 8) {
      nodes {
        id
        createdAt
        subject
        title
        status
        lastMessage {
          id
          text
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ContactHistoryQuery, ContactHistoryQueryVariables>;
export const ReplyPreviewDocument = new TypedDocumentString(`
    query ReplyPreview($conversationId: ID, $text: String!) {
  replyPreview(conversationId: $conversationId, text: $text) {
    text
    draft
    tags {
      written
      start
      value
      problem
      suggestion
    }
    offered
  }
}
    `) as unknown as TypedDocumentString<ReplyPreviewQuery, ReplyPreviewQueryVariables>;
export const SavedResponseCategoriesDocument = new TypedDocumentString(`
    query SavedResponseCategories {
  savedResponseCategories {
    ...SavedCategoryRow
  }
}
    fragment SavedCategoryRow on SavedResponseCategory {
  id
  version
  name
  position
}`) as unknown as TypedDocumentString<SavedResponseCategoriesQuery, SavedResponseCategoriesQueryVariables>;
export const SavedResponsesPageDocument = new TypedDocumentString(`
    query SavedResponsesPage($search: String, $categoryId: ID, $first: Int!, $after: String) {
  savedResponses(
    search: $search
    categoryId: $categoryId
    first: $first
    after: $after
  ) {
    nodes {
      ...SavedResponseRow
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment SavedResponseRow on SavedResponse {
  id
  version
  title
  body
  updatedAt
  category {
    id
  }
  updatedBy {
    id
    displayName
  }
}`) as unknown as TypedDocumentString<SavedResponsesPageQuery, SavedResponsesPageQueryVariables>;
export const CreateSavedResponseDocument = new TypedDocumentString(`
    mutation CreateSavedResponse($input: CreateSavedResponseInput!) {
  createSavedResponse(input: $input) {
    savedResponse {
      ...SavedResponseRow
    }
    errors {
      ...SavedResponseRefusal
    }
  }
}
    fragment SavedResponseRow on SavedResponse {
  id
  version
  title
  body
  updatedAt
  category {
    id
  }
  updatedBy {
    id
    displayName
  }
}
fragment SavedCategoryRow on SavedResponseCategory {
  id
  version
  name
  position
}
fragment SavedResponseRefusal on UserError {
  __typename
  code
  message
  path
  ... on StaleVersionError {
    currentVersion
    current {
      __typename
      ...SavedResponseRow
      ...SavedCategoryRow
    }
  }
}`) as unknown as TypedDocumentString<CreateSavedResponseMutation, CreateSavedResponseMutationVariables>;
export const UpdateSavedResponseDocument = new TypedDocumentString(`
    mutation UpdateSavedResponse($input: UpdateSavedResponseInput!) {
  updateSavedResponse(input: $input) {
    savedResponse {
      ...SavedResponseRow
    }
    errors {
      ...SavedResponseRefusal
    }
  }
}
    fragment SavedResponseRow on SavedResponse {
  id
  version
  title
  body
  updatedAt
  category {
    id
  }
  updatedBy {
    id
    displayName
  }
}
fragment SavedCategoryRow on SavedResponseCategory {
  id
  version
  name
  position
}
fragment SavedResponseRefusal on UserError {
  __typename
  code
  message
  path
  ... on StaleVersionError {
    currentVersion
    current {
      __typename
      ...SavedResponseRow
      ...SavedCategoryRow
    }
  }
}`) as unknown as TypedDocumentString<UpdateSavedResponseMutation, UpdateSavedResponseMutationVariables>;
export const DeleteSavedResponseDocument = new TypedDocumentString(`
    mutation DeleteSavedResponse($input: DeleteInput!) {
  deleteSavedResponse(input: $input) {
    deletedId
    errors {
      ...SavedResponseRefusal
    }
  }
}
    fragment SavedResponseRow on SavedResponse {
  id
  version
  title
  body
  updatedAt
  category {
    id
  }
  updatedBy {
    id
    displayName
  }
}
fragment SavedCategoryRow on SavedResponseCategory {
  id
  version
  name
  position
}
fragment SavedResponseRefusal on UserError {
  __typename
  code
  message
  path
  ... on StaleVersionError {
    currentVersion
    current {
      __typename
      ...SavedResponseRow
      ...SavedCategoryRow
    }
  }
}`) as unknown as TypedDocumentString<DeleteSavedResponseMutation, DeleteSavedResponseMutationVariables>;
export const CreateSavedResponseCategoryDocument = new TypedDocumentString(`
    mutation CreateSavedResponseCategory($input: CreateSavedResponseCategoryInput!) {
  createSavedResponseCategory(input: $input) {
    category {
      ...SavedCategoryRow
    }
    errors {
      ...SavedResponseRefusal
    }
  }
}
    fragment SavedResponseRow on SavedResponse {
  id
  version
  title
  body
  updatedAt
  category {
    id
  }
  updatedBy {
    id
    displayName
  }
}
fragment SavedCategoryRow on SavedResponseCategory {
  id
  version
  name
  position
}
fragment SavedResponseRefusal on UserError {
  __typename
  code
  message
  path
  ... on StaleVersionError {
    currentVersion
    current {
      __typename
      ...SavedResponseRow
      ...SavedCategoryRow
    }
  }
}`) as unknown as TypedDocumentString<CreateSavedResponseCategoryMutation, CreateSavedResponseCategoryMutationVariables>;
export const UpdateSavedResponseCategoryDocument = new TypedDocumentString(`
    mutation UpdateSavedResponseCategory($input: UpdateSavedResponseCategoryInput!) {
  updateSavedResponseCategory(input: $input) {
    category {
      ...SavedCategoryRow
    }
    errors {
      ...SavedResponseRefusal
    }
  }
}
    fragment SavedResponseRow on SavedResponse {
  id
  version
  title
  body
  updatedAt
  category {
    id
  }
  updatedBy {
    id
    displayName
  }
}
fragment SavedCategoryRow on SavedResponseCategory {
  id
  version
  name
  position
}
fragment SavedResponseRefusal on UserError {
  __typename
  code
  message
  path
  ... on StaleVersionError {
    currentVersion
    current {
      __typename
      ...SavedResponseRow
      ...SavedCategoryRow
    }
  }
}`) as unknown as TypedDocumentString<UpdateSavedResponseCategoryMutation, UpdateSavedResponseCategoryMutationVariables>;
export const DeleteSavedResponseCategoryDocument = new TypedDocumentString(`
    mutation DeleteSavedResponseCategory($input: DeleteSavedResponseCategoryInput!) {
  deleteSavedResponseCategory(input: $input) {
    deletedId
    errors {
      ...SavedResponseRefusal
    }
  }
}
    fragment SavedResponseRow on SavedResponse {
  id
  version
  title
  body
  updatedAt
  category {
    id
  }
  updatedBy {
    id
    displayName
  }
}
fragment SavedCategoryRow on SavedResponseCategory {
  id
  version
  name
  position
}
fragment SavedResponseRefusal on UserError {
  __typename
  code
  message
  path
  ... on StaleVersionError {
    currentVersion
    current {
      __typename
      ...SavedResponseRow
      ...SavedCategoryRow
    }
  }
}`) as unknown as TypedDocumentString<DeleteSavedResponseCategoryMutation, DeleteSavedResponseCategoryMutationVariables>;
export const AccountsDocument = new TypedDocumentString(`
    query Accounts {
  agents {
    ...AccountFields
  }
}
    fragment AccountFields on Agent {
  id
  displayName
  email
  role
  active
}`) as unknown as TypedDocumentString<AccountsQuery, AccountsQueryVariables>;
export const InvitationsDocument = new TypedDocumentString(`
    query Invitations {
  agentInvitations {
    id
    email
    role
    createdAt
    expiresAt
    invitedBy {
      id
      displayName
    }
  }
}
    `) as unknown as TypedDocumentString<InvitationsQuery, InvitationsQueryVariables>;
export const InviteAgentDocument = new TypedDocumentString(`
    mutation InviteAgent($input: InviteAgentInput!) {
  inviteAgent(input: $input) {
    link
    errors {
      ...AccountRefusal
    }
  }
}
    fragment AccountRefusal on UserError {
  code
  message
}`) as unknown as TypedDocumentString<InviteAgentMutation, InviteAgentMutationVariables>;
export const RevokeInvitationDocument = new TypedDocumentString(`
    mutation RevokeInvitation($input: RevokeAgentInvitationInput!) {
  revokeAgentInvitation(input: $input) {
    deletedId
    errors {
      ...AccountRefusal
    }
  }
}
    fragment AccountRefusal on UserError {
  code
  message
}`) as unknown as TypedDocumentString<RevokeInvitationMutation, RevokeInvitationMutationVariables>;
export const ChangeAccountDocument = new TypedDocumentString(`
    mutation ChangeAccount($input: UpdateAgentInput!) {
  updateAgent(input: $input) {
    agent {
      ...AccountFields
    }
    errors {
      ...AccountRefusal
    }
  }
}
    fragment AccountFields on Agent {
  id
  displayName
  email
  role
  active
}
fragment AccountRefusal on UserError {
  code
  message
}`) as unknown as TypedDocumentString<ChangeAccountMutation, ChangeAccountMutationVariables>;
export const ChangeProfileDocument = new TypedDocumentString(`
    mutation ChangeProfile($input: UpdateProfileInput!) {
  updateProfile(input: $input) {
    agent {
      ...AccountFields
    }
    errors {
      ...AccountRefusal
    }
  }
}
    fragment AccountFields on Agent {
  id
  displayName
  email
  role
  active
}
fragment AccountRefusal on UserError {
  code
  message
}`) as unknown as TypedDocumentString<ChangeProfileMutation, ChangeProfileMutationVariables>;
export const ChangePasswordDocument = new TypedDocumentString(`
    mutation ChangePassword($input: ChangePasswordInput!) {
  changePassword(input: $input) {
    errors {
      ...AccountRefusal
    }
  }
}
    fragment AccountRefusal on UserError {
  code
  message
}`) as unknown as TypedDocumentString<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const InstallationChannelsDocument = new TypedDocumentString(`
    query InstallationChannels {
  channels {
    id
    kind
    name
    address
    health
    detail
    lastInboundAt
    webhookUrl
    verifyToken
  }
}
    `) as unknown as TypedDocumentString<InstallationChannelsQuery, InstallationChannelsQueryVariables>;
export const FirstConversationsDocument = new TypedDocumentString(`
    query FirstConversations {
  any: conversations(filter: {status: null}, first: 1) {
    nodes {
      id
    }
  }
  byChat: conversations(filter: {status: null, channels: [WEB_CHAT]}, first: 1) {
    nodes {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<FirstConversationsQuery, FirstConversationsQueryVariables>;
import type { ChannelKind } from '../parents';
import type { FormFieldKey } from '../parents';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Agent as AgentParent, SignedIn as ViewerParent } from '../auth/agent';
import type { Invitation as InvitationParent } from '../auth/invitations';
import type { ContactParent, VisitorParent, ProfileParent, AutomationParent, ConversationParent, StampParent, ReplyOptionParent, ActivityParent, ConversationListParent, ThreadLineParent, MessageParent, DeliveryParent, EmailParent, ChannelParent, AttachmentParent, AutomationVersionParent, StepParent, MessageStepParent, FormStepParent, WaitStepParent, AvailabilityStepParent, HandoffStepParent, FormFieldParent, MatchParent, SavedResponseParent, SavedResponseCategoryParent, CountersParent, ActivityChangeParent } from '../parents';
import type { ShownError } from '../errors';
import type { PushedEvent } from '../live/stream-events';
import type { GatewayContext } from '../context';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type EnumResolverSignature<T, AllowedValues = any> = { [key in keyof T]?: AllowedValues };
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** RFC 3339 timestamp in UTC with milliseconds, e.g. `2026-11-22T13:35:40.000Z`. */
  DateTime: { input: string; output: string; }
  /** An RFC 5322 addr-spec, lower-cased domain. */
  EmailAddress: { input: string; output: string; }
  /** Opaque position in the event log. Compare for equality only; order is known only to the server. */
  EventCursor: { input: string; output: string; }
  /** Sanitised HTML. Safe to show only inside a sandboxed frame; never assign to innerHTML of the app. */
  SafeHTML: { input: string; output: string; }
  /** Absolute http(s) URL. */
  URL: { input: string; output: string; }
  /** UUID in canonical text form, chosen by the client (v4 or v7). */
  UUID: { input: string; output: string; }
};

export type ActorStamp = {
  __typename?: 'ActorStamp';
  at: Scalars['DateTime']['output'];
  by?: Maybe<Agent>;
  /** Set when an automation or the system did it. */
  byAutomation?: Maybe<ChatbotAutomation>;
};

export type Agent = Node & {
  __typename?: 'Agent';
  /** False once deactivated; authored messages keep pointing here. */
  active: Scalars['Boolean']['output'];
  avatarUrl?: Maybe<Scalars['URL']['output']>;
  displayName: Scalars['String']['output'];
  email: Scalars['EmailAddress']['output'];
  id: Scalars['ID']['output'];
  role: AgentRole;
};

export type AgentActivity = {
  __typename?: 'AgentActivity';
  agent: Agent;
  since: Scalars['DateTime']['output'];
  writing: Scalars['Boolean']['output'];
};

export type AgentActivityChanged = StreamEvent & {
  __typename?: 'AgentActivityChanged';
  agentActivity: Array<AgentActivity>;
  conversationId: Scalars['ID']['output'];
  cursor: Scalars['EventCursor']['output'];
};

export type AgentActivityInput = {
  /** Null: looking at no thread. */
  conversationId?: InputMaybe<Scalars['ID']['input']>;
  writing?: Scalars['Boolean']['input'];
};

/** Name, role or access of an agent changed, or there is a new agent. Best effort, not replayed after a cursor. */
export type AgentChanged = StreamEvent & {
  __typename?: 'AgentChanged';
  agent: Agent;
  cursor: Scalars['EventCursor']['output'];
};

/** An unused invitation. Its link is shown once, to the admin who made it. */
export type AgentInvitation = Node & {
  __typename?: 'AgentInvitation';
  createdAt: Scalars['DateTime']['output'];
  email: Scalars['EmailAddress']['output'];
  expiresAt: Scalars['DateTime']['output'];
  id: Scalars['ID']['output'];
  invitedBy?: Maybe<Agent>;
  role: AgentRole;
};

export type AgentPayload = {
  __typename?: 'AgentPayload';
  agent?: Maybe<Agent>;
  errors: Array<UserError>;
};

export type AgentRole =
  /** Also manages categories, the chatbot automation, channels and agents. */
  | 'ADMIN'
  /** Works the inbox. */
  | 'AGENT'
  /** Sees everything, changes nothing. */
  | 'VIEWER';

export type AskedForm = {
  __typename?: 'AskedForm';
  fields: Array<FormField>;
  /** The step that asks. */
  formId: Scalars['ID']['output'];
  submitLabel: Scalars['String']['output'];
};

export type AssignConversationInput = {
  /** Null = unassign. */
  agentId?: InputMaybe<Scalars['ID']['input']>;
  conversationId: Scalars['ID']['input'];
};

export type AssignmentFilter =
  | 'ASSIGNED'
  | 'MINE'
  | 'UNASSIGNED';

export type Attachment = Node & {
  __typename?: 'Attachment';
  byteSize: Scalars['Int']['output'];
  contentType: Scalars['String']['output'];
  /** Short-lived, same-origin, served with Content-Disposition: attachment and nosniff. */
  downloadUrl: Scalars['URL']['output'];
  filename: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  /** True for a picture that stands inside an email's HTML: shown there, not among the files. */
  inline: Scalars['Boolean']['output'];
  thumbnailUrl?: Maybe<Scalars['URL']['output']>;
};

/** Two branches by the opening hours of the flow. */
export type AvailabilityStep = ChatbotStep & {
  __typename?: 'AvailabilityStep';
  closed: Array<ChatbotStep>;
  id: Scalars['ID']['output'];
  open: Array<ChatbotStep>;
};

export type AvailabilityStepInput = {
  closed: Array<ChatbotStepInput>;
  id?: InputMaybe<Scalars['ID']['input']>;
  open: Array<ChatbotStepInput>;
};

export type ChangePasswordInput = {
  currentPassword: Scalars['String']['input'];
  /** 12–200 characters. */
  newPassword: Scalars['String']['input'];
};

export type Channel = Node & {
  __typename?: 'Channel';
  address?: Maybe<Scalars['String']['output']>;
  /** What an admin can do about it. */
  detail?: Maybe<Scalars['String']['output']>;
  health: ChannelHealth;
  id: Scalars['ID']['output'];
  kind: ChannelKind;
  lastInboundAt?: Maybe<Scalars['DateTime']['output']>;
  name: Scalars['String']['output'];
  verifyToken?: Maybe<Scalars['String']['output']>;
  /** Address and token that Meta has to be told. Messenger only. */
  webhookUrl?: Maybe<Scalars['URL']['output']>;
};

/**
 * A Messenger page is new, has another name, can send again or cannot any more. Reply options of its threads, and `channels`, are to be
 * asked for again.
 */
export type ChannelChanged = StreamEvent & {
  __typename?: 'ChannelChanged';
  canSend: Scalars['Boolean']['output'];
  cursor: Scalars['EventCursor']['output'];
  kind: ChannelKind;
  name: Scalars['String']['output'];
};

export type ChannelHealth =
  | 'DEGRADED'
  | 'NEEDS_ATTENTION'
  | 'NOT_CONFIGURED'
  | 'OK';

export { ChannelKind };

/** The one flow of the installation, web chat only. */
export type ChatbotAutomation = Node & {
  __typename?: 'ChatbotAutomation';
  /** As it was when the bot wrote, where it is an author. */
  botName: Scalars['String']['output'];
  enabled: Scalars['Boolean']['output'];
  /** The same for every version. */
  id: Scalars['ID']['output'];
  /** Null: always open. */
  openingHours?: Maybe<OpeningHours>;
  publishedAt: Scalars['DateTime']['output'];
  /** Null for the flow that the installation came with. */
  publishedBy?: Maybe<Agent>;
  /** 1–100 steps, nested ones counted; branches stand in one another at most 3 deep. */
  steps: Array<ChatbotStep>;
  trigger: ChatbotTrigger;
  /** 1, 2, 3 …; every published one is kept. The newest, unless another one was asked for. */
  version: Scalars['Int']['output'];
};

export type ChatbotAutomationPayload = {
  __typename?: 'ChatbotAutomationPayload';
  automation?: Maybe<ChatbotAutomation>;
  errors: Array<UserError>;
};

/** A new version of the chatbot automation. */
export type ChatbotAutomationPublished = StreamEvent & {
  __typename?: 'ChatbotAutomationPublished';
  cursor: Scalars['EventCursor']['output'];
  published: ChatbotAutomationVersion;
};

/** That a version was published, without what it says. */
export type ChatbotAutomationVersion = {
  __typename?: 'ChatbotAutomationVersion';
  enabled: Scalars['Boolean']['output'];
  publishedAt: Scalars['DateTime']['output'];
  /** Null for the flow that the installation came with. */
  publishedBy?: Maybe<Agent>;
  version: Scalars['Int']['output'];
};

export type ChatbotStep = {
  id: Scalars['ID']['output'];
};

/** A step without an id gets one. */
export type ChatbotStepInput =
  { availability: AvailabilityStepInput; form?: never; handoff?: never; message?: never; wait?: never; }
  |  { availability?: never; form: FormStepInput; handoff?: never; message?: never; wait?: never; }
  |  { availability?: never; form?: never; handoff: HandoffStepInput; message?: never; wait?: never; }
  |  { availability?: never; form?: never; handoff?: never; message: MessageStepInput; wait?: never; }
  |  { availability?: never; form?: never; handoff?: never; message?: never; wait: WaitStepInput; };

export type ChatbotTrigger = {
  __typename?: 'ChatbotTrigger';
  kind: ChatbotTriggerKind;
  /** PAGE_OPENED only: what the page's address has to contain, at most 500 characters; null = any page. */
  urlContains?: Maybe<Scalars['String']['output']>;
};

export type ChatbotTriggerInput = {
  kind: ChatbotTriggerKind;
  urlContains?: InputMaybe<Scalars['String']['input']>;
};

export type ChatbotTriggerKind =
  /** A visitor without a conversation opens the widget; what the bot says then begins one, which calls nobody until the visitor writes. */
  | 'PAGE_OPENED'
  | 'VISITOR_SENDS_FIRST_MESSAGE';

/** A person with a contact record. Created by email from an unknown address or by a chatbot form; never by Messenger. */
export type Contact = Node & {
  __typename?: 'Contact';
  avatarUrl?: Maybe<Scalars['URL']['output']>;
  conversations: ConversationConnection;
  createdAt: Scalars['DateTime']['output'];
  displayName: Scalars['String']['output'];
  email?: Maybe<Scalars['EmailAddress']['output']>;
  id: Scalars['ID']['output'];
};


/** A person with a contact record. Created by email from an unknown address or by a chatbot form; never by Messenger. */
export type ContactConversationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A thread in the shared inbox. It may mix chat and email. It can be completed, never deleted. */
export type Conversation = Node & {
  __typename?: 'Conversation';
  /** Other agents looking at or writing in this thread (best effort, not persisted). */
  agentActivity: Array<AgentActivity>;
  /** Null = unassigned. The first agent who replies to an unassigned conversation becomes its owner. */
  assignee?: Maybe<Agent>;
  /** Channels seen in this thread, oldest first. */
  channels: Array<ChannelKind>;
  /** Who completed it, and when. Null while open. */
  completed?: Maybe<ActorStamp>;
  contact?: Maybe<Contact>;
  createdAt: Scalars['DateTime']['output'];
  id: Scalars['ID']['output'];
  /** Sort key of the inbox. */
  lastActivityAt: Scalars['DateTime']['output'];
  /** Channel of the newest message. */
  lastChannel: ChannelKind;
  lastMessage?: Maybe<Message>;
  messengerProfile?: Maybe<MessengerProfile>;
  /** Who read it for everyone, and when. Null while unread. */
  read?: Maybe<ActorStamp>;
  /** What the composer may do now. One entry for each channel kind, in display order; exactly one is the default unless none is available. Null when it can't be told (a service is down): offer the channel of the last message and let sendMessage decide. */
  replyOptions?: Maybe<Array<ReplyOption>>;
  status: ConversationStatus;
  /** Subject of the newest email, if the thread has one. */
  subject?: Maybe<Scalars['String']['output']>;
  /** Newest page by default; page backwards with `before`. 1–100 items. */
  timeline: TimelineConnection;
  /** Name to show for the other side. */
  title: Scalars['String']['output'];
  /** True until any agent opens the newest inbound message; shared by all agents. */
  unread: Scalars['Boolean']['output'];
  /** Grows by one with every change. Ignore any copy with a lower version than the one you hold. */
  version: Scalars['Int']['output'];
  visitor?: Maybe<Visitor>;
  /** True until somebody answers the newest inbound message; reading does not clear it. */
  waitingForReply: Scalars['Boolean']['output'];
};


/** A thread in the shared inbox. It may mix chat and email. It can be completed, never deleted. */
export type ConversationTimelineArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** Shown to agents only. */
export type ConversationActivity = Node & {
  __typename?: 'ConversationActivity';
  /** ASSIGNED: the new owner, null = unassigned. */
  assignee?: Maybe<Agent>;
  id: Scalars['ID']['output'];
  kind: ConversationActivityKind;
  stamp: ActorStamp;
};

export type ConversationActivityKind =
  | 'ASSIGNED'
  | 'AUTOMATION_HANDED_OFF'
  | 'COMPLETED'
  | 'CONTACT_LINKED'
  | 'EMAIL_COLLECTED'
  | 'OPENED'
  | 'REOPENED';

export type ConversationConnection = {
  __typename?: 'ConversationConnection';
  edges: Array<ConversationEdge>;
  nodes: Array<Conversation>;
  /** A page may end before it is full, even empty, where looking for more takes long: go on from endCursor while hasNextPage. */
  pageInfo: PageInfo;
  /** Exact up to 1000, then null; null too where counting would take long. */
  totalCount?: Maybe<Scalars['Int']['output']>;
};

export type ConversationEdge = {
  __typename?: 'ConversationEdge';
  cursor: Scalars['String']['output'];
  /** Set when `filter.search` matched a message. */
  match?: Maybe<SearchMatch>;
  node: Conversation;
};

export type ConversationEvent = AgentActivityChanged | ConversationUpserted | MessageChanged | ResyncRequired | StreamReady | TimelineItemAdded | VisitorPresenceChanged;

export type ConversationFilter = {
  /** Conversations of this agent. */
  assigneeId?: InputMaybe<Scalars['ID']['input']>;
  assignment?: InputMaybe<AssignmentFilter>;
  /** Any of these channels occurs in the thread. */
  channels?: InputMaybe<Array<ChannelKind>>;
  contactId?: InputMaybe<Scalars['ID']['input']>;
  /** Beginnings of words, and exact phrases in quotes, in messages, subject, name or address. 2–200 characters. */
  search?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<ConversationStatus>;
  unread?: InputMaybe<Scalars['Boolean']['input']>;
  visitorOnline?: InputMaybe<Scalars['Boolean']['input']>;
  waitingForReply?: InputMaybe<Scalars['Boolean']['input']>;
};

export type ConversationPayload = {
  __typename?: 'ConversationPayload';
  conversation?: Maybe<Conversation>;
  cursor?: Maybe<Scalars['EventCursor']['output']>;
  errors: Array<UserError>;
};

export type ConversationStatus =
  /** Checked off for all agents. Any new message opens it again. */
  | 'COMPLETED'
  /** In the inbox. */
  | 'OPEN';

export type ConversationStatusInput = {
  conversationId: Scalars['ID']['input'];
};

export type ConversationUpserted = StreamEvent & {
  __typename?: 'ConversationUpserted';
  conversation: Conversation;
  cursor: Scalars['EventCursor']['output'];
  /** True for a new inbound message: play sound, show a notification. */
  notify: Scalars['Boolean']['output'];
};

export type CreateSavedResponseCategoryInput = {
  name: Scalars['String']['input'];
  position?: InputMaybe<Scalars['Int']['input']>;
};

export type CreateSavedResponseInput = {
  body: Scalars['String']['input'];
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  title: Scalars['String']['input'];
};

export type DeleteInput = {
  expectedVersion: Scalars['Int']['input'];
  id: Scalars['ID']['input'];
};

export type DeletePayload = {
  __typename?: 'DeletePayload';
  deletedId?: Maybe<Scalars['ID']['output']>;
  errors: Array<UserError>;
};

export type DeleteSavedResponseCategoryInput = {
  expectedVersion: Scalars['Int']['input'];
  id: Scalars['ID']['input'];
  moveTo?: InputMaybe<Scalars['ID']['input']>;
};

export type Delivery = {
  __typename?: 'Delivery';
  at: Scalars['DateTime']['output'];
  /** The channel's own words about a failure, in its language. */
  detail?: Maybe<Scalars['String']['output']>;
  /** Translatable code, set when FAILED. */
  failureCode?: Maybe<Scalars['String']['output']>;
  retryable: Scalars['Boolean']['output'];
  state: DeliveryState;
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

export type EmailDetails = {
  __typename?: 'EmailDetails';
  /** Subject of the registered campaign or automation mail that it answers. */
  answersTo?: Maybe<Scalars['String']['output']>;
  authentication: SenderAuthentication;
  /** An out-of-office note, a list, a machine: it opened nothing again and called nobody. */
  automatic: Scalars['Boolean']['output'];
  cc: Array<MailAddress>;
  /** What they wrote above it. */
  forwardComment?: Maybe<Scalars['String']['output']>;
  /** Who sent it on by hand. */
  forwardedBy?: Maybe<MailAddress>;
  from: MailAddress;
  hasHtml: Scalars['Boolean']['output'];
  hasQuotedText: Scalars['Boolean']['output'];
  /** Null if the mail had no HTML part. Remote images are replaced by placeholders unless `remoteImages`. */
  html?: Maybe<Scalars['SafeHTML']['output']>;
  /** True: it could not be displayed completely; the original is there. */
  incomplete: Scalars['Boolean']['output'];
  /** The mail as it came in. Same-origin download; null for mails that were sent from here. */
  originalUrl?: Maybe<Scalars['URL']['output']>;
  quotedText?: Maybe<Scalars['String']['output']>;
  /** The conversation that a stranger's mail refers to. */
  relatedConversation?: Maybe<Conversation>;
  source: EmailSource;
  /** True: the sender takes no part in this thread as far as it is known. */
  stranger: Scalars['Boolean']['output'];
  subject: Scalars['String']['output'];
  to: Array<MailAddress>;
};


export type EmailDetailsHtmlArgs = {
  remoteImages?: InputMaybe<Scalars['Boolean']['input']>;
};

export type EmailSource =
  | 'CAMPAIGN_REPLY'
  | 'DIRECT'
  | 'FORWARDED'
  | 'INBOX_REPLY'
  | 'OUTBOUND';

export type FormAnswer = {
  __typename?: 'FormAnswer';
  key: Scalars['String']['output'];
  label: Scalars['String']['output'];
  value: Scalars['String']['output'];
};

export type FormField = {
  __typename?: 'FormField';
  key: FormFieldKey;
  label: Scalars['String']['output'];
  required: Scalars['Boolean']['output'];
};

export type FormFieldInput = {
  key: FormFieldKey;
  label: Scalars['String']['input'];
  required: Scalars['Boolean']['input'];
};

export { FormFieldKey };

/** Asks the visitor for data. Every form has a required EMAIL field: it is what makes replies by email possible. */
export type FormStep = ChatbotStep & {
  __typename?: 'FormStep';
  fields: Array<FormField>;
  id: Scalars['ID']['output'];
  prompt: Scalars['String']['output'];
  submitLabel: Scalars['String']['output'];
};

export type FormStepInput = {
  fields: Array<FormFieldInput>;
  id?: InputMaybe<Scalars['ID']['input']>;
  prompt: Scalars['String']['input'];
  submitLabel: Scalars['String']['input'];
};

export type FormSubmission = {
  __typename?: 'FormSubmission';
  answers: Array<FormAnswer>;
  /** The step that asked. */
  formId: Scalars['ID']['output'];
};

/** Any user error without extra data. */
export type GenericUserError = UserError & {
  __typename?: 'GenericUserError';
  code: UserErrorCode;
  message: Scalars['String']['output'];
  path?: Maybe<Array<Scalars['String']['output']>>;
};

export type HandoffStep = ChatbotStep & {
  __typename?: 'HandoffStep';
  id: Scalars['ID']['output'];
  text?: Maybe<Scalars['String']['output']>;
};

export type HandoffStepInput = {
  id?: InputMaybe<Scalars['ID']['input']>;
  text?: InputMaybe<Scalars['String']['input']>;
};

/** The same clientMessageId was used before with different content. */
export type IdempotencyConflictError = UserError & {
  __typename?: 'IdempotencyConflictError';
  code: UserErrorCode;
  existingMessage: Message;
  message: Scalars['String']['output'];
  path?: Maybe<Array<Scalars['String']['output']>>;
};

export type InboxCounters = {
  __typename?: 'InboxCounters';
  /** Drives the red dot on the navigation icon: an open conversation is unread, so nobody has looked at its newest message yet. */
  attention: Scalars['Boolean']['output'];
  open: Scalars['Int']['output'];
  unread: Scalars['Int']['output'];
};

export type InboxCountersChanged = StreamEvent & {
  __typename?: 'InboxCountersChanged';
  cursor: Scalars['EventCursor']['output'];
  inbox: InboxCounters;
};

export type InboxEvent = AgentChanged | ChannelChanged | ChatbotAutomationPublished | ConversationUpserted | InboxCountersChanged | ResyncRequired | SavedResponsesChanged | StreamReady | VisitorPresenceChanged;

export type InviteAgentInput = {
  email: Scalars['EmailAddress']['input'];
  role: AgentRole;
};

export type InviteAgentPayload = {
  __typename?: 'InviteAgentPayload';
  errors: Array<UserError>;
  invitation?: Maybe<AgentInvitation>;
  /** Absolute address of the page that takes the invitation. Not stored: it cannot be shown again. */
  link?: Maybe<Scalars['URL']['output']>;
};

export type MailAddress = {
  __typename?: 'MailAddress';
  address: Scalars['EmailAddress']['output'];
  name?: Maybe<Scalars['String']['output']>;
};

/** Somebody who writes by email in another person's thread. No contact record. */
export type MailParticipant = {
  __typename?: 'MailParticipant';
  address: Scalars['EmailAddress']['output'];
  displayName: Scalars['String']['output'];
  /** The address. */
  id: Scalars['ID']['output'];
};

export type Message = Node & {
  __typename?: 'Message';
  /** The form that the chatbot asks with this message. */
  askedForm?: Maybe<AskedForm>;
  attachments: Array<Attachment>;
  author: MessageAuthor;
  /** Shown as the label under the bubble. */
  channel: ChannelKind;
  /** The id the client gave to sendMessage; lets an optimistic bubble be replaced by the stored message. */
  clientMessageId?: Maybe<Scalars['UUID']['output']>;
  conversation: Conversation;
  createdAt: Scalars['DateTime']['output'];
  delivery?: Maybe<Delivery>;
  direction: MessageDirection;
  /** Email only. */
  email?: Maybe<EmailDetails>;
  /** Answers to a chatbot form, when this message is a form submission. */
  form?: Maybe<FormSubmission>;
  id: Scalars['ID']['output'];
  /** Messenger only. */
  messenger?: Maybe<MessengerDetails>;
  /** Plain text. For email: the new part, without quoted history. */
  text: Scalars['String']['output'];
};

export type MessageAuthor = Agent | ChatbotAutomation | Contact | MailParticipant | MessengerProfile | Visitor;

export type MessageChanged = StreamEvent & {
  __typename?: 'MessageChanged';
  cursor: Scalars['EventCursor']['output'];
  message: Message;
};

export type MessageDirection =
  | 'INBOUND'
  | 'OUTBOUND';

export type MessageStep = ChatbotStep & {
  __typename?: 'MessageStep';
  id: Scalars['ID']['output'];
  text: Scalars['String']['output'];
};

export type MessageStepInput = {
  id?: InputMaybe<Scalars['ID']['input']>;
  text: Scalars['String']['input'];
};

export type MessengerDetails = {
  __typename?: 'MessengerDetails';
  edited: Scalars['Boolean']['output'];
  /** Sent from the page's own inbox on Facebook, or by another app. */
  external: Scalars['Boolean']['output'];
  media: MessengerMedia;
  /** The person's reaction, an emoji. */
  reaction?: Maybe<Scalars['String']['output']>;
  /** Taken back by the person; the text is gone. */
  unsent: Scalars['Boolean']['output'];
  /** Something that Messenger does not let us show. */
  unsupported: Scalars['Boolean']['output'];
};

export type MessengerMedia =
  /** Files could not be fetched. */
  | 'FAILED'
  /** Files are on their way. */
  | 'PENDING'
  | 'READY';

/** A person on Facebook Messenger. Has no contact record. */
export type MessengerProfile = Node & {
  __typename?: 'MessengerProfile';
  avatarUrl?: Maybe<Scalars['URL']['output']>;
  displayName: Scalars['String']['output'];
  id: Scalars['ID']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Give a conversation to an agent, or to nobody. Any agent may. */
  assignConversation: ConversationPayload;
  /** The signed-in agent's own password; every other session of theirs ends. */
  changePassword: AgentPayload;
  /** Check off for all agents. Idempotent. */
  completeConversation: ConversationPayload;
  createSavedResponse: SavedResponsePayload;
  createSavedResponseCategory: SavedResponseCategoryPayload;
  deleteSavedResponse: DeletePayload;
  /** Only an empty category can be deleted unless moveTo is given. ADMIN. */
  deleteSavedResponseCategory: DeletePayload;
  /** Makes a link with which one person chooses name and password; works once, within 7 days. An earlier one for the same address ends. ADMIN. */
  inviteAgent: InviteAgentPayload;
  /** Make it unread again for all agents. */
  markConversationUnread: ConversationPayload;
  /** Load a thread for reading; with markRead it becomes Read for all agents. Idempotent. */
  openConversation: OpenConversationPayload;
  /** Note mails that another system sent in this installation's name, so that answers find whom and what they answer. Idempotent. ADMIN. */
  registerOutbound: RegisterOutboundPayload;
  /** Put back into the inbox. Idempotent. */
  reopenConversation: ConversationPayload;
  /** Publishes what an earlier version says as the newest one. ADMIN. */
  restoreChatbotAutomation: ChatbotAutomationPayload;
  /** Send a failed or doubtful message again. Never done without a person's wish. */
  retryMessage: SendMessagePayload;
  /** ADMIN. Idempotent. */
  revokeAgentInvitation: DeletePayload;
  /** Publishes a new version; the same content is none. All that keeps it from being published comes in `errors`, by path. ADMIN. */
  saveChatbotAutomation: ChatbotAutomationPayload;
  /** Send a reply. Safe to retry with the same clientMessageId for 7 days: the first stored message is returned again. */
  sendMessage: SendMessagePayload;
  /** Tell other agents what this agent is doing. Expires after 10 s; at most one call each 3 s. */
  setAgentActivity: Scalars['Boolean']['output'];
  /** Role and access of another agent; the last active admin keeps both. Ends sessions and sockets within 2 s when access is taken. ADMIN. */
  updateAgent: AgentPayload;
  /** The signed-in agent's own name. */
  updateProfile: AgentPayload;
  updateSavedResponse: SavedResponsePayload;
  updateSavedResponseCategory: SavedResponseCategoryPayload;
};


export type MutationAssignConversationArgs = {
  input: AssignConversationInput;
};


export type MutationChangePasswordArgs = {
  input: ChangePasswordInput;
};


export type MutationCompleteConversationArgs = {
  input: ConversationStatusInput;
};


export type MutationCreateSavedResponseArgs = {
  input: CreateSavedResponseInput;
};


export type MutationCreateSavedResponseCategoryArgs = {
  input: CreateSavedResponseCategoryInput;
};


export type MutationDeleteSavedResponseArgs = {
  input: DeleteInput;
};


export type MutationDeleteSavedResponseCategoryArgs = {
  input: DeleteSavedResponseCategoryInput;
};


export type MutationInviteAgentArgs = {
  input: InviteAgentInput;
};


export type MutationMarkConversationUnreadArgs = {
  input: ConversationStatusInput;
};


export type MutationOpenConversationArgs = {
  input: OpenConversationInput;
};


export type MutationRegisterOutboundArgs = {
  input: RegisterOutboundInput;
};


export type MutationReopenConversationArgs = {
  input: ConversationStatusInput;
};


export type MutationRestoreChatbotAutomationArgs = {
  input: RestoreChatbotAutomationInput;
};


export type MutationRetryMessageArgs = {
  input: RetryMessageInput;
};


export type MutationRevokeAgentInvitationArgs = {
  input: RevokeAgentInvitationInput;
};


export type MutationSaveChatbotAutomationArgs = {
  input: SaveChatbotAutomationInput;
};


export type MutationSendMessageArgs = {
  input: SendMessageInput;
};


export type MutationSetAgentActivityArgs = {
  input: AgentActivityInput;
};


export type MutationUpdateAgentArgs = {
  input: UpdateAgentInput;
};


export type MutationUpdateProfileArgs = {
  input: UpdateProfileInput;
};


export type MutationUpdateSavedResponseArgs = {
  input: UpdateSavedResponseInput;
};


export type MutationUpdateSavedResponseCategoryArgs = {
  input: UpdateSavedResponseCategoryInput;
};

/** An object with an id that is unique across all types. The id is the same one that NATS events, logs and webhooks carry. */
export type Node = {
  /** Opaque id, e.g. `cnv_0193…`. */
  id: Scalars['ID']['output'];
};

export type OpenConversationInput = {
  conversationId: Scalars['ID']['input'];
  markRead?: Scalars['Boolean']['input'];
  /** The newest message on the screen: when a newer one has come in, the conversation stays unread. */
  upToMessageId?: InputMaybe<Scalars['ID']['input']>;
};

export type OpenConversationPayload = {
  __typename?: 'OpenConversationPayload';
  conversation?: Maybe<Conversation>;
  cursor?: Maybe<Scalars['EventCursor']['output']>;
  errors: Array<UserError>;
};

/** When agents are there, by the clocks of one place. */
export type OpeningHours = {
  __typename?: 'OpeningHours';
  /** Local dates, YYYY-MM-DD, closed all day. */
  holidays: Array<Scalars['String']['output']>;
  /** IANA name, e.g. Europe/Paris. */
  timeZone: Scalars['String']['output'];
  /** Periods of one day add up; one past midnight is two. */
  weekly: Array<OpeningPeriod>;
};

export type OpeningHoursInput = {
  holidays?: Array<Scalars['String']['input']>;
  timeZone: Scalars['String']['input'];
  weekly: Array<OpeningPeriodInput>;
};

export type OpeningPeriod = {
  __typename?: 'OpeningPeriod';
  /** Local HH:MM, up to 24:00; the first minute that is closed. */
  closesAt: Scalars['String']['output'];
  day: Weekday;
  /** Local HH:MM. */
  opensAt: Scalars['String']['output'];
};

export type OpeningPeriodInput = {
  closesAt: Scalars['String']['input'];
  day: Weekday;
  opensAt: Scalars['String']['input'];
};

export type OutboundMailInput = {
  address: Scalars['EmailAddress']['input'];
  /** The Message-ID header, with or without angle brackets. */
  messageId: Scalars['String']['input'];
  sentAt: Scalars['DateTime']['input'];
  subject: Scalars['String']['input'];
};

/** Relay page info. */
export type PageInfo = {
  __typename?: 'PageInfo';
  endCursor?: Maybe<Scalars['String']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
  hasPreviousPage: Scalars['Boolean']['output'];
  startCursor?: Maybe<Scalars['String']['output']>;
};

export type Presence = {
  __typename?: 'Presence';
  /** When `state` last changed. */
  since: Scalars['DateTime']['output'];
  state: PresenceState;
};

export type PresenceState =
  | 'OFFLINE'
  | 'ONLINE';

export type Query = {
  __typename?: 'Query';
  /** Invitations that are neither used, revoked nor expired, newest first. ADMIN. */
  agentInvitations?: Maybe<Array<AgentInvitation>>;
  agents?: Maybe<Array<Agent>>;
  /** State of each configured channel. ADMIN. */
  channels?: Maybe<Array<Channel>>;
  /** The newest version, or an earlier one; null for a version that never was. */
  chatbotAutomation?: Maybe<ChatbotAutomation>;
  /** Newest first, at most 100; `before` a version. */
  chatbotAutomationVersions?: Maybe<Array<ChatbotAutomationVersion>>;
  contact?: Maybe<Contact>;
  conversation?: Maybe<Conversation>;
  /** The shared inbox, newest activity first. */
  conversations: ConversationConnection;
  inbox?: Maybe<InboxCounters>;
  /** Any object by id; null when it does not exist or the viewer may not see it. */
  node?: Maybe<Node>;
  nodes: Array<Maybe<Node>>;
  /** What sendMessage would make of a text of at most 20000 characters. Without a conversation only tags that do not exist are a problem. Null for an unknown conversation. */
  replyPreview?: Maybe<ReplyPreview>;
  savedResponseCategories?: Maybe<Array<SavedResponseCategory>>;
  savedResponses?: Maybe<SavedResponseConnection>;
  /** The signed-in agent. */
  viewer: Viewer;
};


export type QueryChatbotAutomationArgs = {
  version?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryChatbotAutomationVersionsArgs = {
  before?: InputMaybe<Scalars['Int']['input']>;
  first?: Scalars['Int']['input'];
};


export type QueryContactArgs = {
  id: Scalars['ID']['input'];
};


export type QueryConversationArgs = {
  id: Scalars['ID']['input'];
};


export type QueryConversationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ConversationFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


export type QueryNodesArgs = {
  ids: Array<Scalars['ID']['input']>;
};


export type QueryReplyPreviewArgs = {
  conversationId?: InputMaybe<Scalars['ID']['input']>;
  text: Scalars['String']['input'];
};


export type QuerySavedResponsesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
};

export type RegisterOutboundInput = {
  /** 1–500. */
  mails: Array<OutboundMailInput>;
};

export type RegisterOutboundPayload = {
  __typename?: 'RegisterOutboundPayload';
  errors: Array<UserError>;
  registered?: Maybe<Scalars['Int']['output']>;
};

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

export type ReplyOption = {
  __typename?: 'ReplyOption';
  available: Scalars['Boolean']['output'];
  channel: ChannelKind;
  /** Preselect this one: chat while the visitor is online, otherwise email; Messenger on Messenger threads. */
  default: Scalars['Boolean']['output'];
  disabledReason?: Maybe<ReplyDisabledReason>;
  /** Email only: the thread so far will be attached as a transcript. */
  includesTranscript: Scalars['Boolean']['output'];
  maxLength: Scalars['Int']['output'];
  /** Available, but the agent should know. */
  notice?: Maybe<ReplyNotice>;
  /** Where it goes: an email address, a visitor's or profile's name. */
  recipient?: Maybe<Scalars['String']['output']>;
  /** Messenger only: when the 24-hour window closes. */
  windowClosesAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A text as the reply that it would be. */
export type ReplyPreview = {
  __typename?: 'ReplyPreview';
  /** The same to go on writing: a value that looks like a tag is escaped, so that sendMessage makes `text` of it. */
  draft: Scalars['String']['output'];
  /** Names of all tags there are, in the order to offer them. */
  offered: Array<Scalars['String']['output']>;
  /** Those of the given text, in its order. */
  tags: Array<ReplyTag>;
  /** What would be sent. A tag that is not resolved stands in it as it was written. */
  text: Scalars['String']['output'];
};

/**
 * `{{name}}` or `{{name|fallback}}` on one line, where `name` is two or more words joined by dots; letter case does not matter. The
 * fallback, which may be empty, stands in for a value that is not known. A backslash before it makes it text: `\{{a.b}}` is sent as
 * `{{a.b}}`. All other braces are text.
 */
export type ReplyTag = {
  __typename?: 'ReplyTag';
  /** What keeps the text from being sent. */
  problem?: Maybe<ReplyTagProblem>;
  /** Where it starts in the text, in UTF-16 code units. */
  start: Scalars['Int']['output'];
  /** UNKNOWN only: the name that was perhaps meant. */
  suggestion?: Maybe<Scalars['String']['output']>;
  /** What stands in its place when it is sent; null while it is not resolved. */
  value?: Maybe<Scalars['String']['output']>;
  /** As it stands in the text. */
  written: Scalars['String']['output'];
};

export type ReplyTagProblem =
  /** Nothing is known to put in, and the tag has no fallback. */
  | 'NO_VALUE'
  /** There is no such tag. */
  | 'UNKNOWN';

/** The Messenger 24-hour window has closed; only a new inbound message opens it again. */
export type ReplyWindowClosedError = UserError & {
  __typename?: 'ReplyWindowClosedError';
  closedAt: Scalars['DateTime']['output'];
  code: UserErrorCode;
  message: Scalars['String']['output'];
  path?: Maybe<Array<Scalars['String']['output']>>;
};

export type RestoreChatbotAutomationInput = {
  expectedVersion: Scalars['Int']['input'];
  /** The version to go back to. */
  version: Scalars['Int']['input'];
};

export type ResyncReason =
  | 'CURSOR_EXPIRED'
  | 'CURSOR_UNKNOWN'
  | 'SLOW_CONSUMER'
  | 'TOO_MANY_EVENTS';

/** The cursor is too old or unknown: drop what you hold and load again. */
export type ResyncRequired = StreamEvent & {
  __typename?: 'ResyncRequired';
  cursor: Scalars['EventCursor']['output'];
  reason: ResyncReason;
};

export type RetryMessageInput = {
  messageId: Scalars['ID']['input'];
};

export type RevokeAgentInvitationInput = {
  id: Scalars['ID']['input'];
};

export type SaveChatbotAutomationInput = {
  /** 1–80 characters; what visitors read above the bot's messages. */
  botName: Scalars['String']['input'];
  enabled: Scalars['Boolean']['input'];
  expectedVersion: Scalars['Int']['input'];
  /** Null: always open. */
  openingHours?: InputMaybe<OpeningHoursInput>;
  steps: Array<ChatbotStepInput>;
  trigger: ChatbotTriggerInput;
};

export type SavedResponse = Node & {
  __typename?: 'SavedResponse';
  /** Inserted on every channel; tags such as `{{contact.firstName|there}}` are resolved for the person it goes to. */
  body: Scalars['String']['output'];
  category?: Maybe<SavedResponseCategory>;
  id: Scalars['ID']['output'];
  title: Scalars['String']['output'];
  updatedAt: Scalars['DateTime']['output'];
  updatedBy?: Maybe<Agent>;
  version: Scalars['Int']['output'];
};

export type SavedResponseCategory = Node & {
  __typename?: 'SavedResponseCategory';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  position: Scalars['Int']['output'];
  savedResponses: Array<SavedResponse>;
  version: Scalars['Int']['output'];
};

export type SavedResponseCategoryPayload = {
  __typename?: 'SavedResponseCategoryPayload';
  category?: Maybe<SavedResponseCategory>;
  errors: Array<UserError>;
};

export type SavedResponseConnection = {
  __typename?: 'SavedResponseConnection';
  edges: Array<SavedResponseEdge>;
  nodes: Array<SavedResponse>;
  pageInfo: PageInfo;
};

export type SavedResponseEdge = {
  __typename?: 'SavedResponseEdge';
  cursor: Scalars['String']['output'];
  node: SavedResponse;
};

export type SavedResponsePayload = {
  __typename?: 'SavedResponsePayload';
  errors: Array<UserError>;
  savedResponse?: Maybe<SavedResponse>;
};

export type SavedResponsesChanged = StreamEvent & {
  __typename?: 'SavedResponsesChanged';
  category?: Maybe<SavedResponseCategory>;
  cursor: Scalars['EventCursor']['output'];
  deletedId?: Maybe<Scalars['ID']['output']>;
  savedResponse?: Maybe<SavedResponse>;
};

export type SearchMatch = {
  __typename?: 'SearchMatch';
  /** Plain text; matched runs are marked by U+2068 … U+2069. */
  excerpt: Scalars['String']['output'];
  message: Message;
};

export type SendMessageInput = {
  /** Ids from POST /uploads. */
  attachmentIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  channel: ChannelKind;
  clientMessageId: Scalars['UUID']['input'];
  /** Complete the conversation in the same step. */
  complete?: InputMaybe<Scalars['Boolean']['input']>;
  conversationId: Scalars['ID']['input'];
  /** 1–10000 characters once tags are resolved and the ends trimmed; see ReplyOption.maxLength and ReplyTag. */
  text: Scalars['String']['input'];
};

export type SendMessagePayload = {
  __typename?: 'SendMessagePayload';
  conversation?: Maybe<Conversation>;
  /** Log position of the write: the event with this cursor is the echo of this call. */
  cursor?: Maybe<Scalars['EventCursor']['output']>;
  errors: Array<UserError>;
  message?: Maybe<Message>;
};

export type SenderAuthentication =
  /** The sending server may not send for this address: the sender is not verified. */
  | 'FAIL'
  /** Nobody whom this installation trusts has looked. */
  | 'NONE'
  | 'PASS';

/** Somebody changed the object meanwhile. `current` is what is stored now. */
export type StaleVersionError = UserError & {
  __typename?: 'StaleVersionError';
  code: UserErrorCode;
  current?: Maybe<Node>;
  currentVersion: Scalars['Int']['output'];
  message: Scalars['String']['output'];
  path?: Maybe<Array<Scalars['String']['output']>>;
};

export type StreamEvent = {
  cursor: Scalars['EventCursor']['output'];
};

/** The stream is live from this cursor on. */
export type StreamReady = StreamEvent & {
  __typename?: 'StreamReady';
  cursor: Scalars['EventCursor']['output'];
  /** True when events after the given cursor follow. */
  replaying: Scalars['Boolean']['output'];
};

/**
 * Delivery is at least once and in log order. The first event is always StreamReady or ResyncRequired.
 * Give `after` = the newest cursor you applied, to resume after a lost connection; without it you get only what happens from now on.
 * Load order that leaves no gap: subscribe, wait for StreamReady, run the query, then apply the buffered events (versions make it idempotent).
 */
export type Subscription = {
  __typename?: 'Subscription';
  /** Everything an open thread needs. */
  conversationChanged: ConversationEvent;
  /** Everything the inbox list, the counters and the presence dots need. */
  inboxChanged: InboxEvent;
};


/**
 * Delivery is at least once and in log order. The first event is always StreamReady or ResyncRequired.
 * Give `after` = the newest cursor you applied, to resume after a lost connection; without it you get only what happens from now on.
 * Load order that leaves no gap: subscribe, wait for StreamReady, run the query, then apply the buffered events (versions make it idempotent).
 */
export type SubscriptionConversationChangedArgs = {
  after?: InputMaybe<Scalars['EventCursor']['input']>;
  id: Scalars['ID']['input'];
};


/**
 * Delivery is at least once and in log order. The first event is always StreamReady or ResyncRequired.
 * Give `after` = the newest cursor you applied, to resume after a lost connection; without it you get only what happens from now on.
 * Load order that leaves no gap: subscribe, wait for StreamReady, run the query, then apply the buffered events (versions make it idempotent).
 */
export type SubscriptionInboxChangedArgs = {
  after?: InputMaybe<Scalars['EventCursor']['input']>;
};

export type TimelineConnection = {
  __typename?: 'TimelineConnection';
  edges: Array<TimelineEdge>;
  nodes: Array<TimelineItem>;
  pageInfo: PageInfo;
};

export type TimelineEdge = {
  __typename?: 'TimelineEdge';
  cursor: Scalars['String']['output'];
  node: TimelineItem;
};

export type TimelineItem = ConversationActivity | Message;

export type TimelineItemAdded = StreamEvent & {
  __typename?: 'TimelineItemAdded';
  cursor: Scalars['EventCursor']['output'];
  edge: TimelineEdge;
};

/** The text has tags that do not exist, or that have no value here and no fallback: nothing was sent. */
export type UnresolvedTagsError = UserError & {
  __typename?: 'UnresolvedTagsError';
  code: UserErrorCode;
  message: Scalars['String']['output'];
  path?: Maybe<Array<Scalars['String']['output']>>;
  tags: Array<ReplyTag>;
};

export type UpdateAgentInput = {
  /** False ends all of the agent's sessions. */
  active?: InputMaybe<Scalars['Boolean']['input']>;
  id: Scalars['ID']['input'];
  role?: InputMaybe<AgentRole>;
};

export type UpdateProfileInput = {
  /** 1–80 characters after trimming. */
  displayName: Scalars['String']['input'];
};

export type UpdateSavedResponseCategoryInput = {
  expectedVersion: Scalars['Int']['input'];
  id: Scalars['ID']['input'];
  name?: InputMaybe<Scalars['String']['input']>;
  position?: InputMaybe<Scalars['Int']['input']>;
};

export type UpdateSavedResponseInput = {
  body?: InputMaybe<Scalars['String']['input']>;
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  expectedVersion: Scalars['Int']['input'];
  id: Scalars['ID']['input'];
  title?: InputMaybe<Scalars['String']['input']>;
};

/**
 * Something the person can understand and act on. Always delivered in a payload's `errors`, never as a top-level GraphQL error.
 * Top-level errors are reserved for: UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT, QUERY_TOO_COMPLEX, PERSISTED_DOCUMENT_REQUIRED,
 * RATE_LIMITED (with extensions.retryAfterMs), UPSTREAM_TIMEOUT, UPSTREAM_UNAVAILABLE (with extensions.service) and INTERNAL.
 * New implementations may be added at any time: select the interface fields first.
 */
export type UserError = {
  /** Stable machine code. */
  code: UserErrorCode;
  /** English text for logs and fallbacks; the UI translates `code`. */
  message: Scalars['String']['output'];
  /** Input path the error is about, e.g. ["input","text"]. */
  path?: Maybe<Array<Scalars['String']['output']>>;
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

export type Viewer = {
  __typename?: 'Viewer';
  agent: Agent;
  features: Array<Scalars['String']['output']>;
  /** Locale to use when the browser's is not supported. */
  locale: Scalars['String']['output'];
  sessionExpiresAt: Scalars['DateTime']['output'];
};

/** A browser that opened the chat widget. Cleared cookies or another device make another visitor. */
export type Visitor = Node & {
  __typename?: 'Visitor';
  /** Contact this visitor was recognised as, if any. */
  contact?: Maybe<Contact>;
  currentPage?: Maybe<VisitorPage>;
  displayName: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  locale?: Maybe<Scalars['String']['output']>;
  presence: Presence;
};

export type VisitorPage = {
  __typename?: 'VisitorPage';
  title?: Maybe<Scalars['String']['output']>;
  url: Scalars['URL']['output'];
};

export type VisitorPresenceChanged = StreamEvent & {
  __typename?: 'VisitorPresenceChanged';
  cursor: Scalars['EventCursor']['output'];
  visitor: Visitor;
};

export type WaitStep = ChatbotStep & {
  __typename?: 'WaitStep';
  id: Scalars['ID']['output'];
  seconds: Scalars['Int']['output'];
};

export type WaitStepInput = {
  id?: InputMaybe<Scalars['ID']['input']>;
  seconds: Scalars['Int']['input'];
};

export type Weekday =
  | 'FRIDAY'
  | 'MONDAY'
  | 'SATURDAY'
  | 'SUNDAY'
  | 'THURSDAY'
  | 'TUESDAY'
  | 'WEDNESDAY';



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;



/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  ConversationEvent:
    | ( ActivityChangeParent )
    | ( Omit<ConversationUpserted, 'conversation'> & { conversation: _RefType['Conversation'] } )
    | ( Omit<MessageChanged, 'message'> & { message: _RefType['Message'] } )
    | ( ResyncRequired )
    | ( StreamReady )
    | ( Omit<TimelineItemAdded, 'edge'> & { edge: _RefType['TimelineEdge'] } )
    | ( Omit<VisitorPresenceChanged, 'visitor'> & { visitor: _RefType['Visitor'] } )
  ;
  InboxEvent:
    | ( Omit<AgentChanged, 'agent'> & { agent: _RefType['Agent'] } )
    | ( ChannelChanged )
    | ( Omit<ChatbotAutomationPublished, 'published'> & { published: _RefType['ChatbotAutomationVersion'] } )
    | ( Omit<ConversationUpserted, 'conversation'> & { conversation: _RefType['Conversation'] } )
    | ( Omit<InboxCountersChanged, 'inbox'> & { inbox: _RefType['InboxCounters'] } )
    | ( ResyncRequired )
    | ( Omit<SavedResponsesChanged, 'category' | 'savedResponse'> & { category?: Maybe<_RefType['SavedResponseCategory']>, savedResponse?: Maybe<_RefType['SavedResponse']> } )
    | ( StreamReady )
    | ( Omit<VisitorPresenceChanged, 'visitor'> & { visitor: _RefType['Visitor'] } )
  ;
  MessageAuthor:
    | ( AgentParent )
    | ( AutomationParent )
    | ( ContactParent )
    | ( MailParticipant )
    | ( ProfileParent )
    | ( VisitorParent )
  ;
  TimelineItem:
    | ( ThreadLineParent )
    | ( MessageParent )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  ChatbotStep:
    | ( AvailabilityStepParent )
    | ( FormStepParent )
    | ( HandoffStepParent )
    | ( MessageStepParent )
    | ( WaitStepParent )
  ;
  Node:
    | ( AgentParent )
    | ( InvitationParent )
    | ( AttachmentParent )
    | ( ChannelParent )
    | ( AutomationParent )
    | ( ContactParent )
    | ( ConversationParent )
    | ( ThreadLineParent )
    | ( MessageParent )
    | ( ProfileParent )
    | ( SavedResponseParent )
    | ( SavedResponseCategoryParent )
    | ( VisitorParent )
  ;
  StreamEvent:
    | ( ActivityChangeParent )
    | ( Omit<AgentChanged, 'agent'> & { agent: _RefType['Agent'] } )
    | ( ChannelChanged )
    | ( Omit<ChatbotAutomationPublished, 'published'> & { published: _RefType['ChatbotAutomationVersion'] } )
    | ( Omit<ConversationUpserted, 'conversation'> & { conversation: _RefType['Conversation'] } )
    | ( Omit<InboxCountersChanged, 'inbox'> & { inbox: _RefType['InboxCounters'] } )
    | ( Omit<MessageChanged, 'message'> & { message: _RefType['Message'] } )
    | ( ResyncRequired )
    | ( Omit<SavedResponsesChanged, 'category' | 'savedResponse'> & { category?: Maybe<_RefType['SavedResponseCategory']>, savedResponse?: Maybe<_RefType['SavedResponse']> } )
    | ( StreamReady )
    | ( Omit<TimelineItemAdded, 'edge'> & { edge: _RefType['TimelineEdge'] } )
    | ( Omit<VisitorPresenceChanged, 'visitor'> & { visitor: _RefType['Visitor'] } )
  ;
  UserError:
    | ( ShownError )
    | ( ShownError )
    | ( ShownError )
    | ( ShownError )
    | ( ShownError )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ActorStamp: ResolverTypeWrapper<StampParent>;
  Agent: ResolverTypeWrapper<AgentParent>;
  AgentActivity: ResolverTypeWrapper<ActivityParent>;
  AgentActivityChanged: ResolverTypeWrapper<ActivityChangeParent>;
  AgentActivityInput: AgentActivityInput;
  AgentChanged: ResolverTypeWrapper<Omit<AgentChanged, 'agent'> & { agent: ResolversTypes['Agent'] }>;
  AgentInvitation: ResolverTypeWrapper<InvitationParent>;
  AgentPayload: ResolverTypeWrapper<Omit<AgentPayload, 'agent' | 'errors'> & { agent?: Maybe<ResolversTypes['Agent']>, errors: Array<ResolversTypes['UserError']> }>;
  AgentRole: AgentRole;
  AskedForm: ResolverTypeWrapper<Omit<AskedForm, 'fields'> & { fields: Array<ResolversTypes['FormField']> }>;
  AssignConversationInput: AssignConversationInput;
  AssignmentFilter: AssignmentFilter;
  Attachment: ResolverTypeWrapper<AttachmentParent>;
  AvailabilityStep: ResolverTypeWrapper<AvailabilityStepParent>;
  AvailabilityStepInput: AvailabilityStepInput;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ChangePasswordInput: ChangePasswordInput;
  Channel: ResolverTypeWrapper<ChannelParent>;
  ChannelChanged: ResolverTypeWrapper<ChannelChanged>;
  ChannelHealth: ChannelHealth;
  ChannelKind: ChannelKind;
  ChatbotAutomation: ResolverTypeWrapper<AutomationParent>;
  ChatbotAutomationPayload: ResolverTypeWrapper<Omit<ChatbotAutomationPayload, 'automation' | 'errors'> & { automation?: Maybe<ResolversTypes['ChatbotAutomation']>, errors: Array<ResolversTypes['UserError']> }>;
  ChatbotAutomationPublished: ResolverTypeWrapper<Omit<ChatbotAutomationPublished, 'published'> & { published: ResolversTypes['ChatbotAutomationVersion'] }>;
  ChatbotAutomationVersion: ResolverTypeWrapper<AutomationVersionParent>;
  ChatbotStep: ResolverTypeWrapper<StepParent>;
  ChatbotStepInput: ChatbotStepInput;
  ChatbotTrigger: ResolverTypeWrapper<ChatbotTrigger>;
  ChatbotTriggerInput: ChatbotTriggerInput;
  ChatbotTriggerKind: ChatbotTriggerKind;
  Contact: ResolverTypeWrapper<ContactParent>;
  Conversation: ResolverTypeWrapper<ConversationParent>;
  ConversationActivity: ResolverTypeWrapper<ThreadLineParent>;
  ConversationActivityKind: ConversationActivityKind;
  ConversationConnection: ResolverTypeWrapper<ConversationListParent>;
  ConversationEdge: ResolverTypeWrapper<Omit<ConversationEdge, 'match' | 'node'> & { match?: Maybe<ResolversTypes['SearchMatch']>, node: ResolversTypes['Conversation'] }>;
  ConversationEvent: ResolverTypeWrapper<PushedEvent>;
  ConversationFilter: ConversationFilter;
  ConversationPayload: ResolverTypeWrapper<Omit<ConversationPayload, 'conversation' | 'errors'> & { conversation?: Maybe<ResolversTypes['Conversation']>, errors: Array<ResolversTypes['UserError']> }>;
  ConversationStatus: ConversationStatus;
  ConversationStatusInput: ConversationStatusInput;
  ConversationUpserted: ResolverTypeWrapper<Omit<ConversationUpserted, 'conversation'> & { conversation: ResolversTypes['Conversation'] }>;
  CreateSavedResponseCategoryInput: CreateSavedResponseCategoryInput;
  CreateSavedResponseInput: CreateSavedResponseInput;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteInput: DeleteInput;
  DeletePayload: ResolverTypeWrapper<Omit<DeletePayload, 'errors'> & { errors: Array<ResolversTypes['UserError']> }>;
  DeleteSavedResponseCategoryInput: DeleteSavedResponseCategoryInput;
  Delivery: ResolverTypeWrapper<DeliveryParent>;
  DeliveryState: DeliveryState;
  EmailAddress: ResolverTypeWrapper<Scalars['EmailAddress']['output']>;
  EmailDetails: ResolverTypeWrapper<EmailParent>;
  EmailSource: EmailSource;
  EventCursor: ResolverTypeWrapper<Scalars['EventCursor']['output']>;
  FormAnswer: ResolverTypeWrapper<FormAnswer>;
  FormField: ResolverTypeWrapper<FormFieldParent>;
  FormFieldInput: FormFieldInput;
  FormFieldKey: FormFieldKey;
  FormStep: ResolverTypeWrapper<FormStepParent>;
  FormStepInput: FormStepInput;
  FormSubmission: ResolverTypeWrapper<FormSubmission>;
  GenericUserError: ResolverTypeWrapper<ShownError>;
  HandoffStep: ResolverTypeWrapper<HandoffStepParent>;
  HandoffStepInput: HandoffStepInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  IdempotencyConflictError: ResolverTypeWrapper<ShownError>;
  InboxCounters: ResolverTypeWrapper<CountersParent>;
  InboxCountersChanged: ResolverTypeWrapper<Omit<InboxCountersChanged, 'inbox'> & { inbox: ResolversTypes['InboxCounters'] }>;
  InboxEvent: ResolverTypeWrapper<PushedEvent>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  InviteAgentInput: InviteAgentInput;
  InviteAgentPayload: ResolverTypeWrapper<Omit<InviteAgentPayload, 'errors' | 'invitation'> & { errors: Array<ResolversTypes['UserError']>, invitation?: Maybe<ResolversTypes['AgentInvitation']> }>;
  MailAddress: ResolverTypeWrapper<MailAddress>;
  MailParticipant: ResolverTypeWrapper<MailParticipant>;
  Message: ResolverTypeWrapper<MessageParent>;
  MessageAuthor: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['MessageAuthor']>;
  MessageChanged: ResolverTypeWrapper<Omit<MessageChanged, 'message'> & { message: ResolversTypes['Message'] }>;
  MessageDirection: MessageDirection;
  MessageStep: ResolverTypeWrapper<MessageStepParent>;
  MessageStepInput: MessageStepInput;
  MessengerDetails: ResolverTypeWrapper<MessengerDetails>;
  MessengerMedia: MessengerMedia;
  MessengerProfile: ResolverTypeWrapper<ProfileParent>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  OpenConversationInput: OpenConversationInput;
  OpenConversationPayload: ResolverTypeWrapper<Omit<OpenConversationPayload, 'conversation' | 'errors'> & { conversation?: Maybe<ResolversTypes['Conversation']>, errors: Array<ResolversTypes['UserError']> }>;
  OpeningHours: ResolverTypeWrapper<OpeningHours>;
  OpeningHoursInput: OpeningHoursInput;
  OpeningPeriod: ResolverTypeWrapper<OpeningPeriod>;
  OpeningPeriodInput: OpeningPeriodInput;
  OutboundMailInput: OutboundMailInput;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Presence: ResolverTypeWrapper<Presence>;
  PresenceState: PresenceState;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RegisterOutboundInput: RegisterOutboundInput;
  RegisterOutboundPayload: ResolverTypeWrapper<Omit<RegisterOutboundPayload, 'errors'> & { errors: Array<ResolversTypes['UserError']> }>;
  ReplyDisabledReason: ReplyDisabledReason;
  ReplyNotice: ReplyNotice;
  ReplyOption: ResolverTypeWrapper<ReplyOptionParent>;
  ReplyPreview: ResolverTypeWrapper<ReplyPreview>;
  ReplyTag: ResolverTypeWrapper<ReplyTag>;
  ReplyTagProblem: ReplyTagProblem;
  ReplyWindowClosedError: ResolverTypeWrapper<ShownError>;
  RestoreChatbotAutomationInput: RestoreChatbotAutomationInput;
  ResyncReason: ResyncReason;
  ResyncRequired: ResolverTypeWrapper<ResyncRequired>;
  RetryMessageInput: RetryMessageInput;
  RevokeAgentInvitationInput: RevokeAgentInvitationInput;
  SafeHTML: ResolverTypeWrapper<Scalars['SafeHTML']['output']>;
  SaveChatbotAutomationInput: SaveChatbotAutomationInput;
  SavedResponse: ResolverTypeWrapper<SavedResponseParent>;
  SavedResponseCategory: ResolverTypeWrapper<SavedResponseCategoryParent>;
  SavedResponseCategoryPayload: ResolverTypeWrapper<Omit<SavedResponseCategoryPayload, 'category' | 'errors'> & { category?: Maybe<ResolversTypes['SavedResponseCategory']>, errors: Array<ResolversTypes['UserError']> }>;
  SavedResponseConnection: ResolverTypeWrapper<Omit<SavedResponseConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['SavedResponseEdge']>, nodes: Array<ResolversTypes['SavedResponse']> }>;
  SavedResponseEdge: ResolverTypeWrapper<Omit<SavedResponseEdge, 'node'> & { node: ResolversTypes['SavedResponse'] }>;
  SavedResponsePayload: ResolverTypeWrapper<Omit<SavedResponsePayload, 'errors' | 'savedResponse'> & { errors: Array<ResolversTypes['UserError']>, savedResponse?: Maybe<ResolversTypes['SavedResponse']> }>;
  SavedResponsesChanged: ResolverTypeWrapper<Omit<SavedResponsesChanged, 'category' | 'savedResponse'> & { category?: Maybe<ResolversTypes['SavedResponseCategory']>, savedResponse?: Maybe<ResolversTypes['SavedResponse']> }>;
  SearchMatch: ResolverTypeWrapper<MatchParent>;
  SendMessageInput: SendMessageInput;
  SendMessagePayload: ResolverTypeWrapper<Omit<SendMessagePayload, 'conversation' | 'errors' | 'message'> & { conversation?: Maybe<ResolversTypes['Conversation']>, errors: Array<ResolversTypes['UserError']>, message?: Maybe<ResolversTypes['Message']> }>;
  SenderAuthentication: SenderAuthentication;
  StaleVersionError: ResolverTypeWrapper<ShownError>;
  StreamEvent: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['StreamEvent']>;
  StreamReady: ResolverTypeWrapper<StreamReady>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TimelineConnection: ResolverTypeWrapper<Omit<TimelineConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['TimelineEdge']>, nodes: Array<ResolversTypes['TimelineItem']> }>;
  TimelineEdge: ResolverTypeWrapper<Omit<TimelineEdge, 'node'> & { node: ResolversTypes['TimelineItem'] }>;
  TimelineItem: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['TimelineItem']>;
  TimelineItemAdded: ResolverTypeWrapper<Omit<TimelineItemAdded, 'edge'> & { edge: ResolversTypes['TimelineEdge'] }>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  UUID: ResolverTypeWrapper<Scalars['UUID']['output']>;
  UnresolvedTagsError: ResolverTypeWrapper<ShownError>;
  UpdateAgentInput: UpdateAgentInput;
  UpdateProfileInput: UpdateProfileInput;
  UpdateSavedResponseCategoryInput: UpdateSavedResponseCategoryInput;
  UpdateSavedResponseInput: UpdateSavedResponseInput;
  UserError: ResolverTypeWrapper<ShownError>;
  UserErrorCode: UserErrorCode;
  Viewer: ResolverTypeWrapper<ViewerParent>;
  Visitor: ResolverTypeWrapper<VisitorParent>;
  VisitorPage: ResolverTypeWrapper<VisitorPage>;
  VisitorPresenceChanged: ResolverTypeWrapper<Omit<VisitorPresenceChanged, 'visitor'> & { visitor: ResolversTypes['Visitor'] }>;
  WaitStep: ResolverTypeWrapper<WaitStepParent>;
  WaitStepInput: WaitStepInput;
  Weekday: Weekday;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ActorStamp: StampParent;
  Agent: AgentParent;
  AgentActivity: ActivityParent;
  AgentActivityChanged: ActivityChangeParent;
  AgentActivityInput: AgentActivityInput;
  AgentChanged: Omit<AgentChanged, 'agent'> & { agent: ResolversParentTypes['Agent'] };
  AgentInvitation: InvitationParent;
  AgentPayload: Omit<AgentPayload, 'agent' | 'errors'> & { agent?: Maybe<ResolversParentTypes['Agent']>, errors: Array<ResolversParentTypes['UserError']> };
  AskedForm: Omit<AskedForm, 'fields'> & { fields: Array<ResolversParentTypes['FormField']> };
  AssignConversationInput: AssignConversationInput;
  Attachment: AttachmentParent;
  AvailabilityStep: AvailabilityStepParent;
  AvailabilityStepInput: AvailabilityStepInput;
  Boolean: Scalars['Boolean']['output'];
  ChangePasswordInput: ChangePasswordInput;
  Channel: ChannelParent;
  ChannelChanged: ChannelChanged;
  ChatbotAutomation: AutomationParent;
  ChatbotAutomationPayload: Omit<ChatbotAutomationPayload, 'automation' | 'errors'> & { automation?: Maybe<ResolversParentTypes['ChatbotAutomation']>, errors: Array<ResolversParentTypes['UserError']> };
  ChatbotAutomationPublished: Omit<ChatbotAutomationPublished, 'published'> & { published: ResolversParentTypes['ChatbotAutomationVersion'] };
  ChatbotAutomationVersion: AutomationVersionParent;
  ChatbotStep: StepParent;
  ChatbotStepInput: ChatbotStepInput;
  ChatbotTrigger: ChatbotTrigger;
  ChatbotTriggerInput: ChatbotTriggerInput;
  Contact: ContactParent;
  Conversation: ConversationParent;
  ConversationActivity: ThreadLineParent;
  ConversationConnection: ConversationListParent;
  ConversationEdge: Omit<ConversationEdge, 'match' | 'node'> & { match?: Maybe<ResolversParentTypes['SearchMatch']>, node: ResolversParentTypes['Conversation'] };
  ConversationEvent: PushedEvent;
  ConversationFilter: ConversationFilter;
  ConversationPayload: Omit<ConversationPayload, 'conversation' | 'errors'> & { conversation?: Maybe<ResolversParentTypes['Conversation']>, errors: Array<ResolversParentTypes['UserError']> };
  ConversationStatusInput: ConversationStatusInput;
  ConversationUpserted: Omit<ConversationUpserted, 'conversation'> & { conversation: ResolversParentTypes['Conversation'] };
  CreateSavedResponseCategoryInput: CreateSavedResponseCategoryInput;
  CreateSavedResponseInput: CreateSavedResponseInput;
  DateTime: Scalars['DateTime']['output'];
  DeleteInput: DeleteInput;
  DeletePayload: Omit<DeletePayload, 'errors'> & { errors: Array<ResolversParentTypes['UserError']> };
  DeleteSavedResponseCategoryInput: DeleteSavedResponseCategoryInput;
  Delivery: DeliveryParent;
  EmailAddress: Scalars['EmailAddress']['output'];
  EmailDetails: EmailParent;
  EventCursor: Scalars['EventCursor']['output'];
  FormAnswer: FormAnswer;
  FormField: FormFieldParent;
  FormFieldInput: FormFieldInput;
  FormStep: FormStepParent;
  FormStepInput: FormStepInput;
  FormSubmission: FormSubmission;
  GenericUserError: ShownError;
  HandoffStep: HandoffStepParent;
  HandoffStepInput: HandoffStepInput;
  ID: Scalars['ID']['output'];
  IdempotencyConflictError: ShownError;
  InboxCounters: CountersParent;
  InboxCountersChanged: Omit<InboxCountersChanged, 'inbox'> & { inbox: ResolversParentTypes['InboxCounters'] };
  InboxEvent: PushedEvent;
  Int: Scalars['Int']['output'];
  InviteAgentInput: InviteAgentInput;
  InviteAgentPayload: Omit<InviteAgentPayload, 'errors' | 'invitation'> & { errors: Array<ResolversParentTypes['UserError']>, invitation?: Maybe<ResolversParentTypes['AgentInvitation']> };
  MailAddress: MailAddress;
  MailParticipant: MailParticipant;
  Message: MessageParent;
  MessageAuthor: ResolversUnionTypes<ResolversParentTypes>['MessageAuthor'];
  MessageChanged: Omit<MessageChanged, 'message'> & { message: ResolversParentTypes['Message'] };
  MessageStep: MessageStepParent;
  MessageStepInput: MessageStepInput;
  MessengerDetails: MessengerDetails;
  MessengerProfile: ProfileParent;
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  OpenConversationInput: OpenConversationInput;
  OpenConversationPayload: Omit<OpenConversationPayload, 'conversation' | 'errors'> & { conversation?: Maybe<ResolversParentTypes['Conversation']>, errors: Array<ResolversParentTypes['UserError']> };
  OpeningHours: OpeningHours;
  OpeningHoursInput: OpeningHoursInput;
  OpeningPeriod: OpeningPeriod;
  OpeningPeriodInput: OpeningPeriodInput;
  OutboundMailInput: OutboundMailInput;
  PageInfo: PageInfo;
  Presence: Presence;
  Query: Record<PropertyKey, never>;
  RegisterOutboundInput: RegisterOutboundInput;
  RegisterOutboundPayload: Omit<RegisterOutboundPayload, 'errors'> & { errors: Array<ResolversParentTypes['UserError']> };
  ReplyOption: ReplyOptionParent;
  ReplyPreview: ReplyPreview;
  ReplyTag: ReplyTag;
  ReplyWindowClosedError: ShownError;
  RestoreChatbotAutomationInput: RestoreChatbotAutomationInput;
  ResyncRequired: ResyncRequired;
  RetryMessageInput: RetryMessageInput;
  RevokeAgentInvitationInput: RevokeAgentInvitationInput;
  SafeHTML: Scalars['SafeHTML']['output'];
  SaveChatbotAutomationInput: SaveChatbotAutomationInput;
  SavedResponse: SavedResponseParent;
  SavedResponseCategory: SavedResponseCategoryParent;
  SavedResponseCategoryPayload: Omit<SavedResponseCategoryPayload, 'category' | 'errors'> & { category?: Maybe<ResolversParentTypes['SavedResponseCategory']>, errors: Array<ResolversParentTypes['UserError']> };
  SavedResponseConnection: Omit<SavedResponseConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['SavedResponseEdge']>, nodes: Array<ResolversParentTypes['SavedResponse']> };
  SavedResponseEdge: Omit<SavedResponseEdge, 'node'> & { node: ResolversParentTypes['SavedResponse'] };
  SavedResponsePayload: Omit<SavedResponsePayload, 'errors' | 'savedResponse'> & { errors: Array<ResolversParentTypes['UserError']>, savedResponse?: Maybe<ResolversParentTypes['SavedResponse']> };
  SavedResponsesChanged: Omit<SavedResponsesChanged, 'category' | 'savedResponse'> & { category?: Maybe<ResolversParentTypes['SavedResponseCategory']>, savedResponse?: Maybe<ResolversParentTypes['SavedResponse']> };
  SearchMatch: MatchParent;
  SendMessageInput: SendMessageInput;
  SendMessagePayload: Omit<SendMessagePayload, 'conversation' | 'errors' | 'message'> & { conversation?: Maybe<ResolversParentTypes['Conversation']>, errors: Array<ResolversParentTypes['UserError']>, message?: Maybe<ResolversParentTypes['Message']> };
  StaleVersionError: ShownError;
  StreamEvent: ResolversInterfaceTypes<ResolversParentTypes>['StreamEvent'];
  StreamReady: StreamReady;
  String: Scalars['String']['output'];
  Subscription: Record<PropertyKey, never>;
  TimelineConnection: Omit<TimelineConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['TimelineEdge']>, nodes: Array<ResolversParentTypes['TimelineItem']> };
  TimelineEdge: Omit<TimelineEdge, 'node'> & { node: ResolversParentTypes['TimelineItem'] };
  TimelineItem: ResolversUnionTypes<ResolversParentTypes>['TimelineItem'];
  TimelineItemAdded: Omit<TimelineItemAdded, 'edge'> & { edge: ResolversParentTypes['TimelineEdge'] };
  URL: Scalars['URL']['output'];
  UUID: Scalars['UUID']['output'];
  UnresolvedTagsError: ShownError;
  UpdateAgentInput: UpdateAgentInput;
  UpdateProfileInput: UpdateProfileInput;
  UpdateSavedResponseCategoryInput: UpdateSavedResponseCategoryInput;
  UpdateSavedResponseInput: UpdateSavedResponseInput;
  UserError: ShownError;
  Viewer: ViewerParent;
  Visitor: VisitorParent;
  VisitorPage: VisitorPage;
  VisitorPresenceChanged: Omit<VisitorPresenceChanged, 'visitor'> & { visitor: ResolversParentTypes['Visitor'] };
  WaitStep: WaitStepParent;
  WaitStepInput: WaitStepInput;
};

export type ActorStampResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ActorStamp'] = ResolversParentTypes['ActorStamp']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  by?: Resolver<Maybe<ResolversTypes['Agent']>, ParentType, ContextType>;
  byAutomation?: Resolver<Maybe<ResolversTypes['ChatbotAutomation']>, ParentType, ContextType>;
};

export type AgentResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Agent'] = ResolversParentTypes['Agent']> = {
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  avatarUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  email?: Resolver<ResolversTypes['EmailAddress'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['AgentRole'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AgentActivityResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['AgentActivity'] = ResolversParentTypes['AgentActivity']> = {
  agent?: Resolver<ResolversTypes['Agent'], ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  writing?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type AgentActivityChangedResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['AgentActivityChanged'] = ResolversParentTypes['AgentActivityChanged']> = {
  agentActivity?: Resolver<Array<ResolversTypes['AgentActivity']>, ParentType, ContextType>;
  conversationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AgentChangedResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['AgentChanged'] = ResolversParentTypes['AgentChanged']> = {
  agent?: Resolver<ResolversTypes['Agent'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AgentInvitationResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['AgentInvitation'] = ResolversParentTypes['AgentInvitation']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  email?: Resolver<ResolversTypes['EmailAddress'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invitedBy?: Resolver<Maybe<ResolversTypes['Agent']>, ParentType, ContextType>;
  role?: Resolver<ResolversTypes['AgentRole'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AgentPayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['AgentPayload'] = ResolversParentTypes['AgentPayload']> = {
  agent?: Resolver<Maybe<ResolversTypes['Agent']>, ParentType, ContextType>;
  errors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AskedFormResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['AskedForm'] = ResolversParentTypes['AskedForm']> = {
  fields?: Resolver<Array<ResolversTypes['FormField']>, ParentType, ContextType>;
  formId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  submitLabel?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AttachmentResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Attachment'] = ResolversParentTypes['Attachment']> = {
  byteSize?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  contentType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  downloadUrl?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  filename?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inline?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  thumbnailUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AvailabilityStepResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['AvailabilityStep'] = ResolversParentTypes['AvailabilityStep']> = {
  closed?: Resolver<Array<ResolversTypes['ChatbotStep']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  open?: Resolver<Array<ResolversTypes['ChatbotStep']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChannelResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Channel'] = ResolversParentTypes['Channel']> = {
  address?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  detail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  health?: Resolver<ResolversTypes['ChannelHealth'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ChannelKind'], ParentType, ContextType>;
  lastInboundAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  verifyToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  webhookUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChannelChangedResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ChannelChanged'] = ResolversParentTypes['ChannelChanged']> = {
  canSend?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ChannelKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChannelKindResolvers = EnumResolverSignature<{ EMAIL?: any, MESSENGER?: any, WEB_CHAT?: any }, ResolversTypes['ChannelKind']>;

export type ChatbotAutomationResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ChatbotAutomation'] = ResolversParentTypes['ChatbotAutomation']> = {
  botName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  enabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  openingHours?: Resolver<Maybe<ResolversTypes['OpeningHours']>, ParentType, ContextType>;
  publishedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  publishedBy?: Resolver<Maybe<ResolversTypes['Agent']>, ParentType, ContextType>;
  steps?: Resolver<Array<ResolversTypes['ChatbotStep']>, ParentType, ContextType>;
  trigger?: Resolver<ResolversTypes['ChatbotTrigger'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChatbotAutomationPayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ChatbotAutomationPayload'] = ResolversParentTypes['ChatbotAutomationPayload']> = {
  automation?: Resolver<Maybe<ResolversTypes['ChatbotAutomation']>, ParentType, ContextType>;
  errors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ChatbotAutomationPublishedResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ChatbotAutomationPublished'] = ResolversParentTypes['ChatbotAutomationPublished']> = {
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  published?: Resolver<ResolversTypes['ChatbotAutomationVersion'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChatbotAutomationVersionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ChatbotAutomationVersion'] = ResolversParentTypes['ChatbotAutomationVersion']> = {
  enabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  publishedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  publishedBy?: Resolver<Maybe<ResolversTypes['Agent']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ChatbotStepResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ChatbotStep'] = ResolversParentTypes['ChatbotStep']> = {
  __resolveType: TypeResolveFn<'AvailabilityStep' | 'FormStep' | 'HandoffStep' | 'MessageStep' | 'WaitStep', ParentType, ContextType>;
};

export type ChatbotTriggerResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ChatbotTrigger'] = ResolversParentTypes['ChatbotTrigger']> = {
  kind?: Resolver<ResolversTypes['ChatbotTriggerKind'], ParentType, ContextType>;
  urlContains?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ContactResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Contact'] = ResolversParentTypes['Contact']> = {
  avatarUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  conversations?: Resolver<ResolversTypes['ConversationConnection'], ParentType, ContextType, RequireFields<ContactConversationsArgs, 'first'>>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['EmailAddress']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConversationResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Conversation'] = ResolversParentTypes['Conversation']> = {
  agentActivity?: Resolver<Array<ResolversTypes['AgentActivity']>, ParentType, ContextType>;
  assignee?: Resolver<Maybe<ResolversTypes['Agent']>, ParentType, ContextType>;
  channels?: Resolver<Array<ResolversTypes['ChannelKind']>, ParentType, ContextType>;
  completed?: Resolver<Maybe<ResolversTypes['ActorStamp']>, ParentType, ContextType>;
  contact?: Resolver<Maybe<ResolversTypes['Contact']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastActivityAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastChannel?: Resolver<ResolversTypes['ChannelKind'], ParentType, ContextType>;
  lastMessage?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  messengerProfile?: Resolver<Maybe<ResolversTypes['MessengerProfile']>, ParentType, ContextType>;
  read?: Resolver<Maybe<ResolversTypes['ActorStamp']>, ParentType, ContextType>;
  replyOptions?: Resolver<Maybe<Array<ResolversTypes['ReplyOption']>>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ConversationStatus'], ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  timeline?: Resolver<ResolversTypes['TimelineConnection'], ParentType, ContextType, RequireFields<ConversationTimelineArgs, 'last'>>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  unread?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  visitor?: Resolver<Maybe<ResolversTypes['Visitor']>, ParentType, ContextType>;
  waitingForReply?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConversationActivityResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ConversationActivity'] = ResolversParentTypes['ConversationActivity']> = {
  assignee?: Resolver<Maybe<ResolversTypes['Agent']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ConversationActivityKind'], ParentType, ContextType>;
  stamp?: Resolver<ResolversTypes['ActorStamp'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConversationConnectionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ConversationConnection'] = ResolversParentTypes['ConversationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ConversationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Conversation']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ConversationEdgeResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ConversationEdge'] = ResolversParentTypes['ConversationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  match?: Resolver<Maybe<ResolversTypes['SearchMatch']>, ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Conversation'], ParentType, ContextType>;
};

export type ConversationEventResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ConversationEvent'] = ResolversParentTypes['ConversationEvent']> = {
  __resolveType: TypeResolveFn<'AgentActivityChanged' | 'ConversationUpserted' | 'MessageChanged' | 'ResyncRequired' | 'StreamReady' | 'TimelineItemAdded' | 'VisitorPresenceChanged', ParentType, ContextType>;
};

export type ConversationPayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ConversationPayload'] = ResolversParentTypes['ConversationPayload']> = {
  conversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType>;
  cursor?: Resolver<Maybe<ResolversTypes['EventCursor']>, ParentType, ContextType>;
  errors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ConversationUpsertedResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ConversationUpserted'] = ResolversParentTypes['ConversationUpserted']> = {
  conversation?: Resolver<ResolversTypes['Conversation'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  notify?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeletePayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['DeletePayload'] = ResolversParentTypes['DeletePayload']> = {
  deletedId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  errors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeliveryResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Delivery'] = ResolversParentTypes['Delivery']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  detail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  failureCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['DeliveryState'], ParentType, ContextType>;
};

export interface EmailAddressScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['EmailAddress'], any> {
  name: 'EmailAddress';
}

export type EmailDetailsResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['EmailDetails'] = ResolversParentTypes['EmailDetails']> = {
  answersTo?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  authentication?: Resolver<ResolversTypes['SenderAuthentication'], ParentType, ContextType>;
  automatic?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  cc?: Resolver<Array<ResolversTypes['MailAddress']>, ParentType, ContextType>;
  forwardComment?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  forwardedBy?: Resolver<Maybe<ResolversTypes['MailAddress']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['MailAddress'], ParentType, ContextType>;
  hasHtml?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasQuotedText?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  html?: Resolver<Maybe<ResolversTypes['SafeHTML']>, ParentType, ContextType, RequireFields<EmailDetailsHtmlArgs, 'remoteImages'>>;
  incomplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  originalUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  quotedText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  relatedConversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['EmailSource'], ParentType, ContextType>;
  stranger?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  to?: Resolver<Array<ResolversTypes['MailAddress']>, ParentType, ContextType>;
};

export interface EventCursorScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['EventCursor'], any> {
  name: 'EventCursor';
}

export type FormAnswerResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['FormAnswer'] = ResolversParentTypes['FormAnswer']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FormFieldResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['FormField'] = ResolversParentTypes['FormField']> = {
  key?: Resolver<ResolversTypes['FormFieldKey'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  required?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type FormFieldKeyResolvers = EnumResolverSignature<{ COMPANY?: any, EMAIL?: any, NAME?: any, PHONE?: any }, ResolversTypes['FormFieldKey']>;

export type FormStepResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['FormStep'] = ResolversParentTypes['FormStep']> = {
  fields?: Resolver<Array<ResolversTypes['FormField']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  prompt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  submitLabel?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FormSubmissionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['FormSubmission'] = ResolversParentTypes['FormSubmission']> = {
  answers?: Resolver<Array<ResolversTypes['FormAnswer']>, ParentType, ContextType>;
  formId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type GenericUserErrorResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['GenericUserError'] = ResolversParentTypes['GenericUserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type HandoffStepResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['HandoffStep'] = ResolversParentTypes['HandoffStep']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type IdempotencyConflictErrorResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['IdempotencyConflictError'] = ResolversParentTypes['IdempotencyConflictError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  existingMessage?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InboxCountersResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['InboxCounters'] = ResolversParentTypes['InboxCounters']> = {
  attention?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  open?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unread?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type InboxCountersChangedResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['InboxCountersChanged'] = ResolversParentTypes['InboxCountersChanged']> = {
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  inbox?: Resolver<ResolversTypes['InboxCounters'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InboxEventResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['InboxEvent'] = ResolversParentTypes['InboxEvent']> = {
  __resolveType: TypeResolveFn<'AgentChanged' | 'ChannelChanged' | 'ChatbotAutomationPublished' | 'ConversationUpserted' | 'InboxCountersChanged' | 'ResyncRequired' | 'SavedResponsesChanged' | 'StreamReady' | 'VisitorPresenceChanged', ParentType, ContextType>;
};

export type InviteAgentPayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['InviteAgentPayload'] = ResolversParentTypes['InviteAgentPayload']> = {
  errors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
  invitation?: Resolver<Maybe<ResolversTypes['AgentInvitation']>, ParentType, ContextType>;
  link?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
};

export type MailAddressResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['MailAddress'] = ResolversParentTypes['MailAddress']> = {
  address?: Resolver<ResolversTypes['EmailAddress'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MailParticipantResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['MailParticipant'] = ResolversParentTypes['MailParticipant']> = {
  address?: Resolver<ResolversTypes['EmailAddress'], ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MessageResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Message'] = ResolversParentTypes['Message']> = {
  askedForm?: Resolver<Maybe<ResolversTypes['AskedForm']>, ParentType, ContextType>;
  attachments?: Resolver<Array<ResolversTypes['Attachment']>, ParentType, ContextType>;
  author?: Resolver<ResolversTypes['MessageAuthor'], ParentType, ContextType>;
  channel?: Resolver<ResolversTypes['ChannelKind'], ParentType, ContextType>;
  clientMessageId?: Resolver<Maybe<ResolversTypes['UUID']>, ParentType, ContextType>;
  conversation?: Resolver<ResolversTypes['Conversation'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  delivery?: Resolver<Maybe<ResolversTypes['Delivery']>, ParentType, ContextType>;
  direction?: Resolver<ResolversTypes['MessageDirection'], ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['EmailDetails']>, ParentType, ContextType>;
  form?: Resolver<Maybe<ResolversTypes['FormSubmission']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  messenger?: Resolver<Maybe<ResolversTypes['MessengerDetails']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MessageAuthorResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['MessageAuthor'] = ResolversParentTypes['MessageAuthor']> = {
  __resolveType: TypeResolveFn<'Agent' | 'ChatbotAutomation' | 'Contact' | 'MailParticipant' | 'MessengerProfile' | 'Visitor', ParentType, ContextType>;
};

export type MessageChangedResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['MessageChanged'] = ResolversParentTypes['MessageChanged']> = {
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MessageStepResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['MessageStep'] = ResolversParentTypes['MessageStep']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MessengerDetailsResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['MessengerDetails'] = ResolversParentTypes['MessengerDetails']> = {
  edited?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  external?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  media?: Resolver<ResolversTypes['MessengerMedia'], ParentType, ContextType>;
  reaction?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  unsent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  unsupported?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type MessengerProfileResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['MessengerProfile'] = ResolversParentTypes['MessengerProfile']> = {
  avatarUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MutationResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  assignConversation?: Resolver<ResolversTypes['ConversationPayload'], ParentType, ContextType, RequireFields<MutationAssignConversationArgs, 'input'>>;
  changePassword?: Resolver<ResolversTypes['AgentPayload'], ParentType, ContextType, RequireFields<MutationChangePasswordArgs, 'input'>>;
  completeConversation?: Resolver<ResolversTypes['ConversationPayload'], ParentType, ContextType, RequireFields<MutationCompleteConversationArgs, 'input'>>;
  createSavedResponse?: Resolver<ResolversTypes['SavedResponsePayload'], ParentType, ContextType, RequireFields<MutationCreateSavedResponseArgs, 'input'>>;
  createSavedResponseCategory?: Resolver<ResolversTypes['SavedResponseCategoryPayload'], ParentType, ContextType, RequireFields<MutationCreateSavedResponseCategoryArgs, 'input'>>;
  deleteSavedResponse?: Resolver<ResolversTypes['DeletePayload'], ParentType, ContextType, RequireFields<MutationDeleteSavedResponseArgs, 'input'>>;
  deleteSavedResponseCategory?: Resolver<ResolversTypes['DeletePayload'], ParentType, ContextType, RequireFields<MutationDeleteSavedResponseCategoryArgs, 'input'>>;
  inviteAgent?: Resolver<ResolversTypes['InviteAgentPayload'], ParentType, ContextType, RequireFields<MutationInviteAgentArgs, 'input'>>;
  markConversationUnread?: Resolver<ResolversTypes['ConversationPayload'], ParentType, ContextType, RequireFields<MutationMarkConversationUnreadArgs, 'input'>>;
  openConversation?: Resolver<ResolversTypes['OpenConversationPayload'], ParentType, ContextType, RequireFields<MutationOpenConversationArgs, 'input'>>;
  registerOutbound?: Resolver<ResolversTypes['RegisterOutboundPayload'], ParentType, ContextType, RequireFields<MutationRegisterOutboundArgs, 'input'>>;
  reopenConversation?: Resolver<ResolversTypes['ConversationPayload'], ParentType, ContextType, RequireFields<MutationReopenConversationArgs, 'input'>>;
  restoreChatbotAutomation?: Resolver<ResolversTypes['ChatbotAutomationPayload'], ParentType, ContextType, RequireFields<MutationRestoreChatbotAutomationArgs, 'input'>>;
  retryMessage?: Resolver<ResolversTypes['SendMessagePayload'], ParentType, ContextType, RequireFields<MutationRetryMessageArgs, 'input'>>;
  revokeAgentInvitation?: Resolver<ResolversTypes['DeletePayload'], ParentType, ContextType, RequireFields<MutationRevokeAgentInvitationArgs, 'input'>>;
  saveChatbotAutomation?: Resolver<ResolversTypes['ChatbotAutomationPayload'], ParentType, ContextType, RequireFields<MutationSaveChatbotAutomationArgs, 'input'>>;
  sendMessage?: Resolver<ResolversTypes['SendMessagePayload'], ParentType, ContextType, RequireFields<MutationSendMessageArgs, 'input'>>;
  setAgentActivity?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationSetAgentActivityArgs, 'input'>>;
  updateAgent?: Resolver<ResolversTypes['AgentPayload'], ParentType, ContextType, RequireFields<MutationUpdateAgentArgs, 'input'>>;
  updateProfile?: Resolver<ResolversTypes['AgentPayload'], ParentType, ContextType, RequireFields<MutationUpdateProfileArgs, 'input'>>;
  updateSavedResponse?: Resolver<ResolversTypes['SavedResponsePayload'], ParentType, ContextType, RequireFields<MutationUpdateSavedResponseArgs, 'input'>>;
  updateSavedResponseCategory?: Resolver<ResolversTypes['SavedResponseCategoryPayload'], ParentType, ContextType, RequireFields<MutationUpdateSavedResponseCategoryArgs, 'input'>>;
};

export type NodeResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Agent' | 'AgentInvitation' | 'Attachment' | 'Channel' | 'ChatbotAutomation' | 'Contact' | 'Conversation' | 'ConversationActivity' | 'Message' | 'MessengerProfile' | 'SavedResponse' | 'SavedResponseCategory' | 'Visitor', ParentType, ContextType>;
};

export type OpenConversationPayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['OpenConversationPayload'] = ResolversParentTypes['OpenConversationPayload']> = {
  conversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType>;
  cursor?: Resolver<Maybe<ResolversTypes['EventCursor']>, ParentType, ContextType>;
  errors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type OpeningHoursResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['OpeningHours'] = ResolversParentTypes['OpeningHours']> = {
  holidays?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  weekly?: Resolver<Array<ResolversTypes['OpeningPeriod']>, ParentType, ContextType>;
};

export type OpeningPeriodResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['OpeningPeriod'] = ResolversParentTypes['OpeningPeriod']> = {
  closesAt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  day?: Resolver<ResolversTypes['Weekday'], ParentType, ContextType>;
  opensAt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PresenceResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Presence'] = ResolversParentTypes['Presence']> = {
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['PresenceState'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  agentInvitations?: Resolver<Maybe<Array<ResolversTypes['AgentInvitation']>>, ParentType, ContextType>;
  agents?: Resolver<Maybe<Array<ResolversTypes['Agent']>>, ParentType, ContextType>;
  channels?: Resolver<Maybe<Array<ResolversTypes['Channel']>>, ParentType, ContextType>;
  chatbotAutomation?: Resolver<Maybe<ResolversTypes['ChatbotAutomation']>, ParentType, ContextType, Partial<QueryChatbotAutomationArgs>>;
  chatbotAutomationVersions?: Resolver<Maybe<Array<ResolversTypes['ChatbotAutomationVersion']>>, ParentType, ContextType, RequireFields<QueryChatbotAutomationVersionsArgs, 'first'>>;
  contact?: Resolver<Maybe<ResolversTypes['Contact']>, ParentType, ContextType, RequireFields<QueryContactArgs, 'id'>>;
  conversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType, RequireFields<QueryConversationArgs, 'id'>>;
  conversations?: Resolver<ResolversTypes['ConversationConnection'], ParentType, ContextType, RequireFields<QueryConversationsArgs, 'first'>>;
  inbox?: Resolver<Maybe<ResolversTypes['InboxCounters']>, ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['Node']>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
  replyPreview?: Resolver<Maybe<ResolversTypes['ReplyPreview']>, ParentType, ContextType, RequireFields<QueryReplyPreviewArgs, 'text'>>;
  savedResponseCategories?: Resolver<Maybe<Array<ResolversTypes['SavedResponseCategory']>>, ParentType, ContextType>;
  savedResponses?: Resolver<Maybe<ResolversTypes['SavedResponseConnection']>, ParentType, ContextType, RequireFields<QuerySavedResponsesArgs, 'first'>>;
  viewer?: Resolver<ResolversTypes['Viewer'], ParentType, ContextType>;
};

export type RegisterOutboundPayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['RegisterOutboundPayload'] = ResolversParentTypes['RegisterOutboundPayload']> = {
  errors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
  registered?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ReplyOptionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ReplyOption'] = ResolversParentTypes['ReplyOption']> = {
  available?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  channel?: Resolver<ResolversTypes['ChannelKind'], ParentType, ContextType>;
  default?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  disabledReason?: Resolver<Maybe<ResolversTypes['ReplyDisabledReason']>, ParentType, ContextType>;
  includesTranscript?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  maxLength?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  notice?: Resolver<Maybe<ResolversTypes['ReplyNotice']>, ParentType, ContextType>;
  recipient?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  windowClosesAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ReplyPreviewResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ReplyPreview'] = ResolversParentTypes['ReplyPreview']> = {
  draft?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  offered?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['ReplyTag']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ReplyTagResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ReplyTag'] = ResolversParentTypes['ReplyTag']> = {
  problem?: Resolver<Maybe<ResolversTypes['ReplyTagProblem']>, ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  suggestion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  written?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ReplyWindowClosedErrorResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ReplyWindowClosedError'] = ResolversParentTypes['ReplyWindowClosedError']> = {
  closedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ResyncRequiredResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ResyncRequired'] = ResolversParentTypes['ResyncRequired']> = {
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['ResyncReason'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface SafeHtmlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeHTML'], any> {
  name: 'SafeHTML';
}

export type SavedResponseResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['SavedResponse'] = ResolversParentTypes['SavedResponse']> = {
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['SavedResponseCategory']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedBy?: Resolver<Maybe<ResolversTypes['Agent']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SavedResponseCategoryResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['SavedResponseCategory'] = ResolversParentTypes['SavedResponseCategory']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  savedResponses?: Resolver<Array<ResolversTypes['SavedResponse']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SavedResponseCategoryPayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['SavedResponseCategoryPayload'] = ResolversParentTypes['SavedResponseCategoryPayload']> = {
  category?: Resolver<Maybe<ResolversTypes['SavedResponseCategory']>, ParentType, ContextType>;
  errors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SavedResponseConnectionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['SavedResponseConnection'] = ResolversParentTypes['SavedResponseConnection']> = {
  edges?: Resolver<Array<ResolversTypes['SavedResponseEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['SavedResponse']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SavedResponseEdgeResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['SavedResponseEdge'] = ResolversParentTypes['SavedResponseEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SavedResponse'], ParentType, ContextType>;
};

export type SavedResponsePayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['SavedResponsePayload'] = ResolversParentTypes['SavedResponsePayload']> = {
  errors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
  savedResponse?: Resolver<Maybe<ResolversTypes['SavedResponse']>, ParentType, ContextType>;
};

export type SavedResponsesChangedResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['SavedResponsesChanged'] = ResolversParentTypes['SavedResponsesChanged']> = {
  category?: Resolver<Maybe<ResolversTypes['SavedResponseCategory']>, ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  deletedId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  savedResponse?: Resolver<Maybe<ResolversTypes['SavedResponse']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SearchMatchResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['SearchMatch'] = ResolversParentTypes['SearchMatch']> = {
  excerpt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
};

export type SendMessagePayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['SendMessagePayload'] = ResolversParentTypes['SendMessagePayload']> = {
  conversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType>;
  cursor?: Resolver<Maybe<ResolversTypes['EventCursor']>, ParentType, ContextType>;
  errors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
};

export type StaleVersionErrorResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['StaleVersionError'] = ResolversParentTypes['StaleVersionError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  current?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType>;
  currentVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StreamEventResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['StreamEvent'] = ResolversParentTypes['StreamEvent']> = {
  __resolveType: TypeResolveFn<'AgentActivityChanged' | 'AgentChanged' | 'ChannelChanged' | 'ChatbotAutomationPublished' | 'ConversationUpserted' | 'InboxCountersChanged' | 'MessageChanged' | 'ResyncRequired' | 'SavedResponsesChanged' | 'StreamReady' | 'TimelineItemAdded' | 'VisitorPresenceChanged', ParentType, ContextType>;
};

export type StreamReadyResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['StreamReady'] = ResolversParentTypes['StreamReady']> = {
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  replaying?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  conversationChanged?: SubscriptionResolver<ResolversTypes['ConversationEvent'], "conversationChanged", ParentType, ContextType, RequireFields<SubscriptionConversationChangedArgs, 'id'>>;
  inboxChanged?: SubscriptionResolver<ResolversTypes['InboxEvent'], "inboxChanged", ParentType, ContextType, Partial<SubscriptionInboxChangedArgs>>;
};

export type TimelineConnectionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['TimelineConnection'] = ResolversParentTypes['TimelineConnection']> = {
  edges?: Resolver<Array<ResolversTypes['TimelineEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['TimelineItem']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TimelineEdgeResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['TimelineEdge'] = ResolversParentTypes['TimelineEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TimelineItem'], ParentType, ContextType>;
};

export type TimelineItemResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['TimelineItem'] = ResolversParentTypes['TimelineItem']> = {
  __resolveType: TypeResolveFn<'ConversationActivity' | 'Message', ParentType, ContextType>;
};

export type TimelineItemAddedResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['TimelineItemAdded'] = ResolversParentTypes['TimelineItemAdded']> = {
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  edge?: Resolver<ResolversTypes['TimelineEdge'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export interface UuidScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['UUID'], any> {
  name: 'UUID';
}

export type UnresolvedTagsErrorResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['UnresolvedTagsError'] = ResolversParentTypes['UnresolvedTagsError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['ReplyTag']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'GenericUserError' | 'IdempotencyConflictError' | 'ReplyWindowClosedError' | 'StaleVersionError' | 'UnresolvedTagsError', ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  agent?: Resolver<ResolversTypes['Agent'], ParentType, ContextType>;
  features?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  locale?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sessionExpiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type VisitorResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Visitor'] = ResolversParentTypes['Visitor']> = {
  contact?: Resolver<Maybe<ResolversTypes['Contact']>, ParentType, ContextType>;
  currentPage?: Resolver<Maybe<ResolversTypes['VisitorPage']>, ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  locale?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  presence?: Resolver<ResolversTypes['Presence'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VisitorPageResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['VisitorPage'] = ResolversParentTypes['VisitorPage']> = {
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
};

export type VisitorPresenceChangedResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['VisitorPresenceChanged'] = ResolversParentTypes['VisitorPresenceChanged']> = {
  cursor?: Resolver<ResolversTypes['EventCursor'], ParentType, ContextType>;
  visitor?: Resolver<ResolversTypes['Visitor'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WaitStepResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['WaitStep'] = ResolversParentTypes['WaitStep']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  seconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = GatewayContext> = {
  ActorStamp?: ActorStampResolvers<ContextType>;
  Agent?: AgentResolvers<ContextType>;
  AgentActivity?: AgentActivityResolvers<ContextType>;
  AgentActivityChanged?: AgentActivityChangedResolvers<ContextType>;
  AgentChanged?: AgentChangedResolvers<ContextType>;
  AgentInvitation?: AgentInvitationResolvers<ContextType>;
  AgentPayload?: AgentPayloadResolvers<ContextType>;
  AskedForm?: AskedFormResolvers<ContextType>;
  Attachment?: AttachmentResolvers<ContextType>;
  AvailabilityStep?: AvailabilityStepResolvers<ContextType>;
  Channel?: ChannelResolvers<ContextType>;
  ChannelChanged?: ChannelChangedResolvers<ContextType>;
  ChannelKind?: ChannelKindResolvers;
  ChatbotAutomation?: ChatbotAutomationResolvers<ContextType>;
  ChatbotAutomationPayload?: ChatbotAutomationPayloadResolvers<ContextType>;
  ChatbotAutomationPublished?: ChatbotAutomationPublishedResolvers<ContextType>;
  ChatbotAutomationVersion?: ChatbotAutomationVersionResolvers<ContextType>;
  ChatbotStep?: ChatbotStepResolvers<ContextType>;
  ChatbotTrigger?: ChatbotTriggerResolvers<ContextType>;
  Contact?: ContactResolvers<ContextType>;
  Conversation?: ConversationResolvers<ContextType>;
  ConversationActivity?: ConversationActivityResolvers<ContextType>;
  ConversationConnection?: ConversationConnectionResolvers<ContextType>;
  ConversationEdge?: ConversationEdgeResolvers<ContextType>;
  ConversationEvent?: ConversationEventResolvers<ContextType>;
  ConversationPayload?: ConversationPayloadResolvers<ContextType>;
  ConversationUpserted?: ConversationUpsertedResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeletePayload?: DeletePayloadResolvers<ContextType>;
  Delivery?: DeliveryResolvers<ContextType>;
  EmailAddress?: GraphQLScalarType;
  EmailDetails?: EmailDetailsResolvers<ContextType>;
  EventCursor?: GraphQLScalarType;
  FormAnswer?: FormAnswerResolvers<ContextType>;
  FormField?: FormFieldResolvers<ContextType>;
  FormFieldKey?: FormFieldKeyResolvers;
  FormStep?: FormStepResolvers<ContextType>;
  FormSubmission?: FormSubmissionResolvers<ContextType>;
  GenericUserError?: GenericUserErrorResolvers<ContextType>;
  HandoffStep?: HandoffStepResolvers<ContextType>;
  IdempotencyConflictError?: IdempotencyConflictErrorResolvers<ContextType>;
  InboxCounters?: InboxCountersResolvers<ContextType>;
  InboxCountersChanged?: InboxCountersChangedResolvers<ContextType>;
  InboxEvent?: InboxEventResolvers<ContextType>;
  InviteAgentPayload?: InviteAgentPayloadResolvers<ContextType>;
  MailAddress?: MailAddressResolvers<ContextType>;
  MailParticipant?: MailParticipantResolvers<ContextType>;
  Message?: MessageResolvers<ContextType>;
  MessageAuthor?: MessageAuthorResolvers<ContextType>;
  MessageChanged?: MessageChangedResolvers<ContextType>;
  MessageStep?: MessageStepResolvers<ContextType>;
  MessengerDetails?: MessengerDetailsResolvers<ContextType>;
  MessengerProfile?: MessengerProfileResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  OpenConversationPayload?: OpenConversationPayloadResolvers<ContextType>;
  OpeningHours?: OpeningHoursResolvers<ContextType>;
  OpeningPeriod?: OpeningPeriodResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Presence?: PresenceResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RegisterOutboundPayload?: RegisterOutboundPayloadResolvers<ContextType>;
  ReplyOption?: ReplyOptionResolvers<ContextType>;
  ReplyPreview?: ReplyPreviewResolvers<ContextType>;
  ReplyTag?: ReplyTagResolvers<ContextType>;
  ReplyWindowClosedError?: ReplyWindowClosedErrorResolvers<ContextType>;
  ResyncRequired?: ResyncRequiredResolvers<ContextType>;
  SafeHTML?: GraphQLScalarType;
  SavedResponse?: SavedResponseResolvers<ContextType>;
  SavedResponseCategory?: SavedResponseCategoryResolvers<ContextType>;
  SavedResponseCategoryPayload?: SavedResponseCategoryPayloadResolvers<ContextType>;
  SavedResponseConnection?: SavedResponseConnectionResolvers<ContextType>;
  SavedResponseEdge?: SavedResponseEdgeResolvers<ContextType>;
  SavedResponsePayload?: SavedResponsePayloadResolvers<ContextType>;
  SavedResponsesChanged?: SavedResponsesChangedResolvers<ContextType>;
  SearchMatch?: SearchMatchResolvers<ContextType>;
  SendMessagePayload?: SendMessagePayloadResolvers<ContextType>;
  StaleVersionError?: StaleVersionErrorResolvers<ContextType>;
  StreamEvent?: StreamEventResolvers<ContextType>;
  StreamReady?: StreamReadyResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TimelineConnection?: TimelineConnectionResolvers<ContextType>;
  TimelineEdge?: TimelineEdgeResolvers<ContextType>;
  TimelineItem?: TimelineItemResolvers<ContextType>;
  TimelineItemAdded?: TimelineItemAddedResolvers<ContextType>;
  URL?: GraphQLScalarType;
  UUID?: GraphQLScalarType;
  UnresolvedTagsError?: UnresolvedTagsErrorResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
  Visitor?: VisitorResolvers<ContextType>;
  VisitorPage?: VisitorPageResolvers<ContextType>;
  VisitorPresenceChanged?: VisitorPresenceChangedResolvers<ContextType>;
  WaitStep?: WaitStepResolvers<ContextType>;
};


import type {
  ActivitySnapshot,
  AutomationSnapshot,
  AutomationVersion,
  FlowStep,
  FormField,
  Actor,
  Channel,
  ChannelState,
  ContactSnapshot,
  ConversationSnapshot,
  MessageSnapshot,
  OutputOf,
  CountInbox,
  Page,
  ReplyOption,
  SavedResponseCategorySnapshot,
  SavedResponseSnapshot,
  VisitorSnapshot,
} from '@conversations/contracts';

/** What resolvers receive as parent of each GraphQL type: the snapshots of the bus as they are, or a bare id to load. */
export type ChannelKind = Channel;
export type ConversationParent = ConversationSnapshot;
export type MessageParent = MessageSnapshot;
export type ThreadLineParent = ActivitySnapshot;
export type ReplyOptionParent = ReplyOption;
export type EmailParent = NonNullable<MessageSnapshot['email']> & { message: MessageSnapshot };
export type ChannelParent = ChannelState;
export type DeliveryParent = NonNullable<MessageSnapshot['delivery']>;
export type AttachmentParent = MessageSnapshot['attachments'][number];
export type StepParent = FlowStep;
export type MessageStepParent = Extract<FlowStep, { kind: 'message' }>;
export type FormStepParent = Extract<FlowStep, { kind: 'form' }>;
export type WaitStepParent = Extract<FlowStep, { kind: 'wait' }>;
export type AvailabilityStepParent = Extract<FlowStep, { kind: 'availability' }>;
export type HandoffStepParent = Extract<FlowStep, { kind: 'handoff' }>;
export type FormFieldKey = FormField['key'];
export type FormFieldParent = FormField;
export type AutomationVersionParent = AutomationVersion;
export type SavedResponseParent = SavedResponseSnapshot;
export type SavedResponseCategoryParent = SavedResponseCategorySnapshot;
export type CountersParent = OutputOf<typeof CountInbox>;
export interface ContactParent {
  id: string;
  displayName?: string;
  loaded?: ContactSnapshot;
}
export interface VisitorParent {
  id: string;
  /** As it stood when the visitor wrote. */
  displayName?: string;
  loaded?: VisitorSnapshot;
  /** A transition just heard; newer than what the presence bucket may show. */
  presence?: { online: boolean; since: string; page: Page | null };
  /** The visitor was here at that time at the latest; stands in for `since` of one whose leaving nobody here heard. */
  lastSign?: string;
}
export interface ProfileParent {
  id: string;
  /** The current one. */
  displayName?: string;
  /** As it stood when the person wrote; shown when nobody can tell the current one. */
  nameThen?: string;
}
export interface AutomationParent {
  id: string;
  /** As it stood when the bot wrote. */
  nameThen?: string;
  loaded?: AutomationSnapshot;
}
export interface StampParent {
  by: Actor;
  at: string;
}
export interface ActivityParent {
  agentId: string;
  writing: boolean;
  since: string;
}
export interface MatchParent {
  messageId: string;
  excerpt: string;
}
export interface ActivityChangeParent {
  cursor: string;
  conversationId: string;
}
export interface ConversationListParent {
  edges: { cursor: string; node: ConversationSnapshot; match: MatchParent | null }[];
  nodes: ConversationSnapshot[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  /** Counting may look at 1,000 rows more than the page: done only when asked for. */
  count: () => Promise<number | null>;
}

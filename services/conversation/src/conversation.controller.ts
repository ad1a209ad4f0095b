import type { InputOf } from '@conversations/contracts';
import {
  AssignConversation,
  CompleteConversation,
  CompleteUpload,
  CountInbox,
  FindAskedForm,
  FindAttachment,
  FindUploads,
  FindVisitorMessages,
  GetAutomation,
  GetContacts,
  GetConversations,
  GetMailBodies,
  GetMessages,
  GetMessengerProfiles,
  GetReplyOptions,
  GetVisitors,
  ListAutomationVersions,
  ListConversations,
  ListTimelines,
  ListVisitorMessages,
  MarkConversationUnread,
  PreviewReply,
  ReadConversation,
  RegisterOutbound as RegisterOutboundRequest,
  ReopenConversation,
  Reply as ReplyRequest,
  ReserveUpload,
  ResumeVisitor,
  RetryMessage as RetryMessageRequest,
  SaveAutomation,
  SweepUploads,
} from '@conversations/contracts';
import type { LaneBatch } from '@conversations/messaging';
import { OnBatch, OnRequest } from '@conversations/messaging';
import type { Tx } from '@conversations/persistence';
import { Controller } from '@nestjs/common';
import { PublishFlow } from './automation/publish-flow';
import { Uploads } from './attachment/uploads';
import { PeopleQuery } from './contact/people.query';
import { Assign } from './conversation/assign';
import { Complete } from './conversation/complete';
import { InboxQuery } from './conversation/inbox.query';
import { Read } from './conversation/read';
import { ReceiveBatch } from './conversation/receive-batch';
import { Reply } from './conversation/reply';
import { ReplyOptionsQuery } from './conversation/reply-options.query';
import { RetryMessage } from './conversation/retry-message';
import { TagValuesQuery } from './conversation/tag-values.query';
import { ThreadQuery } from './conversation/thread.query';
import { MailBodiesQuery } from './mail/mail-bodies.query';
import { RegisterOutbound } from './mail/register-outbound';
import { VisitorThreadQuery } from './conversation/visitor-thread.query';

/** Everything the service hears and answers. */
@Controller()
export class ConversationController {
  constructor(
    private readonly receive: ReceiveBatch,
    private readonly replies: Reply,
    private readonly retrying: RetryMessage,
    private readonly reading: Read,
    private readonly completing: Complete,
    private readonly assigning: Assign,
    private readonly replyOptions: ReplyOptionsQuery,
    private readonly tagValues: TagValuesQuery,
    private readonly inbox: InboxQuery,
    private readonly thread: ThreadQuery,
    private readonly people: PeopleQuery,
    private readonly visitorThread: VisitorThreadQuery,
    private readonly uploads: Uploads,
    private readonly registering: RegisterOutbound,
    private readonly mailBodies: MailBodiesQuery,
    private readonly flow: PublishFlow,
  ) {}

  @OnBatch<Tx>('INBOUND')
  receiveInbound(batch: LaneBatch<Tx>) {
    return this.receive.run(batch);
  }

  @OnRequest(ReplyRequest)
  reply(input: InputOf<typeof ReplyRequest>) {
    return this.replies.run(input);
  }

  @OnRequest(PreviewReply)
  previewReply(input: InputOf<typeof PreviewReply>) {
    return this.tagValues.preview(input);
  }

  @OnRequest(RetryMessageRequest)
  retryMessage(input: InputOf<typeof RetryMessageRequest>) {
    return this.retrying.run(input);
  }

  @OnRequest(ReadConversation)
  read(input: InputOf<typeof ReadConversation>) {
    return this.reading.run(input);
  }

  @OnRequest(MarkConversationUnread)
  markUnread(input: InputOf<typeof MarkConversationUnread>) {
    return this.reading.unread(input);
  }

  @OnRequest(CompleteConversation)
  complete(input: InputOf<typeof CompleteConversation>) {
    return this.completing.run(input);
  }

  @OnRequest(ReopenConversation)
  reopen(input: InputOf<typeof ReopenConversation>) {
    return this.completing.reopen(input);
  }

  @OnRequest(AssignConversation)
  assign(input: InputOf<typeof AssignConversation>) {
    return this.assigning.run(input);
  }

  @OnRequest(GetReplyOptions)
  getReplyOptions(input: InputOf<typeof GetReplyOptions>) {
    return this.replyOptions.list(input);
  }

  @OnRequest(ListConversations)
  listConversations(input: InputOf<typeof ListConversations>) {
    return this.inbox.list(input);
  }

  @OnRequest(CountInbox)
  countInbox() {
    return this.inbox.count();
  }

  @OnRequest(GetConversations)
  getConversations(input: InputOf<typeof GetConversations>) {
    return this.inbox.get(input);
  }

  @OnRequest(ListTimelines)
  listTimelines(input: InputOf<typeof ListTimelines>) {
    return this.thread.list(input);
  }

  @OnRequest(GetMessages)
  getMessages(input: InputOf<typeof GetMessages>) {
    return this.thread.get(input);
  }

  @OnRequest(GetContacts)
  getContacts(input: InputOf<typeof GetContacts>) {
    return this.people.contacts(input);
  }

  @OnRequest(GetVisitors)
  getVisitors(input: InputOf<typeof GetVisitors>) {
    return this.people.visitors(input);
  }

  @OnRequest(GetMessengerProfiles)
  getMessengerProfiles(input: InputOf<typeof GetMessengerProfiles>) {
    return this.people.messengerProfiles(input);
  }

  @OnRequest(ResumeVisitor)
  resumeVisitor(input: InputOf<typeof ResumeVisitor>) {
    return this.visitorThread.resume(input);
  }

  @OnRequest(ListVisitorMessages)
  listVisitorMessages(input: InputOf<typeof ListVisitorMessages>) {
    return this.visitorThread.older(input);
  }

  @OnRequest(FindVisitorMessages)
  findVisitorMessages(input: InputOf<typeof FindVisitorMessages>) {
    return this.visitorThread.find(input);
  }

  @OnRequest(FindAskedForm)
  findAskedForm(input: InputOf<typeof FindAskedForm>) {
    return this.visitorThread.askedForm(input);
  }

  @OnRequest(ReserveUpload)
  reserveUpload(input: InputOf<typeof ReserveUpload>) {
    return this.uploads.reserve(input);
  }

  @OnRequest(CompleteUpload)
  completeUpload(input: InputOf<typeof CompleteUpload>) {
    return this.uploads.complete(input);
  }

  @OnRequest(FindUploads)
  findUploads(input: InputOf<typeof FindUploads>) {
    return this.uploads.find(input);
  }

  @OnRequest(FindAttachment)
  findAttachment(input: InputOf<typeof FindAttachment>) {
    return this.uploads.locate(input);
  }

  @OnRequest(SweepUploads)
  sweepUploads(input: InputOf<typeof SweepUploads>) {
    return this.uploads.sweep(input);
  }

  @OnRequest(RegisterOutboundRequest)
  registerOutbound(input: InputOf<typeof RegisterOutboundRequest>) {
    return this.registering.run(input);
  }

  @OnRequest(GetAutomation)
  getAutomation(input: InputOf<typeof GetAutomation>) {
    return this.flow.get(input);
  }

  @OnRequest(ListAutomationVersions)
  listAutomationVersions(input: InputOf<typeof ListAutomationVersions>) {
    return this.flow.list(input);
  }

  @OnRequest(SaveAutomation)
  saveAutomation(input: InputOf<typeof SaveAutomation>) {
    return this.flow.run(input);
  }

  @OnRequest(GetMailBodies)
  getMailBodies(input: InputOf<typeof GetMailBodies>) {
    return this.mailBodies.get(input);
  }
}

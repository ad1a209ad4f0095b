import { Database } from '@conversations/persistence';
import { Metrics } from '@conversations/runtime';
import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FlowVersions } from './automation/flow-versions';
import { PublishFlow } from './automation/publish-flow';
import { Uploads } from './attachment/uploads';
import { PeopleQuery } from './contact/people.query';
import { Assign } from './conversation/assign';
import { Complete } from './conversation/complete';
import { InboxQuery } from './conversation/inbox.query';
import { Read } from './conversation/read';
import { ReceiveBatch } from './conversation/receive-batch';
import { Reply } from './conversation/reply';
import { ConfiguredChannels, ReplyOptionsQuery, VisitorPresence } from './conversation/reply-options.query';
import { RetryMessage } from './conversation/retry-message';
import { SearchQuery } from './conversation/search.query';
import { TagValuesQuery } from './conversation/tag-values.query';
import { ThreadQuery } from './conversation/thread.query';
import { VisitorThreadQuery } from './conversation/visitor-thread.query';
import { EmailRules } from './mail/email-rules';
import { MailBodiesQuery } from './mail/mail-bodies.query';
import { RegisterOutbound } from './mail/register-outbound';
import { ConversationController } from './conversation.controller';

/** What the process opened before Nest starts. */
interface Connections {
  database: Database;
  metrics: Metrics;
  presence: VisitorPresence;
  channels: ConfiguredChannels;
  email: EmailRules;
  flows: FlowVersions;
}

@Module({
  controllers: [ConversationController],
  providers: [
    ReceiveBatch,
    Reply,
    RetryMessage,
    Read,
    Complete,
    Assign,
    ReplyOptionsQuery,
    TagValuesQuery,
    InboxQuery,
    SearchQuery,
    ThreadQuery,
    PeopleQuery,
    VisitorThreadQuery,
    Uploads,
    RegisterOutbound,
    MailBodiesQuery,
    PublishFlow,
  ],
})
export class AppModule {
  static with({ database, metrics, presence, channels, email, flows }: Connections): DynamicModule {
    return {
      module: AppModule,
      providers: [
        { provide: Database, useValue: database },
        { provide: DataSource, useValue: database.dataSource },
        { provide: Metrics, useValue: metrics },
        { provide: VisitorPresence, useValue: presence },
        { provide: ConfiguredChannels, useValue: channels },
        { provide: EmailRules, useValue: email },
        { provide: FlowVersions, useValue: flows },
      ],
    };
  }
}

import { Module, type DynamicModule } from '@nestjs/common';
import { Messaging, type PresenceBucket } from '@conversations/messaging';
import { Metrics, type Logger } from '@conversations/runtime';
import { AllowedOrigins } from './allowed-origin';
import { AttachmentLinks } from './attachment-links';
import { ChatController } from './chat.controller';
import { LOG, PRESENCE, SETTINGS, type ChatGatewaySettings } from './config';
import { GreetVisitor } from './greet-visitor';
import { HandleFrame } from './handle-frame';
import { HttpFallback } from './http-fallback';
import { HttpVisitors } from './http-visitor';
import { IdentifyVisitor } from './identify-visitor';
import { Limits } from './limits';
import { LiveDelivery } from './live-delivery';
import { OpenSession } from './open-session';
import { Presence } from './presence';
import { ReadReceipts } from './read-receipts';
import { ReceiveChat } from './receive-chat';
import { ServeWidget } from './serve-widget';
import { TypingNotices } from './typing';
import { VisitorFiles } from './visitor-files';
import { VisitorSessions } from './visitor-sessions';
import { WidgetGateway } from './widget.gateway';

/** What the process brings with it. */
interface Surroundings {
  settings: ChatGatewaySettings;
  log: Logger;
  metrics: Metrics;
  messaging: Messaging;
  presence: PresenceBucket;
}

@Module({})
export class AppModule {
  static of({ settings, log, metrics, messaging, presence }: Surroundings): DynamicModule {
    return {
      module: AppModule,
      controllers: [ChatController],
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: LOG, useValue: log },
        { provide: PRESENCE, useValue: presence },
        { provide: Metrics, useValue: metrics },
        { provide: Messaging, useValue: messaging },
        AllowedOrigins,
        AttachmentLinks,
        GreetVisitor,
        HandleFrame,
        HttpFallback,
        HttpVisitors,
        IdentifyVisitor,
        Limits,
        LiveDelivery,
        OpenSession,
        Presence,
        ReadReceipts,
        ReceiveChat,
        ServeWidget,
        TypingNotices,
        VisitorFiles,
        VisitorSessions,
        WidgetGateway,
      ],
    };
  }
}

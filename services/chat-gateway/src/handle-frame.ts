import { Inject, Injectable } from '@nestjs/common';
import type { WidgetFrame } from '@conversations/contracts';
import { GreetVisitor } from './greet-visitor';
import { IdentifyVisitor } from './identify-visitor';
import { Presence } from './presence';
import { readPage } from './read-frame';
import { ReadReceipts } from './read-receipts';
import { ReceiveChat } from './receive-chat';
import { TypingNotices } from './typing';
import type { VisitorSession } from './visitor-session';

/** What each frame of a welcomed browser does. */
@Injectable()
export class HandleFrame {
  constructor(
    @Inject(ReceiveChat) private readonly receiveChat: ReceiveChat,
    @Inject(ReadReceipts) private readonly readReceipts: ReadReceipts,
    @Inject(TypingNotices) private readonly typing: TypingNotices,
    @Inject(IdentifyVisitor) private readonly identifyVisitor: IdentifyVisitor,
    @Inject(GreetVisitor) private readonly greetVisitor: GreetVisitor,
    @Inject(Presence) private readonly presence: Presence,
  ) {}

  run(session: VisitorSession, frame: Exclude<WidgetFrame, { t: 'hello' }>): void {
    switch (frame.t) {
      case 'send': {
        this.receiveChat.send(session, frame);
        return;
      }
      case 'form': {
        this.receiveChat.submitForm(session, frame);
        return;
      }
      case 'read': {
        this.readReceipts.read(session, frame.upToSeq);
        return;
      }
      case 'typing': {
        this.typing.visitorTypes(session, frame.on);
        return;
      }
      case 'identify': {
        this.identifyVisitor.run(session, frame.jwt);
        return;
      }
      case 'opened': {
        void this.greetVisitor.run(session);
        return;
      }
      case 'contact': {
        this.identifyVisitor.claim(session, frame);
        return;
      }
      case 'page':
        session.page = readPage(frame) ?? session.page;
        {
          this.presence.moved(session);
          return;
        }
      case 'pong':
        return;
    }
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { WidgetFrame } from '@conversations/contracts';
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
    @Inject(Presence) private readonly presence: Presence,
  ) {}

  run(session: VisitorSession, frame: Exclude<WidgetFrame, { t: 'hello' }>): void {
    switch (frame.t) {
      case 'send':
        return this.receiveChat.send(session, frame);
      case 'form':
        return this.receiveChat.submitForm(session, frame);
      case 'read':
        return this.readReceipts.read(session, frame.upToSeq);
      case 'typing':
        return this.typing.visitorTypes(session, frame.on);
      case 'identify':
        return this.identifyVisitor.run(session, frame.jwt);
      case 'page':
        session.page = readPage(frame) ?? session.page;
        return this.presence.moved(session);
      case 'pong':
        return;
    }
  }
}

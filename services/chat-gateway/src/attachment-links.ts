import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { VisitorMessage, WidgetMessage } from '@conversations/contracts';
import { SETTINGS, type ChatGatewaySettings } from './config';

const LIFE_SECONDS = 15 * 60;

/**
 * Addresses of attachments for pictures and links, which cannot send a header. One is good for its visitor's file and for some minutes;
 * all replicas sign alike.
 */
@Injectable()
export class AttachmentLinks {
  private readonly key: Buffer;

  constructor(@Inject(SETTINGS) settings: ChatGatewaySettings) {
    this.key = createHmac('sha256', settings.CHAT_TOKEN_SECRET).update('attachment-link').digest();
  }

  /** Relative to the gateway, as the iframe is. */
  of(attachmentId: string, visitorId: string, now = Date.now()): string {
    // Whole minutes: a thread that is read twice names a picture alike, so that the browser has it already.
    const until = Math.ceil(now / 60_000) * 60 + LIFE_SECONDS;
    const query = new URLSearchParams({ visitor: visitorId, until: String(until) });
    query.set('mac', this.mac(attachmentId, visitorId, until));
    return `/widget/v1/attachments/${encodeURIComponent(attachmentId)}?${query.toString()}`;
  }

  /** True for what was signed here and is not over. */
  holds(attachmentId: string, visitorId: string, until: number, mac: string, now = Date.now()): boolean {
    const given = Buffer.from(mac);
    const right = Buffer.from(this.mac(attachmentId, visitorId, until));
    return given.length === right.length && timingSafeEqual(given, right) && now < until * 1000;
  }

  /** What the widget gets of messages. */
  sign(messages: readonly VisitorMessage[], visitorId: string): WidgetMessage[] {
    return messages.map((message) => ({
      ...message,
      attachments: message.attachments.map((attachment) => ({ ...attachment, url: this.of(attachment.id, visitorId) })),
    }));
  }

  private mac(attachmentId: string, visitorId: string, until: number): string {
    return createHmac('sha256', this.key)
      .update(JSON.stringify([attachmentId, visitorId, until]))
      .digest('base64url');
  }
}

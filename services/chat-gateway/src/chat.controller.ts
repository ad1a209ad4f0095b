import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res, type OnApplicationBootstrap } from '@nestjs/common';
import {
  ConversationAssigned,
  ConversationCompleted,
  ConversationOpened,
  ConversationRead,
  ConversationReopened,
  ConversationUnread,
  MessageAdded,
  Typing,
} from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import type { Logger } from '@conversations/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LOG } from './config';
import { HttpFallback } from './http-fallback';
import { HttpVisitors } from './http-visitor';
import { LiveDelivery } from './live-delivery';
import { ServeWidget } from './serve-widget';
import { TypingNotices } from './typing';
import { VisitorFiles } from './visitor-files';

const EVENTS = [
  ConversationOpened,
  MessageAdded,
  ConversationRead,
  ConversationUnread,
  ConversationCompleted,
  ConversationReopened,
  ConversationAssigned,
];

/** All that the service answers over HTTP and hears from the broker; the WebSocket is in widget.gateway.ts. */
@Controller()
export class ChatController implements OnApplicationBootstrap {
  constructor(
    @Inject(ServeWidget) private readonly widget: ServeWidget,
    @Inject(HttpVisitors) private readonly visitors: HttpVisitors,
    @Inject(HttpFallback) private readonly fallback: HttpFallback,
    @Inject(VisitorFiles) private readonly files: VisitorFiles,
    @Inject(LiveDelivery) private readonly delivery: LiveDelivery,
    @Inject(TypingNotices) private readonly typing: TypingNotices,
    @Inject(Messaging) private readonly messaging: Messaging,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  @Get('widget.js')
  loader(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.widget.loader(request, reply);
  }

  @Get('widget')
  frame(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.widget.frame(request, reply);
  }

  @Get('widget/app.js')
  script(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.widget.asset(request, reply, 'app.js');
  }

  @Get('widget/app.css')
  styles(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.widget.asset(request, reply, 'app.css');
  }

  @Get('demo')
  demo(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.widget.demo(request, reply, null);
  }

  @Get('demo/shop.css')
  demoStyles(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.widget.demoStyles(request, reply);
  }

  @Get('demo/shop.js')
  demoScript(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.widget.demoScript(request, reply);
  }

  @Get('demo/:page')
  demoPage(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('page') page: string): void {
    this.widget.demo(request, reply, page);
  }

  @Post('widget/v1/send')
  @HttpCode(200)
  async send(@Req() request: FastifyRequest) {
    const message = this.visitors.message(request);
    return 'nack' in message ? message.nack : this.fallback.send(message.visitor, message.frame, message.about);
  }

  @Get('widget/v1/events')
  async events(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { visitor, afterSeq } = this.visitors.query(request);
    return this.fallback.events(visitor, afterSeq, (leave) => reply.raw.once('close', leave));
  }

  @Get('widget/v1/messages')
  async messages(@Req() request: FastifyRequest) {
    const { visitor, before } = this.visitors.query(request);
    return this.fallback.older(visitor, before);
  }

  /** Files are taken by `POST /widget/v1/uploads`, in visitor-files.ts. */
  @Get('widget/v1/attachments/:id')
  attachment(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string) {
    return this.files.serve(request, reply, id);
  }

  @Get('widget/v1/attachments/:id/link')
  attachmentLink(@Req() request: FastifyRequest, @Param('id') id: string) {
    return this.files.link(request, id);
  }

  /** Resolves when nothing that happens from now on can be missed; only then sockets are taken. */
  async onApplicationBootstrap(): Promise<void> {
    this.messaging.subscribeLive(Typing, ({ data }) => this.typing.agentTypes(data));
    const follower = this.messaging.followEvents({
      filters: EVENTS.map(({ filter }) => filter),
      from: 'new',
      onBatch: (events) => this.delivery.deliver(events),
      onReset: (identity) => this.log.warn({ identity }, 'events.made-anew'),
    });
    await follower.ready;
  }
}

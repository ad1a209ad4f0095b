import { type DataOf, ListMessengerChannels, SendMessenger } from '@conversations/contracts';
import { OnEvent, OnRequest } from '@conversations/messaging';
import { Body, Controller, Get, Headers, HttpCode, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ListChannels, WEBHOOK_PATH } from './pages/list-channels.query';
import { StoreCommand } from './send/store-command';
import { Webhook } from './webhook/webhook';

/** Everything the service hears and answers. */
@Controller()
export class MessengerController {
  constructor(
    private readonly webhook: Webhook,
    private readonly commands: StoreCommand,
    private readonly channels: ListChannels,
  ) {}

  @Get(WEBHOOK_PATH)
  subscribe(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    return this.webhook.subscribe(query, reply);
  }

  @Post(WEBHOOK_PATH)
  @HttpCode(200)
  deliver(@Body() body: unknown, @Headers('x-hub-signature-256') signature: unknown, @Res() reply: FastifyReply) {
    return this.webhook.deliver(body, signature, reply);
  }

  @OnEvent(SendMessenger, { durable: 'messenger-connector-send' })
  send(command: DataOf<typeof SendMessenger>) {
    return this.commands.run(command);
  }

  @OnRequest(ListMessengerChannels)
  listChannels() {
    return this.channels.run();
  }
}

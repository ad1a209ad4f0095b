import { type DataOf, ListEmailChannels, SendEmail } from '@conversations/contracts';
import { OnEvent, OnRequest } from '@conversations/messaging';
import { Controller } from '@nestjs/common';
import { ListChannels } from './list-channels';
import { AcceptSend } from './outbound/accept-send';

/** Everything the service hears and answers. */
@Controller()
export class EmailController {
  constructor(
    private readonly channels: ListChannels,
    private readonly accepting: AcceptSend,
  ) {}

  @OnEvent(SendEmail, { durable: 'email-ingest-send' })
  sendEmail(data: DataOf<typeof SendEmail>) {
    return this.accepting.run(data);
  }

  @OnRequest(ListEmailChannels)
  listChannels() {
    return this.channels.run();
  }
}

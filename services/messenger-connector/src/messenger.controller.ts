import { ListMessengerChannels } from '@conversations/contracts';
import { OnRequest } from '@conversations/messaging';
import { Controller } from '@nestjs/common';

/** Everything the service hears and answers. */
@Controller()
export class MessengerController {
  @OnRequest(ListMessengerChannels)
  async listChannels() {
    return { channels: [] };
  }
}

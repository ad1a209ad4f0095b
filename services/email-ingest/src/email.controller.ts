import { ListEmailChannels } from '@conversations/contracts';
import { OnRequest } from '@conversations/messaging';
import { Controller } from '@nestjs/common';
import { ListChannels } from './list-channels';

/** Everything the service hears and answers. */
@Controller()
export class EmailController {
  constructor(private readonly channels: ListChannels) {}

  @OnRequest(ListEmailChannels)
  listChannels() {
    return this.channels.run();
  }
}

import { MessengerPageChanged } from '@conversations/contracts';
import { inbound } from '../conversation/inbound';

/** Whether answers can be sent through a page changed; composers ask when they open. */
export const changePage = inbound(
  MessengerPageChanged,
  () => ({}),
  (batch, page) => batch.messenger.changedPage(page),
);

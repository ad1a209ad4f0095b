import { MessengerPageChanged } from '@conversations/contracts';
import { inbound } from '../conversation/inbound';

/** Whether answers can be sent through a page changed; open composers hear of it. */
export const changePage = inbound(
  MessengerPageChanged,
  () => ({}),
  (batch, page, cause) => batch.messenger.changedPage(page, cause),
);

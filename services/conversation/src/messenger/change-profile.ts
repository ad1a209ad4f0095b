import { MessengerProfileChanged } from '@conversations/contracts';
import { inbound } from '../conversation/inbound';
import { knowPerson } from './know-person';

/** A person's name or picture was looked up, or the person came back through a link, which opens the window without a message. */
export const changeProfile = inbound(
  MessengerProfileChanged,
  ({ threadKey, profile }) => ({ messenger: { threadKey, displayName: profile.displayName } }),
  (batch, { at, ...told }, cause) => {
    knowPerson(batch, { ...told, at: new Date(at), by: 'look-up' }, cause);
  },
);

import {
  type ChannelState,
  type InputOf,
  ListEmailChannels,
  ListMessengerChannels,
  MAX_BATCH,
  RegisterOutbound,
  UserError,
} from '@conversations/contracts';
import type { GatewayContext } from './context';
import { payload } from './errors';
import type { OutboundMailInput, Resolvers } from './generated/resolvers';

const ADAPTERS: { kind: ChannelState['channel']; name: string; list: typeof ListEmailChannels }[] = [
  { kind: 'email', name: 'Email', list: ListEmailChannels },
  { kind: 'messenger', name: 'Messenger', list: ListMessengerChannels },
];

/** What an adapter says of its channels; one that does not answer stands there as what needs attention. */
async function channelsOf({ kind, name, list }: (typeof ADAPTERS)[number], { ask }: GatewayContext) {
  try {
    return (await ask(list, {})).channels;
  } catch {
    const detail = `${list.service} does not answer. Start it, or leave it as it is where this installation has no such channel.`;
    return [
      {
        id: kind,
        channel: kind,
        name,
        address: null,
        health: 'NEEDS_ATTENTION',
        detail,
        lastInboundAt: null,
        webhook: null,
      },
    ] satisfies ChannelState[];
  }
}

type Mail = InputOf<typeof RegisterOutbound>['mails'][number];

function registered({ messageId, address, subject, sentAt }: OutboundMailInput, index: number): Mail {
  const mail = {
    rfcMessageId: messageId.trim().replace(/^<|>$/g, ''),
    address,
    subject,
    sentAt: new Date(sentAt).toISOString(),
  };
  const { error } = RegisterOutbound.input.shape.mails.element.safeParse(mail);
  if (error === undefined) return mail;
  const field = String(error.issues[0]?.path[0]);
  const path = ['input', 'mails', String(index), field === 'rfcMessageId' ? 'messageId' : field];
  throw new UserError('INVALID_INPUT', error.issues[0]?.message ?? 'This is no mail', { path });
}

export const channelResolvers: Resolvers = {
  Query: {
    channels: async (_root, _args, context) =>
      (await Promise.all(ADAPTERS.map((adapter) => channelsOf(adapter, context)))).flat(),
  },
  Mutation: {
    registerOutbound: (_root, { input: { mails } }, { ask }) =>
      payload(async () => {
        if (mails.length === 0 || mails.length > MAX_BATCH)
          throw new UserError('INVALID_INPUT', `1 to ${String(MAX_BATCH)} mails at once`, { path: ['input', 'mails'] });
        return { ...(await ask(RegisterOutbound, { mails: mails.map(registered) })), errors: [] };
      }),
  },
  Channel: {
    kind: ({ channel }) => channel,
    webhookUrl: ({ webhook }, _args, { publicOrigin }) => webhook && new URL(webhook.address, publicOrigin).href,
    verifyToken: ({ webhook }) => webhook && webhook.verifyToken,
  },
};

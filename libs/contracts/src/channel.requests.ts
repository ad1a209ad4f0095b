import { z } from 'zod';
import { Channel, Timestamp } from './conversation';
import { defineRequest } from './define';

/** One mailbox, page or listener, for the admins' page. */
export const ChannelState = z.object({
  /** Stable, e.g. `mailbox:support`, `page:104`. */
  id: z.string().max(100),
  channel: Channel,
  name: z.string(),
  /** Address that people write to. */
  address: z.string().nullable(),
  health: z.enum(['OK', 'DEGRADED', 'NEEDS_ATTENTION']),
  /** What is wrong and what an admin can do about it, in English; null when all is well. */
  detail: z.string().nullable(),
  lastInboundAt: Timestamp.nullable(),
  /** What the other side has to be told, to be copied by an admin. */
  webhook: z
    .object({
      /** Absolute, or a path under the installation's public origin. */
      address: z.string(),
      verifyToken: z.string(),
    })
    .nullable(),
});
export type ChannelState = z.output<typeof ChannelState>;

const shape = { input: z.object({}), output: z.object({ channels: z.array(ChannelState) }) };

export const ListEmailChannels = defineRequest('email-ingest', 'list-channels.v1', {
  summary: 'The mailboxes and listeners of this installation, and how they are.',
  ...shape,
});

export const ListMessengerChannels = defineRequest('messenger-connector', 'list-channels.v1', {
  summary: 'The Messenger pages of this installation, and how they are.',
  ...shape,
});

/** A mail that an agent sent on by hand is from whoever wrote it first. */
export const FindAgentAddresses = defineRequest('graphql-gateway', 'find-agent-addresses.v1', {
  summary: 'Which of these addresses are active agents’.',
  input: z.object({ addresses: z.array(z.string().max(320)).min(1).max(100) }),
  output: z.object({ addresses: z.array(z.string()) }),
});

import { FindAgentAddresses } from '@conversations/contracts';
import { Messaging } from '@conversations/messaging';
import { AgentDirectory } from './agent-directory';

/** Tells email-ingest which senders are agents: what they send on by hand is from whoever wrote it first. */
export function serveAgentAddresses(messaging: Messaging, agents: AgentDirectory): () => void {
  return messaging.serve(
    FindAgentAddresses,
    async ({ addresses }) => {
      const all = await agents.all();
      const known = new Set(all.filter(({ active }) => active).map(({ email }) => email.toLowerCase()));
      return { addresses: addresses.filter((address) => known.has(address.trim().toLowerCase())) };
    },
    { queue: 'graphql-gateway' },
  );
}

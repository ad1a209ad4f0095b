import { z } from 'zod';
import { AgentId } from './conversation';
import { defineLive } from './define';

/** Key: agent id. Sessions are checked in the database as well: this only makes the end of one felt at once. */
export const SessionEnded = defineLive(
  'agent.session-ended.v1',
  z.object({ agentId: AgentId, sessionId: z.string() }),
  {
    summary: 'An agent signed out: every replica closes the sockets of the session.',
    example: {
      agentId: 'agt_019329a0c4af7cc0a1b2c3d4e5f60718',
      sessionId: 'ses_019329a0c4b87cc0a1b2c3d4e5f60718',
    },
  },
);

/** Key: agent id. Accounts are read from the database: a message that got lost is made good within 2 s. */
export const AgentChanged = defineLive('agent.changed.v1', z.object({ agentId: AgentId }), {
  summary:
    'An account was made, or its name, role, access or password changed: every replica reads the accounts again.',
  example: { agentId: 'agt_019329a0c4af7cc0a1b2c3d4e5f60718' },
});

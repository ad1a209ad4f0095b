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

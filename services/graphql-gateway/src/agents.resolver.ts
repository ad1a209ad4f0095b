import { TooManyLogins } from './auth/login-limits';
import { SignInBusy } from './auth/password';
import { agentOf } from './conversation.resolver';
import { payload, refusal } from './errors';
import type { Resolvers } from './generated/resolvers';

/** Limits of sign-in in the words of the API. */
function limited(error: unknown): never {
  if (error instanceof TooManyLogins)
    throw refusal('RATE_LIMITED', 'Too many attempts: try again later', { retryAfterMs: error.retryAfterMs });
  if (error instanceof SignInBusy)
    throw refusal('RATE_LIMITED', 'Too many sign-ins at once: try again in a second', { retryAfterMs: 1_000 });
  throw error;
}

export const agentResolvers: Resolvers = {
  Query: {
    agents: (_root, _args, { agents }) => agents.all(),
    agentInvitations: (_root, _args, { invitations }) => invitations.open(),
  },
  Mutation: {
    inviteAgent: (_root, { input }, { viewer, invitations, address }) =>
      payload(async () => ({ ...(await invitations.make(viewer.agent, input, address)), errors: [] })),
    revokeAgentInvitation: (_root, { input }, { viewer, invitations, address }) =>
      payload(async () => {
        await invitations.revoke(viewer.agent, input.id, address);
        return { deletedId: input.id, errors: [] };
      }),
    updateAgent: (_root, { input: { id, role, active } }, { viewer, accounts, address }) =>
      payload(async () => {
        const change = { id, role: role ?? null, active: active ?? null };
        return { agent: await accounts.update(viewer.agent, change, address), errors: [] };
      }),
    updateProfile: (_root, { input }, { viewer, accounts, address }) =>
      payload(async () => ({ agent: await accounts.rename(viewer, input.displayName, address), errors: [] })),
    changePassword: (_root, { input }, { viewer, accounts, address }) =>
      payload(async () => ({ agent: await accounts.changePassword(viewer, input, address), errors: [] })).catch(
        limited,
      ),
  },
  Agent: { avatarUrl: () => null },
  AgentInvitation: {
    invitedBy: ({ invitedBy }, _args, context) => agentOf(invitedBy, null, context),
    createdAt: ({ createdAt }) => createdAt.toISOString(),
    expiresAt: ({ expiresAt }) => expiresAt.toISOString(),
  },
};

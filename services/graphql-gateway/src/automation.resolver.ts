import { type AutomationSnapshot, type AutomationVersion, ListAutomationVersions } from '@conversations/contracts';
import type { GatewayContext } from './context';
import { agentOf } from './conversation.resolver';
import type { Resolvers } from './generated/resolvers';
import { pageSize } from './page-size';
import type { AutomationParent, StepParent } from './parents';

const MAX_PAGE = 100;

export const automationParent = (loaded: AutomationSnapshot): AutomationParent => ({ id: loaded.id, loaded });

async function flowOf({ loaded }: AutomationParent, { loaders }: GatewayContext): Promise<AutomationSnapshot> {
  const flow = loaded ?? (await loaders.automations.load('newest'));
  if (flow === null) throw new Error('there is no flow: the conversation service has not started yet');
  return flow;
}

const publisher = ({ publishedBy }: Pick<AutomationVersion, 'publishedBy'>, context: GatewayContext) =>
  publishedBy.kind === 'agent' && publishedBy.id !== null ? agentOf(publishedBy.id, publishedBy.name, context) : null;

const STEP_TYPES = {
  message: 'MessageStep',
  form: 'FormStep',
  wait: 'WaitStep',
  availability: 'AvailabilityStep',
  handoff: 'HandoffStep',
} as const satisfies Record<StepParent['kind'], string>;

export const automationResolvers: Resolvers = {
  FormFieldKey: { EMAIL: 'email', NAME: 'name', PHONE: 'phone', COMPANY: 'company' },
  Query: {
    chatbotAutomation: async (_root, { version }, { loaders }) => {
      const loaded = await loaders.automations.load(version ?? 'newest');
      return loaded && automationParent(loaded);
    },
    chatbotAutomationVersions: async (_root, { first, before }, { ask }) => {
      const asked = { first: pageSize('first', first, MAX_PAGE), before: before ?? null };
      return (await ask(ListAutomationVersions, asked)).items;
    },
  },
  ChatbotAutomation: {
    botName: async (parent, _args, context) => parent.nameThen ?? (await flowOf(parent, context)).botName,
    version: async (parent, _args, context) => (await flowOf(parent, context)).version,
    enabled: async (parent, _args, context) => (await flowOf(parent, context)).enabled,
    trigger: async (parent, _args, context) => (await flowOf(parent, context)).trigger,
    steps: async (parent, _args, context) => (await flowOf(parent, context)).steps,
    openingHours: async (parent, _args, context) => (await flowOf(parent, context)).openingHours,
    publishedAt: async (parent, _args, context) => (await flowOf(parent, context)).publishedAt,
    publishedBy: async (parent, _args, context) => publisher(await flowOf(parent, context), context),
  },
  ChatbotAutomationVersion: {
    publishedBy: (version, _args, context) => publisher(version, context),
  },
  ChatbotStep: { __resolveType: ({ kind }) => STEP_TYPES[kind] },
};

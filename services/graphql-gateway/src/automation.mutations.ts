import {
  type AutomationContent,
  type FlowStep,
  GetAutomation,
  SaveAutomation,
  UserError,
} from '@conversations/contracts';
import { newId } from '@conversations/runtime';
import { automationParent } from './automation.resolver';
import { actor, type GatewayContext } from './context';
import { payload } from './errors';
import type { ChatbotStepInput, Resolvers } from './generated/resolvers';

async function publish(content: AutomationContent, expectedVersion: number, context: GatewayContext) {
  const { automation } = await context.ask(SaveAutomation, { expectedVersion, content, by: actor(context) });
  // What was loaded before shows the version before.
  context.loaders.automations.clearAll();
  return { automation: automationParent(automation), errors: [] };
}

/** Exactly one kind is given: the schema says so. */
function stepOf({ message, form, wait, availability, handoff }: ChatbotStepInput): FlowStep {
  const idOf = (given: { id?: string | null }) => given.id ?? newId('stp');
  if (message) return { id: idOf(message), kind: 'message', text: message.text };
  if (form) {
    const { prompt, submitLabel, fields } = form;
    return { id: idOf(form), kind: 'form', prompt, submitLabel, fields };
  }
  if (wait) return { id: idOf(wait), kind: 'wait', seconds: wait.seconds };
  if (availability) {
    const [open, closed] = [availability.open.map(stepOf), availability.closed.map(stepOf)];
    return { id: idOf(availability), kind: 'availability', open, closed };
  }
  if (handoff) return { id: idOf(handoff), kind: 'handoff', text: handoff.text ?? null };
  throw new UserError('INVALID_INPUT', 'A step is of one kind.', { path: ['input', 'steps'] });
}

export const automationMutations: Resolvers = {
  Mutation: {
    saveChatbotAutomation: (_root, { input }, context) =>
      payload(() => {
        const { expectedVersion, enabled, botName, trigger, steps, openingHours } = input;
        const content: AutomationContent = {
          ...{ enabled, botName, steps: steps.map(stepOf) },
          openingHours: openingHours ? { ...openingHours, holidays: openingHours.holidays ?? [] } : null,
          trigger: { kind: trigger.kind, urlContains: trigger.urlContains ?? null },
        };
        return publish(content, expectedVersion, context);
      }),

    restoreChatbotAutomation: (_root, { input: { version, expectedVersion } }, context) =>
      payload(async () => {
        const { automation } = await context.ask(GetAutomation, { version });
        if (automation === null)
          throw new UserError('NOT_FOUND', 'There is no such version.', { path: ['input', 'version'] });
        const { id: _id, version: _version, publishedAt: _at, publishedBy: _by, ...content } = automation;
        return publish(content, expectedVersion, context);
      }),
  },
};

import { z } from 'zod';
import { AutomationContent, AutomationSnapshot, AutomationVersion } from './automation';
import { Actor, AgentId } from './conversation';
import { defineRequest } from './define';

const ask = <I extends z.ZodType, O extends z.ZodType>(verb: string, shape: { summary: string; input: I; output: O }) =>
  defineRequest('conversation', verb, shape);

const version = z.number().int();

export const GetAutomation = ask('get-automation.v1', {
  summary: 'The chatbot automation as it was published last, or as one version was; null for an unknown version.',
  input: z.object({ version: version.nullable() }),
  output: z.object({ automation: AutomationSnapshot.nullable() }),
});

export const ListAutomationVersions = ask('list-automation-versions.v1', {
  summary: 'The published versions of the chatbot automation, newest first.',
  input: z.object({ first: z.number().int().min(1).max(100), before: version.nullable() }),
  output: z.object({ items: z.array(AutomationVersion) }),
});

export const SaveAutomation = ask('save-automation.v1', {
  summary:
    'Publishes a new version of the chatbot automation; the same content is none. STALE_VERSION, with the current one, when another version than expected is the newest.',
  input: z.object({
    expectedVersion: version,
    content: AutomationContent,
    by: Actor.extend({ kind: z.literal('agent'), id: AgentId }),
  }),
  output: z.object({ automation: AutomationSnapshot }),
});

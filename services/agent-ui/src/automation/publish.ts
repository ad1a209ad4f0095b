import { request, RequestError } from '../data';
import { type FlowRefusalFragment, RestoreAutomationDocument, SaveAutomationDocument } from '../generated/documents';
import { type Flow, flowInput, type PublishedFlow, publishedFlowOf } from './flow';
import { loadFlow } from './load-flow';
import { type Problems, serverProblems } from './flow-problems';

export type Outcome =
  | { kind: 'published'; published: PublishedFlow }
  /** Another version than expected is the newest: this one. */
  | { kind: 'stale'; current: PublishedFlow }
  | { kind: 'refused'; problems: Problems }
  /** The request failed, or its answer did not come back: it may have been published all the same. */
  | { kind: 'failed'; error: RequestError };

interface Payload {
  automation: Parameters<typeof publishedFlowOf>[0] | null;
  errors: readonly FlowRefusalFragment[];
}

async function outcomeOf(ask: () => Promise<Payload>, flow: Flow): Promise<Outcome> {
  try {
    const { automation, errors } = await ask();
    if (errors.some(({ __typename }) => __typename === 'StaleVersionError')) {
      const { found } = await loadFlow(null);
      if (found !== null) return { kind: 'stale', current: found };
    }
    if (automation === null || errors.length > 0) return { kind: 'refused', problems: serverProblems(errors, flow) };
    return { kind: 'published', published: publishedFlowOf(automation) };
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return { kind: 'failed', error };
  }
}

export const publishFlow = (flow: Flow, expectedVersion: number): Promise<Outcome> =>
  outcomeOf(async () => {
    const answer = await request(SaveAutomationDocument, { input: { expectedVersion, ...flowInput(flow) } });
    return answer.saveChatbotAutomation;
  }, flow);

/** Publishes what an earlier version says as the newest one. */
export const restoreFlow = ({ version, flow }: PublishedFlow, expectedVersion: number): Promise<Outcome> =>
  outcomeOf(async () => {
    const answer = await request(RestoreAutomationDocument, { input: { version, expectedVersion } });
    return answer.restoreChatbotAutomation;
  }, flow);

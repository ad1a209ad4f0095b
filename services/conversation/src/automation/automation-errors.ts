import type { AutomationSnapshot } from '@conversations/contracts';
import { UserError } from '@conversations/contracts';

/** The caller holds another version than the newest, which comes along. */
export class StaleAutomation extends UserError {
  constructor(automation: AutomationSnapshot) {
    super('STALE_VERSION', 'Somebody published another version meanwhile. Look at it, then try again.', {
      path: ['input', 'expectedVersion'],
      details: { currentVersion: automation.version, automation },
    });
  }
}

/** One thing that keeps a flow from being published; `path` leads to it in the mutation's input. */
export interface FlowProblem {
  code: 'INVALID_INPUT' | 'TOO_LONG' | 'EMPTY_MESSAGE';
  message: string;
  path: string[];
}

/** The first problem is the error's own; `details.problems` are all of them, so that the editor marks every place at once. */
export class InvalidFlow extends UserError {
  constructor(first: FlowProblem, problems: readonly FlowProblem[]) {
    super(first.code, first.message, { path: first.path, details: { problems } });
  }
}

import { listSteps, type ListedStep } from './edit-steps';
import type { Flow, Step } from './flow';

export type StepChangeKind = 'added' | 'removed' | 'changed' | 'moved';

/** One step that is not the same in two versions. */
export interface StepChange {
  id: string;
  /** One, or `changed` and `moved` together. */
  kinds: readonly StepChangeKind[];
  before: ListedStep | null;
  after: ListedStep | null;
}

type SettingName = 'enabled' | 'botName' | 'trigger' | 'openingHours';

export interface FlowChanges {
  settings: readonly SettingName[];
  /** In the order of the later version; removed ones follow. */
  steps: readonly StepChange[];
}

const SETTINGS: readonly SettingName[] = ['enabled', 'botName', 'trigger', 'openingHours'];

/** What turns one flow into another. Steps are the same by their ids. */
export function flowChanges(before: Flow, after: Flow): FlowChanges {
  const old = new Map(listSteps(before.steps).map((listed) => [listed.step.id, listed]));
  const now = new Map(listSteps(after.steps).map((listed) => [listed.step.id, listed]));
  const kept = stepsInPlace(old, now);
  const steps: StepChange[] = [];
  for (const [id, listed] of now) {
    const was = old.get(id);
    if (was === undefined) {
      steps.push({ id, kinds: ['added'], before: null, after: listed });
      continue;
    }
    const kinds: StepChangeKind[] = [];
    if (wordsOf(was.step) !== wordsOf(listed.step)) kinds.push('changed');
    if (!kept.has(id)) kinds.push('moved');
    if (kinds.length > 0) steps.push({ id, kinds, before: was, after: listed });
  }
  for (const [id, listed] of old) if (!now.has(id)) steps.push({ id, kinds: ['removed'], before: listed, after: null });
  const settings = SETTINGS.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return { settings, steps };
}

export const isWithoutChange = ({ settings, steps }: FlowChanges): boolean =>
  settings.length === 0 && steps.length === 0;

/** What a step says itself; what stands in its branches counts for itself. */
const wordsOf = (step: Step): string =>
  JSON.stringify(step.kind === 'availability' ? { ...step, open: [], closed: [] } : step);

const branchOf = ({ branch }: ListedStep): string => (branch === null ? '' : `${branch.stepId}.${branch.side}`);

/** Steps that nobody moved: as many as stay in the order that they had in their branch. */
function stepsInPlace(old: ReadonlyMap<string, ListedStep>, now: ReadonlyMap<string, ListedStep>): Set<string> {
  const branches = new Map<string, { id: string; index: number }[]>();
  for (const [id, listed] of now) {
    const was = old.get(id);
    if (was === undefined || branchOf(was) !== branchOf(listed)) continue;
    const members = branches.get(branchOf(listed)) ?? [];
    branches.set(branchOf(listed), [...members, { id, index: was.index }]);
  }
  return new Set([...branches.values()].flatMap((members) => longestRise(members).map(({ id }) => id)));
}

/** The longest run, gaps allowed, in which `index` rises. */
function longestRise<T extends { index: number }>(members: readonly T[]): T[] {
  const best: T[][] = [];
  for (const [at, member] of members.entries()) {
    const before = members
      .slice(0, at)
      .flatMap((other, place) => (other.index < member.index ? [best[place] ?? []] : []))
      .reduce<T[]>((longest, run) => (run.length > longest.length ? run : longest), []);
    best.push([...before, member]);
  }
  return best.reduce<T[]>((longest, run) => (run.length > longest.length ? run : longest), []);
}

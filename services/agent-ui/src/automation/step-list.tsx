import { useText } from '../i18n';
import { Gap } from './add-step';
import css from './automation.module.css';
import { useEditing } from './editing';
import type { Branch } from './edit-steps';
import type { Step } from './flow';
import { StepCard } from './step-card';

/** The steps of a branch in order, with a place to add one before each and after the last. */
export function StepList({ steps, branch }: { steps: readonly Step[]; branch: Branch }) {
  const text = useText().automation;
  const { standing, canEdit } = useEditing();
  const numberOf = (id: string) => standing.get(id)?.number ?? 0;
  const addLabel = branch === null ? text.addStep : text.addToBranch(branch.side, numberOf(branch.stepId));
  return (
    <>
      {steps.length > 0 && (
        <ol className={css.steps}>
          {steps.map((step, index) => (
            <li key={step.id}>
              {(index > 0 || canEdit) && (
                <Gap place={{ branch, index }} label={text.addBefore(numberOf(step.id))} isLast={false} />
              )}
              <StepCard step={step} />
            </li>
          ))}
        </ol>
      )}
      {steps.length === 0 && !canEdit && <p className={css.hint}>{text.emptyBranch}</p>}
      {canEdit && <Gap place={{ branch, index: steps.length }} label={addLabel} isLast />}
    </>
  );
}

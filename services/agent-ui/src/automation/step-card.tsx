import { memo } from 'react';
import { Icon, IconButton } from '../design';
import { useText } from '../i18n';
import { Switch } from '../settings/choices';
import css from './automation.module.css';
import { problemText, useEditing, useNumber } from './editing';
import { type AvailabilityStep, type HandoffStep, SIDES, type Step } from './flow';
import { stepKey } from './flow-problems';
import { FormFields } from './form-fields';
import { StepList } from './step-list';
import { STEP_ICONS } from './step-kinds';
import { TextBox } from './text-box';
import { WaitFields } from './wait-fields';

/** One step: its place, and what it does, edited where it stands. It is not drawn again while another one is written. */
export const StepCard = memo(function StepCard({ step }: { step: Step }) {
  const text = useText().automation;
  const { canEdit, problems, standing, dragged, startDrag, remove, move } = useEditing();
  const { number, isFirst, isLast } = standing.get(step.id) ?? { number: 0, isFirst: true, isLast: true };
  const error = problemText(text, problems.get(stepKey(step.id)));
  const isWrong = [...problems.keys()].some(
    (key) => key === stepKey(step.id) || key.startsWith(`${stepKey(step.id)}.`),
  );
  return (
    <section
      className={css.step}
      aria-label={text.step(number, text.kinds[step.kind])}
      data-step={step.id}
      data-dragged={dragged === step.id || undefined}
      data-wrong={isWrong || undefined}
    >
      <div className={css.stepHead}>
        {canEdit && (
          <button
            type="button"
            className={css.handle}
            aria-label={text.drag(number)}
            data-part="handle"
            onPointerDown={(event) => startDrag(step.id, event)}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
              event.preventDefault();
              move(step.id, event.key === 'ArrowUp' ? 'up' : 'down', 'handle');
            }}
          >
            <Icon name="drag" size={14} />
          </button>
        )}
        <Icon name={STEP_ICONS[step.kind]} size={15} className={css.kind} />
        <h3 className={css.stepName}>{text.kinds[step.kind]}</h3>
        <span className={css.number} aria-hidden>
          {number}
        </span>
        {canEdit && (
          <span className={css.tools}>
            {(['up', 'down'] as const).map((way) => (
              <IconButton
                key={way}
                icon={way === 'up' ? 'arrow-up' : 'arrow-down'}
                iconSize={15}
                label={way === 'up' ? text.moveUp(number) : text.moveDown(number)}
                data-part={way}
                aria-disabled={(way === 'up' ? isFirst : isLast) || undefined}
                onClick={() => move(step.id, way, way)}
              />
            ))}
            <IconButton icon="trash" iconSize={15} label={text.deleteStep(number)} onClick={() => remove(step.id)} />
          </span>
        )}
      </div>
      {error !== undefined && (
        <p className={css.error} data-error tabIndex={-1}>
          {error}
        </p>
      )}
      <StepBody step={step} />
    </section>
  );
});

function StepBody({ step }: { step: Step }) {
  const text = useText().automation;
  const { canEdit, problems, change } = useEditing();
  const problem = (...field: string[]) => problemText(text, problems.get(stepKey(step.id, ...field)));
  switch (step.kind) {
    case 'message':
      return (
        <TextBox
          label={text.text}
          labelShown={false}
          value={step.text}
          error={problem('text')}
          readOnly={!canEdit}
          onChange={(written) => change({ ...step, text: written })}
        />
      );
    case 'form':
      return <FormFields step={step} />;
    case 'wait':
      return <WaitFields step={step} error={problem('seconds')} />;
    case 'handoff':
      return <HandoffFields step={step} error={problem('text')} />;
    case 'availability':
      return <Branches step={step} />;
  }
}

function HandoffFields({ step, error }: { step: HandoffStep; error: string | undefined }) {
  const text = useText().automation;
  const { canEdit, change } = useEditing();
  return (
    <>
      {canEdit && (
        <Switch
          label={text.sayAtHandoff}
          on={step.text !== null}
          onChange={(on) => change({ ...step, text: on ? '' : null })}
        />
      )}
      {step.text !== null && (
        <TextBox
          label={text.text}
          labelShown={false}
          value={step.text}
          error={error}
          readOnly={!canEdit}
          onChange={(written) => change({ ...step, text: written })}
        />
      )}
    </>
  );
}

function Branches({ step }: { step: AvailabilityStep }) {
  const text = useText().automation;
  const { hasHours } = useEditing();
  const number = useNumber(step.id);
  return (
    <>
      {!hasHours && <p className={css.hint}>{text.alwaysOpen}</p>}
      {SIDES.map((side) => (
        <div key={side} className={css.branch} role="group" aria-label={text.branchOf(side, number)} data-side={side}>
          <p className={css.side}>{text.sides[side]}</p>
          <StepList steps={step[side]} branch={{ stepId: step.id, side }} />
        </div>
      ))}
    </>
  );
}

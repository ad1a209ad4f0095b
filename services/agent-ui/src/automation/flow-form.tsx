import { useRef } from 'react';
import { Banner, EmptyState, Field } from '../design';
import type { ChatbotTriggerKind } from '../generated/documents';
import { useText } from '../i18n';
import { Choices, Switch } from '../settings/choices';
import { Section } from '../settings/page';
import css from './automation.module.css';
import { EditingContext, problemText } from './editing';
import { listSteps } from './edit-steps';
import type { Flow } from './flow';
import { MAX_STEPS, type Problems } from './flow-problems';
import { HoursFields } from './hours-fields';
import { StepList } from './step-list';
import { useStepEditing } from './use-step-editing';

const TRIGGERS: readonly ChatbotTriggerKind[] = ['VISITOR_SENDS_FIRST_MESSAGE', 'PAGE_OPENED'];

interface FlowFormProps {
  flow: Flow;
  problems: Problems;
  canEdit: boolean;
  onChange: (flow: Flow) => void;
}

/** The whole flow as a form, or to read. */
export function FlowForm({ flow, problems, canEdit, onChange }: FlowFormProps) {
  const text = useText().automation;
  const list = useRef<HTMLDivElement>(null);
  const { editing, said } = useStepEditing({ flow, problems, canEdit, list, onChange });
  const stepsError = problemText(text, problems.get('steps'));
  return (
    <>
      <Section title={text.general}>
        <Switch
          label={text.enabled}
          hint={text.enabledHint}
          on={flow.enabled}
          disabled={!canEdit}
          onChange={(enabled) => onChange({ ...flow, enabled })}
        />
        {!flow.enabled && (
          <Banner tone="info" icon="info">
            {text.off}
          </Banner>
        )}
        <Field
          label={text.botName}
          hint={text.botNameHint}
          className={css.zone}
          value={flow.botName}
          readOnly={!canEdit}
          autoComplete="off"
          error={problemText(text, problems.get('botName'))}
          onChange={(event) => onChange({ ...flow, botName: event.target.value })}
        />
        <Trigger flow={flow} problems={problems} canEdit={canEdit} onChange={onChange} />
      </Section>
      <Section title={text.steps} hint={`${text.stepsHint} ${text.counted(listSteps(flow.steps).length, MAX_STEPS)}`}>
        <div className={css.flow} ref={list} data-dragging={editing.dragged !== null || undefined}>
          {stepsError !== undefined && (
            <p className={css.error} data-error tabIndex={-1}>
              {stepsError}
            </p>
          )}
          {flow.steps.length === 0 && (
            <EmptyState icon="bot" title={text.noSteps}>
              {canEdit && text.noStepsHint}
            </EmptyState>
          )}
          <EditingContext value={editing}>
            <StepList steps={flow.steps} branch={null} />
          </EditingContext>
          <p className="only-read" role="status">
            {said}
          </p>
        </div>
      </Section>
      <Section title={text.hours} hint={text.hoursHint}>
        <HoursFields
          hours={flow.openingHours}
          problems={problems}
          readOnly={!canEdit}
          onChange={(openingHours) => onChange({ ...flow, openingHours })}
        />
      </Section>
    </>
  );
}

function Trigger({ flow, problems, canEdit, onChange }: FlowFormProps) {
  const text = useText().automation;
  const { trigger } = flow;
  const error = problemText(text, problems.get('trigger.kind'));
  return (
    <div className={css.field}>
      <p className={css.label}>{text.trigger}</p>
      {canEdit ? (
        <Choices<ChatbotTriggerKind>
          label={text.trigger}
          value={trigger.kind}
          options={TRIGGERS.map((kind) => ({ value: kind, label: text.triggers[kind] }))}
          onChange={(kind) => onChange({ ...flow, trigger: { kind, urlContains: null } })}
        />
      ) : (
        <p>{text.triggers[trigger.kind]}</p>
      )}
      {error !== undefined && <p className={css.error}>{error}</p>}
      {trigger.kind === 'PAGE_OPENED' && (
        <Field
          label={text.urlContains}
          hint={text.urlContainsHint}
          className={css.zone}
          value={trigger.urlContains ?? ''}
          readOnly={!canEdit}
          autoComplete="off"
          error={problemText(text, problems.get('trigger.urlContains'))}
          onChange={({ target: { value } }) =>
            onChange({ ...flow, trigger: { kind: trigger.kind, urlContains: value === '' ? null : value } })
          }
        />
      )}
    </div>
  );
}

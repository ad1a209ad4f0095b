import { useState } from 'react';
import { Icon } from '../design';
import { useText } from '../i18n';
import css from './preview.module.css';
import { listSteps } from './edit-steps';
import { type Flow, type FormStep, type Side, SIDES } from './flow';
import { previewLines } from './preview-lines';
import { durationText } from './step-kinds';

/** The conversation that a visitor would have with the bot. Nothing is asked of the server. */
export function FlowPreview({ flow: { botName, trigger, steps } }: { flow: Flow }) {
  const text = useText().automation;
  const [sides, setSides] = useState<ReadonlyMap<string, Side>>(new Map());
  const numbers = new Map(listSteps(steps).map(({ step, number }) => [step.id, number]));
  const lines = previewLines(steps, sides);
  const bot = botName.trim() === '' ? text.bot : botName;
  const handsOff = lines.at(-1)?.kind === 'handoff';
  return (
    <section className={css.preview} aria-label={text.previewTitle} tabIndex={0}>
      <h2 className={css.title}>{text.previewTitle}</h2>
      <div className={css.talk}>
        {trigger.kind === 'PAGE_OPENED' ? (
          <p className={css.aside}>{text.visitorOpens}</p>
        ) : (
          <p className={css.visitor}>{text.visitorWrites}</p>
        )}
        {lines.map((line, index) => {
          switch (line.kind) {
            case 'say':
              return <Said key={line.id} bot={named(index) ? bot : null} words={line.text} />;
            case 'ask':
              return (
                <div key={line.id} className={css.group}>
                  <Said bot={named(index) ? bot : null} words={line.form.prompt} />
                  <DrawnForm form={line.form} />
                  <p className={css.aside}>{text.answered}</p>
                </div>
              );
            case 'wait':
              return (
                <p key={line.id} className={css.aside}>
                  <Icon name="clock" size={13} /> {text.waits(durationText(text, line.seconds))}
                </p>
              );
            case 'branch':
              return (
                <fieldset key={line.id} className={css.sides}>
                  <legend className="only-read">{text.previewSide(numbers.get(line.id) ?? 0)}</legend>
                  {SIDES.map((side) => (
                    <label key={side} className={css.choice} data-chosen={side === line.side || undefined}>
                      <input
                        type="radio"
                        className="only-read"
                        name={`preview-${line.id}`}
                        checked={side === line.side}
                        onChange={() => setSides(new Map([...sides, [line.id, side]]))}
                      />
                      {text.sides[side]}
                    </label>
                  ))}
                </fieldset>
              );
            case 'handoff':
              return (
                <p key={line.id} className={css.aside}>
                  <Icon name="people" size={13} /> {text.handsOff}
                </p>
              );
          }
        })}
        {!lines.some(({ kind }) => kind !== 'branch') && <p className={css.aside}>{text.nothingToSee}</p>}
        {!handsOff && lines.length > 0 && <p className={css.aside}>{text.ends}</p>}
      </div>
    </section>
  );

  /** The name stands over the first of several messages in a row; a visitor does not see the choice of a branch. */
  function named(index: number): boolean {
    const before = lines.slice(0, index).findLast(({ kind }) => kind !== 'branch');
    return before?.kind !== 'say';
  }
}

function Said({ bot, words }: { bot: string | null; words: string }) {
  const text = useText().automation;
  return (
    <div className={css.said}>
      {bot !== null && (
        <p className={css.name}>
          <bdi>{bot}</bdi>
        </p>
      )}
      <p className={css.bubble} dir="auto" data-empty={words.trim() === '' || undefined}>
        {words.trim() === '' ? text.noText : words}
      </p>
    </div>
  );
}

/** As the widget draws it; nothing can be typed into it here. */
function DrawnForm({ form: { fields, submitLabel } }: { form: FormStep }) {
  const text = useText().automation;
  return (
    <div className={css.form}>
      {fields.map(({ key, label, required }) => (
        <p key={key}>
          <span className={css.label}>
            <bdi>{label}</bdi>
            {!required && <span className={css.optional}> · {text.optional}</span>}
          </span>
          <span className={css.input} aria-hidden />
        </p>
      ))}
      <p className={css.submit}>
        <bdi>{submitLabel.trim() === '' ? '…' : submitLabel}</bdi>
      </p>
    </div>
  );
}

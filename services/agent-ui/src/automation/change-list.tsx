import { Icon } from '../design';
import { useText } from '../i18n';
import type { Run } from '../saved-responses/word-changes';
import { lineChanges, readableChanges } from './readable-changes';
import css from './changes.module.css';
import type { Flow } from './flow';
import { type FlowChanges, flowChanges, isWithoutChange, type StepChange } from './flow-changes';
import { STEP_ICONS, stepText } from './step-kinds';

/** Step by step what turns one flow into another. `marked`: steps that another list has too. */
export function ChangeList({ before, after, marked }: { before: Flow; after: Flow; marked?: ReadonlySet<string> }) {
  const text = useText().automation;
  const changes = flowChanges(before, after);
  if (isWithoutChange(changes)) return <p className={css.none}>{text.noChanges}</p>;
  return (
    <ul className={css.changes}>
      <Settings before={before} after={after} names={changes.settings} />
      {changes.steps.map((change) => (
        <ChangedStep key={change.id} change={change} isMarked={marked?.has(change.id) ?? false} />
      ))}
    </ul>
  );
}

function Settings({ before, after, names }: { before: Flow; after: Flow; names: FlowChanges['settings'] }) {
  const text = useText().automation;
  const said = (flow: Flow, name: (typeof names)[number]): string => {
    if (name === 'enabled') return flow.enabled ? text.on : text.isOff;
    if (name === 'botName') return flow.botName;
    if (name === 'trigger') return [text.triggers[flow.trigger.kind], flow.trigger.urlContains ?? ''].join(' ').trim();
    if (flow.openingHours === null) return text.always;
    const { timeZone, weekly, holidays } = flow.openingHours;
    const periods = weekly.map(({ day, opensAt, closesAt }) => `${text.days[day]} ${opensAt}–${closesAt}`);
    return [timeZone, ...periods, ...holidays].join('\n');
  };
  return names.map((name) => (
    <li key={name} className={css.change} data-kind="changed">
      <p className={css.head}>
        <strong>{text.changeKinds.changed}</strong> <span>{text.settingNames[name]}</span>
      </p>
      <Words runs={(name === 'openingHours' ? lineChanges : readableChanges)(said(before, name), said(after, name))} />
    </li>
  ));
}

function ChangedStep({ change: { kinds, before, after }, isMarked }: { change: StepChange; isMarked: boolean }) {
  const text = useText().automation;
  const shown = after ?? before;
  if (shown === null) return null;
  const words = (listed: typeof after) => (listed === null ? '' : stepText(listed.step, text));
  const runs: Run[] = kinds.includes('changed')
    ? readableChanges(words(before), words(after))
    : [{ kind: 'same', text: words(shown) }];
  return (
    <li className={css.change} data-kind={kinds[0]}>
      <p className={css.head}>
        <strong>{kinds.map((kind) => text.changeKinds[kind]).join(' · ')}</strong>{' '}
        <Icon name={STEP_ICONS[shown.step.kind]} size={13} />{' '}
        <span>{text.step(shown.number, text.kinds[shown.step.kind])}</span>
        {kinds.includes('moved') && before !== null && after !== null && (
          <span className={css.note}> {text.movedFrom(before.number, after.number)}</span>
        )}
        {isMarked && <span className={css.both}>{text.both}</span>}
      </p>
      <Words runs={runs} />
    </li>
  );
}

function Words({ runs }: { runs: readonly Run[] }) {
  if (runs.every(({ text }) => text.trim() === '')) return null;
  return (
    <p className={css.words} dir="auto">
      {runs.map(({ kind, text }, index) =>
        kind === 'removed' ? <del key={index}>{text}</del> : kind === 'added' ? <ins key={index}>{text}</ins> : text,
      )}
    </p>
  );
}

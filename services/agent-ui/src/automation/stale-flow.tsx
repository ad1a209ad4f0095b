import { Banner, Button } from '../design';
import { useText } from '../i18n';
import { ChangeList } from './change-list';
import css from './changes.module.css';
import type { PublishedFlow } from './flow';
import { flowChanges } from './flow-changes';
import type { FlowEdit } from './flow-edit';

/** Two admins changed the flow at once: what each did, step by step, and the choice; nothing is overwritten in silence. */
export function StaleFlow({
  edit,
  published,
  busy,
  onTakeTheirs,
  onEditMine,
  onPublishMine,
}: {
  edit: FlowEdit;
  published: PublishedFlow;
  busy: boolean;
  onTakeTheirs: () => void;
  onEditMine: () => void;
  onPublishMine: () => void;
}) {
  const text = useText().automation;
  const by = published.publishedBy?.displayName ?? null;
  const { base, flow } = edit;
  const theirs = new Set(flowChanges(base.flow, published.flow).steps.map(({ id }) => id));
  const both = new Set(
    flowChanges(base.flow, flow)
      .steps.map(({ id }) => id)
      .filter((id) => theirs.has(id)),
  );
  const sides = [
    { label: text.theirs(by), after: published.flow },
    { label: text.mine, after: flow },
  ];
  return (
    <div className={css.stale}>
      <Banner tone="warn" icon="warning">
        {text.staleTitle(by, published.version)}. {text.staleHint}
      </Banner>
      <div className={css.sides}>
        {sides.map(({ label, after }) => (
          <section key={label} className={css.side} aria-label={label}>
            <h2 className={css.heading}>{label}</h2>
            <ChangeList before={base.flow} after={after} marked={both} />
          </section>
        ))}
      </div>
      <footer className={css.footer}>
        <Button onClick={onTakeTheirs}>{text.takeTheirs}</Button>
        <Button onClick={onEditMine}>{text.editMine}</Button>
        <Button variant="primary" busy={busy} onClick={onPublishMine}>
          {text.keepMine(published.version)}
        </Button>
      </footer>
    </div>
  );
}

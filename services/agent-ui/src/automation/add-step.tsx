import { Button, IconButton, Menu, MenuItem } from '../design';
import { useText } from '../i18n';
import css from './automation.module.css';
import { useEditing } from './editing';
import type { Place } from './edit-steps';
import { STEP_ICONS, STEP_KINDS } from './step-kinds';
import { placeKey } from './use-step-drag';

/** A place between two steps, or after the last one: what is added or dropped here stands here. */
export function Gap({ place, label, isLast }: { place: Place; label: string; isLast: boolean }) {
  const text = useText().automation;
  const { canEdit, target, add, whyNot } = useEditing();
  const key = placeKey(place);
  if (!canEdit) return <div className={css.gap} />;
  return (
    <div className={isLast ? css.end : css.gap} data-gap={key} data-target={target === key || undefined}>
      <Menu
        label={label}
        placement="bottom-start"
        trigger={
          isLast ? (
            <Button size="small" variant="quiet" icon="plus" aria-label={label}>
              {text.addStep}
            </Button>
          ) : (
            <IconButton icon="plus" iconSize={14} label={label} className={css.insert} />
          )
        }
      >
        {STEP_KINDS.map((kind) => {
          const reason = whyNot(place, kind);
          return (
            <MenuItem
              key={kind}
              icon={STEP_ICONS[kind]}
              description={reason ?? text.kindHints[kind]}
              disabled={reason !== null}
              onSelect={() => add(place, kind)}
            >
              {text.kinds[kind]}
            </MenuItem>
          );
        })}
      </Menu>
    </div>
  );
}

import { Icon, IconButton, Menu, MenuItem } from '../design';
import { useText } from '../i18n';
import css from './category-list.module.css';
import type { SavedCategory } from './saved-responses-store';
import type { DragOrder } from './use-drag-order';

export function CategoryRow({
  category: { id, name },
  count,
  isChosen,
  position,
  last,
  isAdmin,
  drag,
  onChoose,
  onMove,
  onRename,
  onDelete,
}: {
  category: SavedCategory;
  count: string | undefined;
  isChosen: boolean;
  position: number;
  last: number;
  isAdmin: boolean;
  drag: DragOrder;
  onChoose: () => void;
  onMove: (to: number) => void;
  onRename: () => void;
  onDelete: () => void;
}) {
  const text = useText().savedResponses;
  const place =
    drag.dragged === null ? null : drag.target === position ? (drag.from < position ? 'below' : 'above') : null;
  return (
    <li
      className={css.row}
      data-id={id}
      data-dragged={drag.dragged === id || undefined}
      data-drop={drag.dragged === id ? undefined : (place ?? undefined)}
    >
      {isAdmin && (
        <button
          type="button"
          className={css.handle}
          aria-label={text.drag(name)}
          onPointerDown={(event) => {
            drag.start(id, event);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
            event.preventDefault();
            onMove(position + (event.key === 'ArrowUp' ? -1 : 1));
          }}
        >
          <Icon name="drag" size={14} />
        </button>
      )}
      <button type="button" className={css.choice} aria-current={isChosen ? 'true' : undefined} onClick={onChoose}>
        <span className={css.name}>
          <bdi>{name}</bdi>
        </span>
        <span className={css.count}>{count}</span>
      </button>
      {isAdmin && (
        <Menu
          label={text.categoryMenu(name)}
          trigger={<IconButton icon="more" iconSize={16} label={text.categoryMenu(name)} className={css.more} />}
        >
          <MenuItem icon="edit" onSelect={onRename}>
            {text.rename}
          </MenuItem>
          <MenuItem
            icon="arrow-up"
            disabled={position === 0}
            onSelect={() => {
              onMove(position - 1);
            }}
          >
            {text.moveUp}
          </MenuItem>
          <MenuItem
            icon="arrow-down"
            disabled={position === last}
            onSelect={() => {
              onMove(position + 1);
            }}
          >
            {text.moveDown}
          </MenuItem>
          <MenuItem icon="trash" danger onSelect={onDelete}>
            {text.delete}
          </MenuItem>
        </Menu>
      )}
    </li>
  );
}

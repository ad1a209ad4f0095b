import type { RefObject } from 'react';
import { Button, Menu, MenuItem } from '../design';
import { useText } from '../i18n';
import { insertText } from './insert-text';

/** The tags there are, to be put in where the caret stands. */
export function InsertTag({
  offered,
  box,
}: {
  offered: readonly string[];
  box: RefObject<HTMLTextAreaElement | null>;
}) {
  const words = useText().tags;
  const names: Partial<Record<string, string>> = words.names;
  return (
    <Menu
      label={words.insert}
      placement="bottom-start"
      trigger={
        <Button size="small" icon="plus">
          {words.insert}
        </Button>
      }
    >
      {offered.map((name) => (
        <MenuItem
          key={name}
          description={`{{${name}}}`}
          onSelect={() => {
            // After the menu, which gives the focus back to its button as it closes.
            setTimeout(() => {
              const area = box.current;
              if (area !== null) insertText(area, `{{${name}}}`, area.selectionStart, area.selectionEnd);
            }, 0);
          }}
        >
          {names[name] ?? name}
        </MenuItem>
      ))}
    </Menu>
  );
}

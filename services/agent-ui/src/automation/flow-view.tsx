import { type RefObject, useState } from 'react';
import { Button } from '../design';
import { useText } from '../i18n';
import css from './automation.module.css';
import type { Flow } from './flow';
import { FlowForm } from './flow-form';
import { FlowPreview } from './flow-preview';
import type { Problems } from './flow-problems';

/** The form, and beside it what a visitor will see; a narrow window shows one of them. */
export function FlowView({
  ref,
  flow,
  problems,
  canEdit,
  onChange,
}: {
  ref?: RefObject<HTMLDivElement | null>;
  flow: Flow;
  problems: Problems;
  canEdit: boolean;
  onChange: (flow: Flow) => void;
}) {
  const text = useText().automation;
  const [shown, setShown] = useState<'edit' | 'preview'>('edit');
  return (
    <>
      <div className={css.tabs} role="group" aria-label={text.show}>
        {(['edit', 'preview'] as const).map((part) => (
          <Button key={part} size="small" variant="quiet" aria-pressed={shown === part} onClick={() => setShown(part)}>
            {part === 'edit' ? (canEdit ? text.edit : text.steps) : text.preview}
          </Button>
        ))}
      </div>
      <div className={css.columns} data-shown={shown}>
        <div className={css.form} ref={ref}>
          <FlowForm flow={flow} problems={problems} canEdit={canEdit} onChange={onChange} />
        </div>
        <FlowPreview flow={flow} />
      </div>
    </>
  );
}

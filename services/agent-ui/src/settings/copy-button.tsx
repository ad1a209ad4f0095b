import { useState } from 'react';
import { Button } from '../design';
import { useText } from '../i18n';

/** Copies a text and says so; where the browser forbids it, the text beside it can still be selected. */
export function CopyButton({ text: copied, autoFocus = false }: { text: string; autoFocus?: boolean }) {
  const text = useText().settings;
  const [state, setState] = useState<'ready' | 'copied' | 'failed'>('ready');
  async function copy() {
    try {
      await navigator.clipboard.writeText(copied);
      setState('copied');
    } catch (error) {
      // Without permission (DOMException) or outside a secure page (no clipboard at all).
      if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
      setState('failed');
    }
  }
  return (
    <>
      <Button icon={state === 'copied' ? 'check' : 'copy'} autoFocus={autoFocus} onClick={() => void copy()}>
        {state === 'copied' ? text.copied : text.copy}
      </Button>
      <span className="only-read" role="status">
        {state === 'copied' ? text.copied : state === 'failed' ? text.copyFailed : ''}
      </span>
    </>
  );
}

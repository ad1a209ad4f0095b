import { useState } from 'react';
import type { AccountRefusalFragment } from '../generated/documents';
import { useText } from '../i18n';
import { failureText, refusalText } from './change-problem';

interface Change {
  busy: boolean;
  /** Why the last change was not made, ready to show. */
  problem: string | null;
  /** Code of the refusal, when it was one. */
  code: string | null;
  clear: () => void;
  /** True when it was made. A second call during the first does nothing. */
  run: (change: () => Promise<readonly AccountRefusalFragment[]>) => Promise<boolean>;
}

/** One change at a time, with its error to show beside the form. */
export function useChange(): Change {
  const text = useText().settings;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ text: string; code: string | null } | null>(null);
  return {
    busy,
    problem: problem?.text ?? null,
    code: problem?.code ?? null,
    clear: () => setProblem(null),
    async run(change) {
      if (busy) return false;
      setBusy(true);
      setProblem(null);
      try {
        const errors = await change();
        const refused = refusalText(text, errors);
        if (refused !== null) setProblem({ text: refused, code: errors[0]?.code ?? null });
        return refused === null;
      } catch (error) {
        setProblem({ text: failureText(text, error), code: null });
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}

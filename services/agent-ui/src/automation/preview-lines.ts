import type { FormStep, Side, Step } from './flow';

/** What a visitor sees of the flow, in order. */
export type PreviewLine =
  | { kind: 'say'; id: string; text: string }
  | { kind: 'ask'; id: string; form: FormStep }
  | { kind: 'wait'; id: string; seconds: number }
  /** The visitor sees nothing of it; who looks at the preview chooses the side. */
  | { kind: 'branch'; id: string; side: Side }
  | { kind: 'handoff'; id: string };

/** As the server runs the flow, each form answered and each wait over; nothing follows a hand-over. */
export function previewLines(steps: readonly Step[], sides: ReadonlyMap<string, Side>): PreviewLine[] {
  const lines: PreviewLine[] = [];
  const left = [...steps];
  for (let step = left.shift(); step !== undefined; step = left.shift()) {
    const { id } = step;
    switch (step.kind) {
      case 'message':
        lines.push({ kind: 'say', id, text: step.text });
        break;
      case 'form':
        lines.push({ kind: 'ask', id, form: step });
        break;
      case 'wait':
        lines.push({ kind: 'wait', id, seconds: step.seconds });
        break;
      case 'availability': {
        const side = sides.get(id) ?? 'open';
        lines.push({ kind: 'branch', id, side });
        left.unshift(...step[side]);
        break;
      }
      case 'handoff':
        if (step.text !== null) lines.push({ kind: 'say', id: `${id}.text`, text: step.text });
        lines.push({ kind: 'handoff', id });
        return lines;
    }
  }
  return lines;
}

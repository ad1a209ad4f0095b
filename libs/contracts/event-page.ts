import { exampleEnvelope } from './asyncapi-document';
import type { MessageContract } from './src/index';

/** The page of a public event: what it says, where it comes, how it looks. */
export function eventPage(event: MessageContract): string {
  return `# ${event.type}

${event.summary}

| | |
|---|---|
| subject | \`${event.subjectRoot}.<partition>\` (all: \`${event.filter}\`) |
| stream | \`EVENTS\`, kept for 7 days |
| delivery | at least once; drop what has an \`id\` that you have seen |
| order | by \`sequence\` within one \`subject\` of the envelope |
| schema | \`components.schemas\` of [asyncapi.json](../asyncapi.json) |

\`\`\`json
${JSON.stringify(exampleEnvelope(event), null, 2)}
\`\`\`
`;
}

/** Initials on a colour that follows from the name, as the agents' inbox draws people. */
export function Avatar({ name }: { name: string }) {
  return (
    <span class="avatar" aria-hidden="true" style={{ '--hue': String(hue(name)) }}>
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const picked = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return picked.map((word) => [...(word ?? '?')][0]?.toUpperCase() ?? '').join('');
}

function hue(name: string): number {
  let hash = 0;
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 360;
  return hash;
}

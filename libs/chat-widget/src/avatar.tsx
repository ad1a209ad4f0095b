import { BotIcon } from './icons';

/** Initials on a colour that follows from the name, as the agents' inbox draws people. */
export function Avatar({ name }: { name: string }) {
  return (
    <span class="avatar" aria-hidden="true" style={{ '--hue': String(hue(name)) }}>
      {initials(name)}
    </span>
  );
}

/** What a program says must not look like a person's word. */
export function BotAvatar() {
  return (
    <span class="avatar bot" aria-hidden="true">
      <BotIcon />
    </span>
  );
}

function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const picked = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return picked.map((word) => String.fromCodePoint(word?.codePointAt(0) ?? 0x3f).toUpperCase()).join('');
}

function hue(name: string): number {
  let hash = 7;
  for (const char of name) hash = (hash * 33 + (char.codePointAt(0) ?? 0)) >>> 0;
  // Spreads names that differ in little over the circle.
  return (hash * 47) % 360;
}

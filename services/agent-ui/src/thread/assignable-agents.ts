import type { Agent } from '../data';

/** The signed-in agent first, then the others by name; viewers and people who left cannot own a conversation. */
export function assignableAgents(agents: readonly Agent[], ownId: string, locale?: string): Agent[] {
  const able = agents.filter(({ active, role }) => active && role !== 'VIEWER');
  return able.toSorted(
    (a, b) => Number(b.id === ownId) - Number(a.id === ownId) || a.displayName.localeCompare(b.displayName, locale),
  );
}

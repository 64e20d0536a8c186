/** How many there are of each kind: `2 to create, 5 unchanged`. */
export function tally(actions: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const action of actions) counts.set(action, (counts.get(action) ?? 0) + 1);
  const unchanged = counts.get("unchanged") ?? 0;
  counts.delete("unchanged");
  return [...[...counts].map(([action, count]) => `${count} to ${action}`), `${unchanged} unchanged`].join(", ");
}

/** What is to be made before each, by natural id. */
export type Waits = ReadonlyMap<string, readonly string[]>;

/** They wait for one another, so that none can be the first: each for the next, the last for the first. */
export class Cycle extends Error {
  override readonly name = "Cycle";
  readonly members: readonly string[];

  constructor(members: readonly string[]) {
    super(`${[...members, members[0]].join(" → ")}`);
    this.members = members;
  }
}

/** The keys, each behind those that it waits for, otherwise as they are. Throws a {@link Cycle}. */
export function inOrder(waits: Waits): readonly string[] {
  const done = new Set<string>();
  const open: string[] = [];
  const visit = (one: string): void => {
    if (done.has(one) || !waits.has(one)) return;
    const met = open.indexOf(one);
    if (met !== -1) throw new Cycle(open.slice(met));
    open.push(one);
    for (const before of waits.get(one) ?? []) visit(before);
    open.pop();
    done.add(one);
  };
  for (const one of waits.keys()) visit(one);
  return [...done];
}

/** What an assistant consists of, as far as the story below changes it. Parts stand under their ids, in their order. */
export interface State {
  readonly fields: Readonly<Record<string, string | null>>;
  readonly skills: ReadonlyMap<string, string>;
  readonly references: ReadonlyMap<string, string>;
  readonly secrets: ReadonlyMap<string, string>;
  readonly knowledge: ReadonlyMap<string, string>;
}

export type Kind = "skills" | "references" | "secrets" | "knowledge";

/** A draft: what it consists of, which live skill each of its own stands for, and the revision that it began from. */
export interface Draft {
  readonly id: string;
  readonly state: State;
  readonly origins: ReadonlyMap<string, string>;
  readonly base: number;
}

/** All that must be so of one assistant. */
export interface Model {
  readonly live: State;
  readonly draft: Draft | null;
  readonly revisions: readonly { readonly number: number; readonly state: State }[];
}

export const sameState = (one: State, other: State): boolean =>
  JSON.stringify(told(one)) === JSON.stringify(told(other));

const sorted = (map: ReadonlyMap<string, string>) => [...map].sort(([one], [other]) => (one < other ? -1 : 1));

/** A state in a form that shows where two differ. */
export const told = ({ fields, skills, references, secrets, knowledge }: State) => ({
  fields: sorted(new Map(Object.entries(fields).map(([key, value]) => [key, String(value)]))),
  skills: sorted(skills),
  references: sorted(references),
  secrets: sorted(secrets),
  knowledge: sorted(knowledge),
});

/** The same without the ids of skills, which a draft has of its own. */
export const toldWithoutIds = (state: State) => ({ ...told(state), skills: [...state.skills.values()].sort() });

export const latest = ({ revisions }: Model): number => revisions.at(-1)?.number ?? 0;

/** The live assistant becomes this state, which is a revision when it is another than the one before. */
export function becomes(model: Model, live: State, number: number): Model {
  const before = model.revisions.at(-1);
  if (before && sameState(before.state, live)) return { ...model, live };
  return { ...model, live, revisions: [...model.revisions, { number, state: live }] };
}

/** The draft's skills under the ids that a commit must give them, as far as the model knows: new ones by what they are. */
export function committed({ state, origins }: Draft, live: State): State {
  const taken = new Set([...state.skills.keys()].map((id) => origins.get(id)));
  const free = new Map([...live.skills].filter(([id]) => !taken.has(id)));
  const skills = [...state.skills].map(([id, what]): [string, string] => {
    const origin = origins.get(id);
    if (origin) return [origin, what];
    const [again] = [...free].find(([, there]) => there === what) ?? [];
    if (again) free.delete(again);
    return [again ?? id, what];
  });
  return { ...state, skills: new Map(skills) };
}

/** What a forced commit makes of secrets: whatever has changed in the live assistant since `base` stays as it is there. */
export function keptSecrets(draft: State, live: State, base: State | undefined): ReadonlyMap<string, string> {
  const secrets = new Map(draft.secrets);
  for (const name of new Set([...live.secrets.keys(), ...(base?.secrets.keys() ?? [])])) {
    const [now, before] = [live.secrets.get(name), base?.secrets.get(name)];
    if (now === before) continue;
    if (now !== undefined) secrets.set(name, now);
    else if (secrets.get(name) === before) secrets.delete(name);
  }
  return secrets;
}

/** A state with one part put in, changed or taken out. */
export function withPart(state: State, kind: Kind, key: string, value: string | null): State {
  const parts = new Map(state[kind]);
  if (value === null) parts.delete(key);
  else parts.set(key, value);
  return { ...state, [kind]: parts };
}

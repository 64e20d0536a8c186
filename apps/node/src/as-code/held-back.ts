import type { AssistantDocument, Changes } from "@steward/client";
import type { Misfit } from "./check.ts";
import type { Naming } from "./naming.ts";

/** A document without the parts that name assistants which are yet to be made. */
export interface Reduced {
  readonly document: AssistantDocument;
  /** The same place in the whole document. */
  inWhole(misfit: Misfit): Misfit;
}

const parts = ["skills", "references"] as const;

export function withoutHeld(document: AssistantDocument, held: readonly Naming[]): Reduced {
  const kept = Object.fromEntries(
    parts.map((part) => {
      const left = new Set(held.filter((naming) => naming.part === part).map(({ index }) => index));
      return [part, [...document[part].keys()].filter((index) => !left.has(index))];
    }),
  );
  const { skills = [], references = [] } = kept;
  return {
    document: {
      ...document,
      skills: document.skills.filter((_, index) => skills.includes(index)),
      references: document.references.filter((_, index) => references.includes(index)),
    },
    inWhole: ({ path, message }) => ({
      path: path.replace(/^document\.(skills|references)\.(\d+)/, (_, part: string, index: string) => {
        return `document.${part}.${kept[part]?.[Number(index)] ?? index}`;
      }),
      message,
    }),
  };
}

type PartChange = Changes["skills"][number];
type Values = Readonly<Record<string, unknown>>;

/** What makes one part another; the first is nothing where it is new. */
function between(before: Values, after: Values): PartChange["fields"] {
  const differing = Object.keys(after).filter(
    (key) => JSON.stringify(before[key] ?? null) !== JSON.stringify(after[key] ?? null),
  );
  return differing.map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null, lines: null }));
}

const added = (name: string, part: Values): PartChange => ({
  change: "added",
  id: "",
  name,
  fields: between({}, part),
});

/** Puts a skill into changes that have been reckoned without it: it is new, unless one of its name seems to go. */
function withSkill(changes: readonly PartChange[], skill: AssistantDocument["skills"][number]): readonly PartChange[] {
  const was = ({ fields }: PartChange) => Object.fromEntries(fields.map(({ field, before }) => [field, before]));
  const place = changes.findIndex(
    (each) => each.change === "removed" && each.name === skill.name && was(each).type === skill.type,
  );
  const gone = changes[place];
  if (!gone) return [...changes, added(skill.name, { ...skill })];
  return changes.with(place, { ...gone, change: "changed", fields: between(was(gone), { ...skill }) });
}

/** The changes of the whole document, from those that the server has reckoned for the {@link Reduced} one. */
export function withHeld(changes: Changes, document: AssistantDocument, held: readonly Naming[]): Changes {
  const indices = (part: Naming["part"]) =>
    new Set(held.filter((naming) => naming.part === part).map(({ index }) => index));
  const skills = [...indices("skills")].flatMap((index) => document.skills[index] ?? []);
  const references = [...indices("references")].flatMap((index) => document.references[index] ?? []);
  return {
    ...changes,
    changed: changes.changed || held.length > 0,
    skills: [...skills.reduce(withSkill, changes.skills as readonly PartChange[])],
    references: [...changes.references, ...references.map((one) => added(one.targetId, { ...one }))],
  };
}

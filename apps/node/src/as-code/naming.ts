import type { AssistantDocument } from "@steward/core";

/** Where a document names another assistant. */
export interface Naming {
  readonly part: "skills" | "references";
  readonly index: number;
  /** As Steward's errors name the place. */
  readonly path: string;
  /** `owner:slug` */
  readonly naturalId: string;
}

/** The server takes `team:support:front-desk` for `support:front-desk` as well. */
const plain = (name: string) => name.replace(/^(?:user|team):(?=[^:]+:)/, "");

/** Where a document names one of these assistants: in its references, and in what configures its skills. */
export function namingsIn(document: AssistantDocument, known: ReadonlySet<string>): readonly Naming[] {
  const inSkills = document.skills.flatMap(({ data }, index) =>
    Object.entries(data).flatMap(([key, value]) =>
      typeof value === "string"
        ? [{ part: "skills" as const, index, path: `document.skills.${index}.data.${key}`, naturalId: plain(value) }]
        : [],
    ),
  );
  const inReferences = document.references.flatMap(({ targetType, targetId }, index) =>
    targetType === "assistant"
      ? [
          {
            part: "references" as const,
            index,
            path: `document.references.${index}.targetId`,
            naturalId: plain(targetId),
          },
        ]
      : [],
  );
  return [...inSkills, ...inReferences].filter(({ naturalId }) => known.has(naturalId));
}

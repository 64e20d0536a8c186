import type { DocumentFormat } from "@steward/core";
import type { DocumentLimits } from "./limits.ts";
import { visit } from "./xml.ts";
import type { Archive } from "./zip.ts";

/** What a part of an office document refers to within the same archive: the names of the entries by their ids. What is elsewhere is left out. */
export function relationsOf(
  format: DocumentFormat,
  archive: Archive,
  part: string,
  limits: DocumentLimits,
): ReadonlyMap<string, string> {
  const folder = part.slice(0, part.lastIndexOf("/") + 1);
  const relations = new Map<string, string>();
  const bytes = archive.entry(`${folder}_rels/${part.slice(folder.length)}.rels`);
  if (!bytes) return relations;
  visit(format, bytes, limits, {
    open(name, { Id: id, Target: target, TargetMode: mode }) {
      if (name !== "Relationship" || id === undefined || target === undefined || mode === "External") return;
      relations.set(id, target.startsWith("/") ? target.slice(1) : withoutDots(folder + target));
    },
  });
  return relations;
}

/** No entry has a name that leaves the archive. */
function withoutDots(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

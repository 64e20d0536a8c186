import { sql } from "drizzle-orm";
import { dump } from "js-yaml";
import * as z from "zod";
import { readAssistantAsWriter, assistants as resource } from "../access.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { readableDataset } from "../knowledge/rights.ts";
import { operation } from "../operation.ts";
import { parsed } from "../records.ts";
import { readableAssistant } from "../references/targets.ts";
import { read } from "../statement.ts";
import { type Content, withoutSecretsOf } from "./changes.ts";
import { contentOf } from "./content.ts";
import { AssistantDocument, documentOf } from "./document.ts";
import { assistantKey } from "./schema.ts";

const whole = read((database) =>
  database
    .select({
      naturalId: sql<string>`p.name || ':' || a.slug`.as("natural_id"),
      draft: sql<boolean>`a.editing_id is not null`.mapWith(Boolean).as("draft"),
      content: sql<Content>`${sql.raw(contentOf("a"))}`.mapWith(parsed<Content>).as("content"),
    })
    .from(fragment(`assistants a cross join principals p on p.id = a.owner_id and a.id = ${resource.id}`)),
);

/** Other assistants that its references and the configurations of its skills name. */
const others = read((database) =>
  database
    .select({
      id: sql<string>`a.id`.as("id"),
      naturalId: sql<string | null>`iif(${fragment(readableAssistant("a.id"))}, p.name || ':' || a.slug, null)`.as(
        "natural_id",
      ),
    })
    .from(
      fragment(`(select r.target_id as id from assistant_references r
          where r.assistant_id = ${resource.id} and r.target_type = 'assistant'
        union select j.value from skills k cross join json_each(k.data) j
          where k.assistant_id = ${resource.id} and j.type = 'text') named
        cross join assistants a on a.id = named.id cross join principals p on p.id = a.owner_id`),
    ),
);

/** The datasets that it knows, or names in a skill or a reference. */
const datasets = read((database) =>
  database
    .select({
      id: sql<string>`named.id`.as("id"),
      naturalId: sql<string | null>`iif(${fragment(readableDataset("d.id"))}, p.name || ':' || d.slug, null)`.as(
        "natural_id",
      ),
    })
    .from(
      fragment(`(select r.target_id as id from assistant_references r
          where r.assistant_id = ${resource.id} and r.target_type = 'dataset'
        union select k.dataset_id from skills k where k.assistant_id = ${resource.id} and k.dataset_id is not null
        union select k.dataset_id from assistant_datasets k where k.assistant_id = ${resource.id}) named
        left join datasets d on d.id = named.id left join principals p on p.id = d.owner_id`),
    ),
);

const seen = (found: readonly { readonly id: string; readonly naturalId: string | null }[]) =>
  found.flatMap(({ id, naturalId }) => (naturalId === null ? [] : [[id, naturalId] as const]));

export const export_ = operation({
  http: "GET /assistants/{id}/_export",
  rel: "inf:export",
  summary: "Export an assistant as one portable document",
  description:
    "Instructions, settings, skills, references, knowledge, and the names of its secrets; `leftBehind` says what it does not bring. `format=yaml` answers it as YAML.",
  needs: readAssistantAsWriter,
  input: { ...assistantKey, format: z.enum(["json", "yaml"]).default("json") },
  output: z.union([AssistantDocument, z.string().meta({ description: "The same as YAML" })]),
  text: "application/yaml",
  async run(ctx, { format }) {
    const [[row], named, known, facts] = await Promise.all([
      ctx.read(whole({})),
      ctx.read(others({})),
      ctx.read(datasets({})),
      ctx.facts(),
    ]);
    if (!row) throw new StewardError("not_found");
    const [seenAssistants, seenDatasets] = [seen(named), seen(known)];
    const unseen = {
      assistants: named.length - seenAssistants.length,
      datasets: known.length - seenDatasets.length,
    };
    const names = new Map([...seenAssistants, ...seenDatasets]);
    const naturalId = row.draft ? row.naturalId.replace(/-draft$/, "") : row.naturalId;
    const document = documentOf(naturalId, withoutSecretsOf(facts, row.content), names, unseen);
    return format === "yaml" ? dump(document, { lineWidth: -1 }) : document;
  },
});

import * as z from "zod";
import type { BoundedAnswer } from "../datasets/ask.ts";
import type { RecordQuery } from "../datasets/query.ts";
import type { DataType, RecordValue } from "../datasets/records.ts";
import type { Mode } from "../knowledge/extent.ts";
import type { TargetKind } from "../references/targets.ts";

/** What a platform may have for skills to run with. */
export const capabilities = ["sandbox", "search", "fetch", "files", "datasets", "models"] as const;
export type Capability = (typeof capabilities)[number];

/** A function as providers of models take it. */
export const ToolDefinition = z
  .object({
    name: z.string().meta({ description: "Made from the skill's name: 1 to 64 of letters, digits, `_` and `-`" }),
    description: z.string().meta({ description: "The skill's own, or what its configuration says" }),
    inputSchema: z.record(z.string(), z.unknown()).meta({ description: "JSON Schema of what the model gives" }),
  })
  .meta({ id: "ToolDefinition", description: "A skill as a model is told of it" });
export type ToolDefinition = z.output<typeof ToolDefinition>;

/** A skill as its driver sees it. `data` is what the driver's configuration has let through. */
export interface ConfiguredSkill<Data> {
  readonly name: string;
  readonly description: string | null;
  readonly datasetId: string | null;
  readonly data: Data;
}

/** A row of Steward's that a configuration may name under a key of its own, in any spelling; it is stored by its id. */
export interface Target {
  readonly kind: TargetKind;
  readonly key: string;
}

/** A field of a dataset as an assistant knows it. */
export interface KnownField {
  readonly name: string;
  readonly dataType: DataType;
  /** A few of the values that there are to be seen; none where only fields are known. */
  readonly examples: readonly RecordValue[];
}

/** A dataset that an assistant knows, as far as whoever asks reaches it through that assistant. */
export interface KnownDataset {
  readonly id: string;
  /** `owner:slug`: tells datasets of one name apart. */
  readonly naturalId: string;
  readonly name: string;
  readonly description: string | null;
  readonly mode: Mode;
  /** Whether whoever asks reaches any of it; where not, there are no fields, and even its name is not to be told. */
  readonly reached: boolean;
  readonly fields: readonly KnownField[];
}

/** What a driver has while a skill of its type runs. */
export interface Run {
  /** What the assistant knows, without examples. */
  readonly known: readonly KnownDataset[];
  /**
   * Asks a dataset that the assistant knows, by its id: of the records and fields that are reached through the assistant,
   * and of no others. Rejects with `validation_failed` and the place of what is wrong, also where there is no such dataset;
   * with `conflict` where no record may be told of at all, or where the question takes too long.
   */
  query(datasetId: string, query: RecordQuery, most: { readonly bytes: number }): Promise<BoundedAnswer>;
  /** Aborted when nobody waits for the answer any more, or the time is up. */
  readonly signal: AbortSignal;
  /**
   * The plaintext of a secret of the assistant, to be sent to this host alone. Rejects where there is no such secret, or
   * where it may not go there. It is redacted from what the driver answers.
   */
  secret(name: string, host: string): Promise<string>;
}

/** What the model is told. `failed`: the skill has run, and could not do what was asked. */
export interface Outcome {
  /** Text, or an object of JSON. */
  readonly content: string | Readonly<Record<string, unknown>>;
  readonly failed?: boolean;
}

/** All that Steward knows of a type of skill; add-a-skill.md tells how to write one. */
export interface SkillDriver<Data = never> {
  /** The `type` of its skills. Never changes: it is stored. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** What a skill's `data` may be. What it has let through is stored, and must pass it again as it is. */
  readonly configuration: z.ZodType<object>;
  /** Configurations to begin with. Each fits, and `configSchema` shows them. */
  readonly examples: readonly object[];
  /** What the platform must have to run it. */
  readonly platform: readonly Capability[];
  /**
   * The function that a model is given, made from the skill's own configuration, and where `platform` has `datasets` from what is
   * `known` to the assistant.
   */
  tool(skill: ConfiguredSkill<Data>, known: readonly KnownDataset[]): ToolDefinition;
  /** Rows that must exist and be readable by whoever writes the skill. */
  readonly targets?: readonly Target[];
  /** The keys of URLs whose hosts the tenant's settings must allow. */
  readonly urls?: readonly string[];
  /**
   * Does what the model asks: `input` is what `tool` has described, checked against its schema. A driver without it can be
   * configured and does not run.
   */
  execute?(skill: ConfiguredSkill<Data>, input: unknown, run: Run): Promise<Outcome>;
}

/** Defines a driver: what its methods get is what its configuration gives. */
export const skillDriver = <S extends z.ZodType<object>>(
  driver: SkillDriver<z.output<S>> & { readonly configuration: S; readonly examples: readonly z.input<S>[] },
): SkillDriver => driver;

const longestName = 64;

const toolName = (name: string): string =>
  name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-zA-Z0-9-]+/g, "_")
    .slice(0, longestName)
    .replaceAll(/^_+|_+$/g, "") || "skill";

interface Tool {
  /** Where the skill does not describe itself. */
  readonly description: string;
  readonly properties: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
}

/** A tool under the skill's own name and description, with an input of these properties. */
export const toolOf = (
  { name, description }: ConfiguredSkill<unknown>,
  { description: otherwise, properties, required = [] }: Tool,
): ToolDefinition => ({
  name: toolName(name),
  description: description ?? otherwise,
  inputSchema: { type: "object", properties, required, additionalProperties: false },
});

const schemas = new WeakMap<SkillDriver, Record<string, unknown>>();

/** The driver's configuration as JSON Schema, with its examples. */
export function configSchemaOf(driver: SkillDriver): Record<string, unknown> {
  let schema = schemas.get(driver);
  if (!schema) {
    schema = { ...z.toJSONSchema(driver.configuration, { io: "input" }), examples: driver.examples };
    schemas.set(driver, schema);
  }
  return schema;
}

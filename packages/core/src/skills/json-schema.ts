import * as z from "zod";
import { text } from "../schemas.ts";
import { namesSecret } from "./templates.ts";

/** Of objects and lists, the schema's own and those of its properties. */
const deepest = 20;
const largest = 32 * 1024;

const Type = z.enum(["string", "number", "integer", "boolean", "object", "array", "null"]);
const Count = z.int().min(0).max(1_000_000).optional();
const Amount = z.number().optional();
const Name = z.string().regex(/^[\w.-]{1,64}$/, "1 to 64 of letters, digits, underscore, dot and hyphen");

/**
 * A schema as models of all providers read it: nothing that refers to another place, and no regular expressions, which
 * would be run on what a model writes.
 */
const Schema = z
  .strictObject({
    type: z.union([Type, z.array(Type).min(1).max(7)]).optional(),
    title: text(255).optional(),
    description: text(2000).optional(),
    format: text(50).optional(),
    enum: z.array(z.unknown()).min(1).max(500).optional(),
    const: z.unknown().optional(),
    default: z.unknown().optional(),
    examples: z.array(z.unknown()).max(20).optional(),
    minimum: Amount,
    maximum: Amount,
    exclusiveMinimum: Amount,
    exclusiveMaximum: Amount,
    multipleOf: z.number().positive().optional(),
    minLength: Count,
    maxLength: Count,
    minItems: Count,
    maxItems: Count,
    uniqueItems: z.boolean().optional(),
    required: z.array(z.string()).max(200).optional(),
    get properties(): z.ZodType {
      return z.record(Name, Schema).optional();
    },
    get additionalProperties(): z.ZodType {
      return z.union([z.boolean(), Schema]).optional();
    },
    get items(): z.ZodType {
      return Schema.optional();
    },
    get anyOf() {
      return Alternatives;
    },
    get oneOf() {
      return Alternatives;
    },
    get allOf() {
      return Alternatives;
    },
  })
  .superRefine(({ required = [], properties }, context) => {
    for (const [index, name] of required.entries())
      if (!Object.hasOwn(properties ?? {}, name))
        context.addIssue({ code: "custom", path: ["required", index], message: `There is no property "${name}"` });
  });
const Alternatives: z.ZodType = z.array(Schema).min(1).max(20).optional();

const depthOf = (value: unknown): number =>
  typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

function mistakeIn(schema: object): string | null {
  const written = JSON.stringify(schema);
  if (written.length > largest) return `Longer than ${largest} characters`;
  if (depthOf(schema) > deepest) return `Nested more than ${deepest} levels deep`;
  return namesSecret(written) ? "It is told to the model: no secret may stand here" : null;
}

/** A JSON Schema for what a model gives: an object, of bounded size and depth, with the keywords that all providers know. */
export const InputSchema = z.record(z.string(), z.unknown()).superRefine((schema, context) => {
  const report = (message: string, path: PropertyKey[] = []) => context.addIssue({ code: "custom", path, message });
  const mistake = mistakeIn(schema);
  if (mistake) return report(mistake);
  if (schema.type !== "object") report('Must be "object"', ["type"]);
  for (const key of ["anyOf", "oneOf", "allOf"]) if (key in schema) report("Not at the top of the schema", [key]);
  for (const { message, path } of Schema.safeParse(schema).error?.issues ?? []) report(message, path);
});

/** The names of what a model may give by such a schema. */
export const inputsOf = (schema: Readonly<Record<string, unknown>>): ReadonlySet<string> =>
  new Set(Object.keys(schema.properties ?? {}));

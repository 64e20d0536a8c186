import * as z from "zod";

type Schema = z.core.JSONSchema.BaseSchema;

const moment = "x-moment";
const dateTime = z.iso.datetime({ offset: true });
/** As deep as the core lets an input be; what lies deeper is refused there. */
const deepest = 32;

/** What a door must know of an operation's input to read it from text. */
export interface InputPlan {
  readonly keys: readonly string[];
  readonly required: readonly string[];
  /** The value that a text in a path or a query means under this key; the text itself where it means none. */
  fromText(key: string, text: string): unknown;
  /** The same input with the moments in it as Date. */
  withMoments(input: Record<string, unknown>): Record<string, unknown>;
  /** What the schema takes where nothing is given. */
  defaultOf(key: string): unknown;
}

const plans = new WeakMap<z.ZodObject, InputPlan>();

/** The plan of an input, made once. */
export function inputPlan(input: z.ZodObject): InputPlan {
  let plan = plans.get(input);
  if (!plan) {
    plan = build(input);
    plans.set(input, plan);
  }
  return plan;
}

function build(input: z.ZodObject): InputPlan {
  const root = z.toJSONSchema(input, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === "date") jsonSchema[moment] = true;
    },
  });
  const properties = new Map(Object.entries(root.properties ?? {}).filter(isSchemaEntry));
  const texts = new Map([...properties].map(([key, schema]) => [key, textReader(schema, root)]));
  const dated = holdsMoment(root, root);
  return {
    keys: [...properties.keys()],
    required: root.required ?? [],
    fromText: (key, text) => texts.get(key)?.(text) ?? text,
    withMoments: (value) => (dated ? (withMoments(value, root, root, 0) as Record<string, unknown>) : value),
    defaultOf: (key) => properties.get(key)?.default,
  };
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isSchemaEntry = (entry: [string, unknown]): entry is [string, Schema] => isSchema(entry[1]);

function resolve(schema: Schema, root: Schema): Schema {
  const target = schema.$ref && (schema.$ref === "#" ? root : root.$defs?.[schema.$ref.slice("#/$defs/".length)]);
  return isSchema(target) ? target : schema;
}

const alternativesOf = ({ anyOf = [], oneOf = [], allOf = [] }: Schema): Schema[] =>
  [...anyOf, ...oneOf, ...allOf].filter(isSchema);

function textReader(schema: Schema, root: Schema): (text: string) => unknown {
  const types = typesOf(schema, root);
  if (types.has(moment)) return toMoment;
  if (types.has("string")) return (text) => text;
  if (types.has("integer") || types.has("number")) return toNumber;
  if (types.has("boolean")) return (text) => (text === "true" ? true : text === "false" ? false : text);
  return (text) => text;
}

function typesOf(schema: Schema, root: Schema): Set<string> {
  const here = resolve(schema, root);
  const own = here[moment] ? moment : here.type;
  return new Set([
    ...(own === undefined ? [] : [own].flat()),
    ...alternativesOf(here).flatMap((inner) => [...typesOf(inner, root)]),
  ]);
}

const toNumber = (text: string): unknown => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);

/** A text that is no moment stays one, so that the core refuses it under its path. */
function toMoment(value: unknown): unknown {
  if (typeof value !== "string" || !dateTime.safeParse(value).success) return value;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? value : date;
}

const holding = new WeakMap<Schema, boolean>();

/** Whether there is a moment anywhere beneath. Schemas may hold themselves. */
function holdsMoment(schema: Schema, root: Schema): boolean {
  const here = resolve(schema, root);
  const known = holding.get(here);
  if (known !== undefined) return known;
  holding.set(here, false);
  const inner = [
    ...alternativesOf(here),
    here.items,
    here.additionalProperties,
    ...Object.values(here.properties ?? {}),
  ];
  const holds = here[moment] === true || inner.flat().some((one) => isSchema(one) && holdsMoment(one, root));
  holding.set(here, holds);
  return holds;
}

function withMoments(value: unknown, schema: Schema, root: Schema, depth: number): unknown {
  const here = resolve(schema, root);
  if (depth > deepest || !holdsMoment(here, root)) return value;
  if (here[moment]) return toMoment(value);
  const given = alternativesOf(here).reduce((inner, one) => withMoments(inner, one, root, depth), value);
  const { items, properties = {}, additionalProperties } = here;
  if (Array.isArray(given))
    return isSchema(items) ? given.map((one) => withMoments(one, items, root, depth + 1)) : given;
  if (typeof given !== "object" || given === null || given instanceof Date) return given;
  return Object.fromEntries(
    Object.entries(given).map(([key, one]) => {
      const inner = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
      return [key, isSchema(inner) ? withMoments(one, inner, root, depth + 1) : one];
    }),
  );
}

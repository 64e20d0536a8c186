import type * as z from "zod";

/** Which side of a schema: what a caller may send, or what an answer holds. */
export type Side = "input" | "output";

/** The named types of a contract, in the order in which they were met. */
export type NamedTypes = Map<string, string>;

type Definition = { readonly type: string } & Readonly<Record<string, unknown>>;
interface Check {
  readonly check: string;
  readonly value?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly inclusive?: boolean;
  readonly error?: (issue: object) => unknown;
}

const definitionOf = (schema: z.ZodType) => schema._zod.def as unknown as Definition;

const wrappers = new Set(["optional", "nullable", "default", "prefault", "readonly", "nonoptional", "catch"]);

/** The schema itself, then what it wraps, from the outside inwards. */
function* layersOf(schema: z.ZodType): Generator<z.ZodType> {
  yield schema;
  const definition = definitionOf(schema);
  if (wrappers.has(definition.type)) yield* layersOf(definition.innerType as z.ZodType);
}

/** A JSDoc comment of these paragraphs, or nothing. */
export function comment(paragraphs: readonly (string | undefined)[]): string {
  const lines = paragraphs
    .filter((paragraph) => paragraph)
    .map((paragraph) => String(paragraph).replaceAll("*/", "*\\/"));
  if (lines.length === 0) return "";
  const [only] = lines;
  return lines.length === 1 ? `/** ${only} */\n` : `/**\n${lines.map((line) => ` * ${line}`).join("\n *\n")}\n */\n`;
}

const count = (value: number) => value.toLocaleString("en-US");

function range(least: number | undefined, most: number | undefined, unit: string): string | undefined {
  if (most !== undefined && (least === undefined || (least === 0 && unit))) return `at most ${count(most)}${unit}`;
  if (least !== undefined && most !== undefined) return `${count(least)} to ${count(most)}${unit}`;
  return least === undefined ? undefined : `at least ${count(least)}${unit}`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
/** With the point at its end. */
export const sentence = (text: string | undefined) => text && (/[.!?]$/.test(text) ? text : `${text}.`);

function boundsOf(schema: z.ZodType): string | undefined {
  const {
    type,
    format,
    checks = [],
  } = definitionOf(schema) as { type: string; format?: string; checks?: z.core.$ZodCheck[] };
  const all = checks.map((check) => check._zod.def as unknown as Check);
  const limit = (name: string, key: "value" | "minimum" | "maximum") =>
    all.find(({ check }) => check === name)?.[key] as number | undefined;
  const unit = type === "string" ? " characters" : type === "array" ? " items" : "";
  const bounds = [
    type === "string" && format ? format : undefined,
    format === "safeint" ? "an integer" : undefined,
    range(
      limit("greater_than", "value") ?? limit("min_length", "minimum"),
      limit("less_than", "value") ?? limit("max_length", "maximum"),
      unit,
    ),
  ].filter((bound) => bound !== undefined);
  const refusals = all.map(({ error }) => error?.({})).filter((message) => typeof message === "string");
  const sentences = [
    bounds.length > 0 && `${capital(bounds.join(", "))}.`,
    refusals.length > 0 && `Otherwise: "${refusals.join('", "')}".`,
  ];
  return sentences.filter(Boolean).join(" ") || undefined;
}

/** What the documentation of a key says: its description, its bounds, its default. */
function documentationOf(schema: z.ZodType, side: Side): string {
  const layers = [...layersOf(schema)];
  const description = layers.map((layer) => layer.meta()?.description).find((text) => text !== undefined);
  const bounds = side === "input" ? layers.map(boundsOf).find((text) => text !== undefined) : undefined;
  const withDefault = layers.map(definitionOf).find(({ type }) => type === "default" || type === "prefault");
  const fallback =
    side === "input" && withDefault ? `Default: \`${JSON.stringify(withDefault.defaultValue)}\`.` : undefined;
  return comment([sentence(description), [bounds, fallback].filter(Boolean).join(" ")]);
}

const isIdentifier = (key: string) => /^[A-Za-z_$][\w$]*$/.test(key);

/** The members of an object type, each with its documentation. */
export function membersOf(schema: z.ZodType, side: Side, named: NamedTypes): string {
  const shape = definitionOf(schema).shape as Readonly<Record<string, z.ZodType>>;
  return Object.entries(shape)
    .map(([key, value]) => {
      const optionality = side === "input" ? value._zod.optin : value._zod.optout;
      const name = isIdentifier(key) ? key : JSON.stringify(key);
      const type = typeOf(value, side, named);
      const member = optionality
        ? `${name}?: ${/\bundefined$/.test(type) ? type : `${type} | undefined`}`
        : `${name}: ${type}`;
      return `${documentationOf(value, side)}${member};`;
    })
    .join("\n");
}

const isJson = (inner: z.ZodType) =>
  definitionOf(inner).type === "union" &&
  (definitionOf(inner).options as z.ZodType[]).map((option) => definitionOf(option).type).join() ===
    "string,number,boolean,null,array,record";

const jsonType = "string | number | boolean | null | Json[] | { [key: string]: Json }";

const plain: Readonly<Record<string, string>> = {
  string: "string",
  number: "number",
  int: "number",
  boolean: "boolean",
  bigint: "bigint",
  date: "Date",
  null: "null",
  undefined: "undefined",
  void: "void",
  unknown: "unknown",
  any: "unknown",
  never: "never",
};

const literal = (value: unknown) => (typeof value === "string" ? JSON.stringify(value) : String(value));
const union = (types: readonly string[]) => [...new Set(types)].join(" | ");

/** TypeScript for one side of a schema. Schemas with an `id` become names of `named`. Throws for what it does not know. */
export function typeOf(schema: z.ZodType, side: Side, named: NamedTypes): string {
  const id = schema.meta()?.id;
  if (typeof id !== "string") return writtenOut(schema, side, named);
  const isObject = definitionOf(schema).type === "object";
  const type = isObject ? `{\n${membersOf(schema, side, named)}\n}` : writtenOut(schema, side, named);
  const documentation = comment([sentence(schema.meta()?.description)]);
  const declare = (name: string) =>
    `${documentation}export ${isObject ? `interface ${name} ${type}` : `type ${name} = ${type};`}`;
  for (const name of side === "input" ? [id, `${id}Input`] : [id, `${id}Output`]) {
    if (!named.has(name)) named.set(name, declare(name));
    if (named.get(name) === declare(name)) return name;
  }
  throw new Error(`Two schemas have the id ${id}`);
}

function writtenOut(schema: z.ZodType, side: Side, named: NamedTypes): string {
  const definition = definitionOf(schema);
  const inner = (key: string) => typeOf(definition[key] as z.ZodType, side, named);
  const known = plain[definition.type];
  if (known) return known;
  switch (definition.type) {
    case "object":
      return `{\n${membersOf(schema, side, named)}\n}`;
    case "enum":
      return union(Object.values(definition.entries as object).map(literal));
    case "literal":
      return union((definition.values as unknown[]).map(literal));
    case "array":
      return isIdentifier(inner("element")) ? `${inner("element")}[]` : `Array<${inner("element")}>`;
    case "record":
      return `Record<${inner("keyType")}, ${inner("valueType")}>`;
    case "union":
      return union((definition.options as z.ZodType[]).map((option) => typeOf(option, side, named)));
    case "nullable":
      return union([inner("innerType"), "null"]);
    case "optional":
      return union([inner("innerType"), "undefined"]);
    case "default":
    case "prefault":
    case "catch":
      return side === "input" ? union([inner("innerType"), "undefined"]) : inner("innerType");
    case "readonly":
    case "nonoptional":
      return inner("innerType");
    case "pipe":
      return side === "input" ? inner("in") : inner("out");
    case "lazy":
      if (!isJson((definition.getter as () => z.ZodType)())) break;
      named.set("Json", `/** Any JSON. */\nexport type Json = ${jsonType};`);
      return "Json";
  }
  throw new Error(`No TypeScript is known for a schema of type ${definition.type}: teach contract-types.ts`);
}

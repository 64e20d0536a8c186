import { type AnyOperation, errors } from "@steward/core";
import * as z from "zod";

/** A fragment of a JSON document. */
export interface Json {
  readonly [key: string]: unknown;
}

interface InputSchema {
  readonly properties: Readonly<Record<string, Json>>;
  readonly required: readonly string[];
}

interface OutputSchema {
  readonly kind: "nothing" | "something";
  readonly schema: Json;
}

/** The schemas of a document: its components, and what each operation takes and gives. */
export interface Schemas {
  readonly components: Readonly<Record<string, Json>>;
  input(operation: AnyOperation): InputSchema;
  output(operation: AnyOperation): OutputSchema;
  /** One item of what an operation streams, as it stands. */
  item(operation: AnyOperation): Json;
}

const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

/** Components that no zod schema describes: what this door adds. */
export const fragments: Readonly<Record<string, Json>> = {
  Link: {
    type: "object",
    properties: {
      href: { type: "string" },
      templated: { type: "boolean" },
      name: { type: "string" },
      title: { type: "string" },
      type: { type: "string" },
    },
    required: ["href"],
  },
  Hal: {
    type: "object",
    description: "Where one can go from here, as far as this caller may",
    properties: {
      _links: {
        type: "object",
        additionalProperties: { anyOf: [reference("Link"), { type: "array", items: reference("Link") }] },
      },
    },
    required: ["_links"],
  },
  Error: {
    type: "object",
    properties: {
      statusCode: { type: "integer" },
      error: { type: "string", description: "The phrase of HTTP" },
      message: { type: "string" },
      code: { type: "string", enum: Object.keys(errors) },
      details: {
        type: "array",
        items: {
          type: "object",
          properties: { path: { type: "string" }, message: { type: "string" } },
          required: ["path", "message"],
        },
      },
      diff: { type: "object", description: "Of a draft that meets a changed original: what its `_diff` answers" },
      requestId: { type: "string" },
    },
    required: ["statusCode", "error", "message", "code", "requestId"],
  },
};

/** Converts all schemas at once, so that what they share is said once. */
export function schemasOf(operations: readonly AnyOperation[]): Schemas {
  const unique = [...new Set(operations)];
  const index = new Map(unique.map((operation, position) => [operation, `o${position}`]));
  const inputs = convert(
    unique.map(({ input }) => input),
    "input",
  );
  const outputs = convert(
    unique.map(({ output }) => output),
    "output",
  );
  const nameOf = (operation: AnyOperation) => index.get(operation) ?? "";
  return {
    components: { ...inputs.components, ...outputs.components },
    input(operation) {
      const { properties = {}, required = [] } = inputs.roots[nameOf(operation)] as Partial<InputSchema>;
      return { properties, required };
    },
    item: (operation) => outputs.roots[nameOf(operation)] ?? {},
    output: (operation) => envelope(operation, outputs.roots[nameOf(operation)] ?? {}, outputs.components),
  };
}

function convert(schemas: readonly z.ZodType[], io: "input" | "output") {
  const all = z.object(Object.fromEntries(schemas.map((schema, position) => [`o${position}`, schema])));
  const { properties = {}, $defs = {} } = z.toJSONSchema(all, {
    io,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === "date") Object.assign(jsonSchema, { type: "string", format: "date-time" });
      // The envelope adds keys, and so may the next version: a client has to bear with that.
      if (io === "output" && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  // What has a name of its own is the same object on both sides; what zod has had to name is not.
  const rename = (name: string) =>
    name.startsWith("__") ? `${io === "input" ? "Input" : "Output"}${name.replaceAll(/\W|_/g, "")}` : name;
  const rewrite = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (key, inner: unknown) =>
      key === "$ref" && typeof inner === "string"
        ? `#/components/schemas/${rename(inner.replace("#/$defs/", ""))}`
        : inner,
    );
  return {
    roots: rewrite(properties) as Record<string, Json>,
    components: rewrite(
      Object.fromEntries(
        Object.entries($defs).map(([name, schema]) => [
          rename(name),
          io === "output" ? withEmbedded(withoutName(schema)) : withoutName(schema),
        ]),
      ),
    ) as Record<string, Json>,
  };
}

const withoutName = ({ id: _id, ...schema }: z.core.JSONSchema.BaseSchema) => schema;

/** Keys that hold a whole object, in `_embedded` under their relation; where one is null it is not there. */
function withEmbedded(schema: z.core.JSONSchema.BaseSchema): object {
  const { properties = {}, required = [] } = schema;
  const all = Object.entries(properties) as [string, Json][];
  const own = all.filter(([, property]) => property["x-rel"] === undefined);
  if (own.length === all.length) return schema;
  const embedded = all.flatMap(([, { "x-rel": rel, ...object }]) => (typeof rel === "string" ? [[rel, object]] : []));
  return {
    ...schema,
    properties: {
      ...Object.fromEntries(own),
      _embedded: { type: "object", properties: Object.fromEntries(embedded) },
    },
    required: required.filter((key) => own.some(([name]) => name === key)),
  };
}

function envelope(operation: AnyOperation, root: Json, components: Readonly<Record<string, Json>>): OutputSchema {
  if (operation.output instanceof z.ZodVoid) return { kind: "nothing", schema: {} };
  const name = typeof root.$ref === "string" ? root.$ref.slice("#/components/schemas/".length) : "";
  const { properties = {}, required = [] } = (components[name] ?? root) as Partial<InputSchema>;
  const { items, next: _next, ...rest } = properties;
  const isPage = items !== undefined && (operation.items !== undefined || operation.bare);
  if (!isPage) return { kind: "something", schema: { allOf: [root, reference("Hal")] } };
  const item = (items.items ?? {}) as Json;
  const linked = operation.items?.at ? { allOf: [item, reference("Hal")] } : item;
  if (operation.bare) return { kind: "something", schema: { type: "array", items: linked } };
  const embedded = {
    type: "object",
    properties: { [operation.items?.rel ?? "item"]: { type: "array", items: linked } },
  };
  const page = {
    type: "object",
    properties: { _embedded: embedded, ...rest },
    required: ["_embedded", ...required.filter((key) => key in rest)],
  };
  return { kind: "something", schema: { allOf: [page, reference("Hal")] } };
}

import { type ErrorCode, errors, operations } from "@steward/core";
import * as z from "zod";
import { fileKey } from "./form.ts";
import { placesOf } from "./links.ts";
import { fragments, type Json, type Schemas, schemasOf } from "./openapi-schemas.ts";
import { phraseOf } from "./problem.ts";
import { type Representation, representationsOf } from "./representation.ts";
import { type AnyRegistry, type Route, routesOf } from "./routes.ts";

export interface OpenapiOptions {
  readonly prefix?: string;
  readonly registry?: AnyRegistry;
  readonly version?: string;
}

/** OpenAPI 3.1 of every route, printed from the registry. */
export function openapi({ prefix = "/api", registry = operations, version = "1.0.0" }: OpenapiOptions = {}): object {
  const routes = routesOf(registry);
  const represent = representationsOf(routes, placesOf(routes, prefix));
  const schemas = schemasOf(routes.map(({ operation }) => operation));
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.verb.toLowerCase()]: describe(represent(route), schemas) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Steward", version, description: "Assistants, and who may do what with them." },
    servers: [{ url: prefix }],
    tags: Object.keys(registry).map((name) => ({ name })),
    paths,
    components: {
      schemas: { ...fragments, ...schemas.components },
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "An API token" },
        cookie: { type: "apiKey", in: "cookie", name: "sid", description: "The session of a person who has signed in" },
      },
    },
  };
}

const security = {
  none: [],
  optional: [{}, { bearer: [] }, { cookie: [] }],
  any: [{ bearer: [] }, { cookie: [] }],
  session: [{ cookie: [] }],
} as const;

function describe(representation: Representation, schemas: Schemas): Json {
  const { route } = representation;
  const { operation, name, group, parameters, verb, alias } = route;
  const { summary, description, needs, rel, input } = operation;
  const { properties, required } = schemas.input(operation);
  const others = Object.entries(properties).filter(([key]) => !parameters.includes(key));
  const inBody = (verb === "POST" || verb === "PUT") && operation.bytes === undefined;
  const beside = others.filter(([key]) => key !== operation.bytes);
  const place = (key: string, where: "path" | "query", schema: Json | undefined) => {
    const { description: text, ...rest } = schema ?? {};
    return {
      name: key,
      in: where,
      required: where === "path" || required.includes(key),
      ...(text !== undefined && { description: text }),
      schema: rest,
    };
  };
  return {
    operationId: alias ? `${name}${route.path.replaceAll(/\W+/g, "_")}` : name,
    summary,
    ...(description !== undefined && { description }),
    tags: [group],
    security: security[needs.credential],
    "x-permission": needs.permission,
    "x-scope": needs.scope,
    ...(rel !== undefined && { "x-rel": rel }),
    parameters: [
      ...parameters.map((key) => place(key, "path", properties[key])),
      ...(inBody ? [] : beside.map(([key, schema]) => place(key, "query", schema))),
      ...conditions(route, Object.keys(input.shape)),
    ],
    ...(inBody &&
      others.length > 0 && {
        requestBody: bodyOf(
          others,
          required.filter((key) => !parameters.includes(key)),
        ),
      }),
    ...(operation.bytes !== undefined && { requestBody: bytesOf(beside, properties[operation.bytes]) }),
    responses: { ...success(representation, schemas), ...failures(route) },
  };
}

function conditions({ verb, operation }: Route, keys: readonly string[]): Json[] {
  const header = (name: string, description: string) => ({
    name,
    in: "header",
    required: false,
    description,
    schema: { type: "string" },
  });
  if (verb === "GET")
    return operation.output instanceof z.ZodVoid || operation.stream
      ? []
      : [
          header("If-None-Match", "The ETag you have: 304 while it holds"),
          ...(operation.contents ? [header("Range", "One range of bytes: `bytes=0-1023`")] : []),
        ];
  return [
    ...(keys.includes("expectedVersion")
      ? [header("If-Match", "The ETag you read: 412 when the version has moved on")]
      : []),
    ...(keys.includes("idempotencyKey")
      ? [header("Idempotency-Key", "Any text of your own: the same again within 24 hours gives the first answer again")]
      : []),
  ];
}

const bodyOf = (properties: readonly [string, Json][], required: readonly string[]): Json => ({
  required: required.length > 0,
  content: {
    "application/json": {
      schema: { type: "object", properties: Object.fromEntries(properties), required, additionalProperties: false },
    },
  },
});

/** What stands in the query may as well stand in the form, before its file. */
const bytesOf = (beside: readonly [string, Json][], bytes: Json | undefined): Json => ({
  required: true,
  content: {
    "multipart/form-data": {
      schema: {
        type: "object",
        properties: { ...Object.fromEntries(beside), [fileKey]: bytes },
        required: [fileKey],
        additionalProperties: false,
      },
    },
    "*/*": { schema: bytes },
  },
});

const streamed = (summary: string, item: Json): Record<string, Json> => ({
  200: {
    description: `${summary}: each event is one item, the last one \`error\` where it fails`,
    content: { "text/event-stream": { schema: item } },
  },
});

const bytes: Json = { "*/*": { schema: { type: "string", format: "binary" } } };
const withBytes = (summary: string): Record<string, Json> => ({
  200: {
    description: summary,
    headers: { ETag: { schema: { type: "string" }, description: "Changes whenever the bytes do" } },
    content: bytes,
  },
  206: { description: "The bytes that `Range` asks for", content: bytes },
  304: { description: "They are as you have them" },
  416: { description: "There are no bytes in that range" },
});

function success({ route, makes }: Representation, schemas: Schemas): Record<string, Json> {
  const { operation, verb } = route;
  const statuses = operation.created ? [200, 201] : [operation.status ?? (makes ? 201 : 200)];
  if (operation.stream) return streamed(operation.summary, schemas.item(operation));
  if (operation.contents) return withBytes(operation.summary);
  const { kind, schema } = schemas.output(operation);
  if (kind === "nothing") return { 204: { description: "Done" } };
  const headers = {
    ETag: { schema: { type: "string" }, description: "Version, and a fingerprint of what this caller sees" },
    ...(operation.bare && { Link: { schema: { type: "string" }, description: 'rel="next" where there are more' } }),
  };
  const location = { Location: { schema: { type: "string" }, description: "Where it stands" } };
  const content = {
    "application/json": { schema },
    "application/hal+json": { schema },
    ...(operation.text && { [operation.text]: { schema: { type: "string" } } }),
  };
  const answers = statuses.map((status): [string, Json] => [
    String(status),
    { description: operation.summary, headers: { ...headers, ...(status === 201 && location) }, content },
  ]);
  const unchanged: Json = { description: "It is as you have it" };
  return Object.fromEntries(verb === "GET" ? [...answers, ["304", unchanged]] : answers);
}

function failures({ operation, parameters, verb }: Route): Record<string, Json> {
  const { needs, input } = operation;
  const takesBody = verb === "POST" || verb === "PUT";
  const codes = new Set<ErrorCode>([
    ...(Object.keys(input.shape).length > 0 ? (["validation_failed"] as const) : []),
    ...(needs.credential === "none" ? [] : (["unauthenticated", "token_scope"] as const)),
    ...(needs.seat ? (["ai_entitlement_required"] as const) : []),
    ...(needs.grant || (needs.on && needs.on.level > 1) ? (["forbidden"] as const) : []),
    ...(needs.on || parameters.length > 0 ? (["not_found"] as const) : []),
    ...(takesBody ? (["too_large"] as const) : []),
    ...(takesBody && operation.bytes === undefined ? (["unsupported_media_type"] as const) : []),
    ...(verb === "GET" ? [] : (["foreign_origin"] as const)),
    ...(operation.errors ?? []),
    "internal",
  ]);
  return Object.fromEntries(
    [...Map.groupBy(codes, (code) => errors[code].status)].map(([status, here]) => [
      String(status),
      {
        description: `${phraseOf(status)}. ${here.map((code) => `\`${code}\`: ${errors[code].title}`).join(". ")}`,
        content: {
          "application/json": {
            schema: { allOf: [{ $ref: "#/components/schemas/Error" }, { properties: { code: { enum: here } } }] },
          },
        },
      },
    ]),
  );
}

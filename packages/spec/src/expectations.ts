import { type AnyOperation, type ErrorCode, errors, operations } from "@steward/core";
import { expect } from "vitest";
import * as z from "zod";
import { document } from "./app.ts";
import type { Presented } from "./arrange.ts";
import type { Answer, DoorName, Refused } from "./doors.ts";
import { misfits } from "./json-schema.ts";
import { isRead, methodOf, pathOf } from "./operations.ts";
import { subjectOf, userOf } from "./subjects.ts";
import type { World } from "./world.ts";

/** How many trips to the database an operation may take. */
export const tripBudget = ({ trips }: AnyOperation): number => trips?.most ?? 1;

/** The value of an answer that must be a success, with this status if one is said. */
export function expectSuccess(answer: Answer, status?: number): unknown {
  if (!answer.ok)
    throw new Error(`Refused with ${answer.code}: ${JSON.stringify(answer.details)} ${String(answer.body)}`);
  if (status !== undefined) expect(answer.status).toBe(status);
  return answer.value;
}

interface Documented {
  readonly content?: Readonly<Record<string, { readonly schema: { readonly allOf?: readonly object[] } }>>;
}
type Paths = Readonly<
  Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, Documented>> }>>>
>;

function documented(operation: AnyOperation, status: number): Documented | undefined {
  const { paths } = document as { readonly paths: Paths };
  return paths[pathOf(operation)]?.[methodOf(operation).toLowerCase()]?.responses[status];
}

const outputSchemas = new WeakMap<AnyOperation, z.core.JSONSchema.BaseSchema>();

function outputSchema(operation: AnyOperation) {
  let schema = outputSchemas.get(operation);
  if (!schema) {
    schema = z.toJSONSchema(operation.output, {
      unrepresentable: "any",
      override: ({ zodSchema, jsonSchema }) => {
        if (zodSchema._zod.def.type === "date") Object.assign(jsonSchema, { type: "string", format: "date-time" });
      },
    });
    outputSchemas.set(operation, schema);
  }
  return schema;
}

/** That a success is what the operation's output says, and over REST what OpenAPI says. */
export function expectDocumented(doorName: DoorName, operation: AnyOperation, answer: Answer): void {
  if (!answer.ok) return;
  const item = outputSchema(operation);
  const schema = operation.stream ? { type: "array", items: item, $defs: item.$defs } : item;
  if (operation.output instanceof z.ZodVoid) expect(answer.value).toBeUndefined();
  // What a door makes of bytes, it has looked at itself.
  else if (!operation.contents)
    expect(misfits(answer.value, schema, schema), "against the output's schema").toEqual([]);
  if (doorName !== "rest") return;
  const response = documented(operation, answer.status);
  expect(response, `OpenAPI knows ${answer.status}`).toBeDefined();
  const events = response?.content?.["text/event-stream"]?.schema;
  const content = events ? { schema: { type: "array", items: events } } : response?.content?.["application/json"];
  if (content) expect(misfits(answer.body, content.schema, document as never), "against OpenAPI").toEqual([]);
  else expect(answer.body, "no body is documented").toBeUndefined();
}

/** That an answer is a well-formed refusal with exactly this code. */
export function expectRefused(doorName: DoorName, operation: AnyOperation, answer: Answer, code: ErrorCode): Refused {
  if (answer.ok) throw new Error(`Not refused with ${code}, but: ${JSON.stringify(answer.value)}`);
  expect(answer.code, String(answer.body)).toBe(code);
  expect(answer.status).toBe(errors[code].status);
  if (doorName !== "core") expectWellFormedError(doorName, answer.status, answer.body);
  if (doorName === "rest") expectDocumentedCode(operation, answer);
  return answer;
}

function expectDocumentedCode(operation: AnyOperation, { status, code }: Refused): void {
  // Where nothing is to be given, OpenAPI says nothing of what is wrong with it.
  if (code === "validation_failed" && Object.keys(operation.input.shape).length === 0) return;
  const [, own] = documented(operation, status)?.content?.["application/json"]?.schema.allOf ?? [];
  expect(own, `OpenAPI knows ${status}`).toMatchObject({
    properties: { code: { enum: expect.arrayContaining([code]) } },
  });
}

const details = z.array(z.strictObject({ path: z.string(), message: z.string().min(1) })).optional();
/** Only a draft that meets a changed original says what differs. */
const diff = operations.drafts.diff.output.optional();
const codes = z.enum(Object.keys(errors) as [ErrorCode, ...ErrorCode[]]);
const restError = z.strictObject({
  statusCode: z.int(),
  error: z.string().min(1),
  message: z.string().min(1),
  code: codes,
  details,
  diff,
  requestId: z.string().min(1),
});
const trpcError = z.strictObject({
  error: z.strictObject({
    json: z.strictObject({
      message: z.string().min(1),
      code: z.int(),
      data: z.strictObject({
        code: z.string(),
        httpStatus: z.int(),
        path: z.string().optional(),
        cause: z.strictObject({ code: codes, details, diff, requestId: z.string().min(1) }),
      }),
    }),
    // What occurs twice in a diff is told once.
    meta: z.unknown().optional(),
  }),
});

/** That the body of an error holds what the contract says, and no more. */
export function expectWellFormedError(doorName: "trpc" | "rest", status: number, body: unknown): void {
  const parsed: unknown = JSON.parse(String(body));
  if (doorName === "rest") expect(restError.parse(parsed).statusCode).toBe(status);
  else expect(trpcError.parse(parsed).error.json.data.httpStatus).toBe(status);
}

interface Audited {
  readonly name: string;
  readonly operation: AnyOperation;
  readonly as: Presented;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Whether a body is an error of either HTTP door. */
export const isWellFormedError = (body: unknown): boolean =>
  restError.safeParse(body).success || trpcError.safeParse(body).success;

/** Looks at the world before an operation; what it answers checks the audit trail afterwards. */
export async function expectAudit(world: World, { name, operation, as, input }: Audited) {
  const { on } = operation.needs;
  const named = on && on.resource.name !== "owner" ? await subjectOf(world, on.resource, input, as) : undefined;
  const user = await userOf(world, as);
  const [[before] = []] = await world.rows("select coalesce(max(number), 0) from audit");
  return async (value: unknown, trail?: unknown[][]): Promise<void> => {
    const rows = await world.rows(
      "select operation, user_id, subject from audit where number > ? order by number",
      before,
    );
    const own = isRead(operation) ? [] : [[name, user, named ?? (await idOf(world, value))]];
    expect(rows, "the audit trail").toEqual(trail ?? own);
  };
}

/** The immutable id of what an answer shows. */
async function idOf(world: World, value: unknown): Promise<unknown> {
  const { id } = (value ?? {}) as { readonly id?: unknown };
  if (typeof id !== "string" || !id.includes(":")) return id ?? null;
  const [row] = await world.rows("select id from principals where kind || ':' || name = ?", id);
  return row?.[0];
}

/**
 * Prints the types that `@steward/client` publishes, from the registry alone, so that what an app installs needs
 * neither our source nor zod. `--write` puts them where they belong; `--check` fails when what is there is stale.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type AnyOperation, type ErrorCode, errors, operations } from "@steward/core";
import { comment, membersOf, type NamedTypes, sentence, typeOf } from "./contract-types.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const target = "packages/client/src/contract.ts";

const heading = `// Printed from the registry by tooling/scripts/src/client-contract.ts: change the operations, not this file.
// biome-ignore-all lint/suspicious/noConfusingVoidType: an operation without an answer has the output \`void\`.
import type {
  TRPCBuiltRouter,
  TRPCDefaultErrorShape,
  TRPCMutationProcedure,
  TRPCQueryProcedure,
  TRPCSubscriptionProcedure,
} from "@trpc/server";
`;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Every code with which an operation may fail; `internal` and `rate_limited` are for all and said nowhere. */
function errorsOf({ needs, errors: more = [] }: AnyOperation): ErrorCode[] {
  const codes = new Set<ErrorCode>(["validation_failed"]);
  if (needs.credential !== "none") codes.add("unauthenticated");
  if (needs.seat) codes.add("ai_entitlement_required");
  if (needs.credential === "any") codes.add("token_scope");
  if (needs.grant || needs.on) codes.add("forbidden");
  if (needs.on) codes.add("not_found");
  for (const code of more) codes.add(code);
  return (Object.keys(errors) as ErrorCode[]).filter((code) => codes.has(code));
}

function permissionOf({ needs }: AnyOperation): string {
  const who = {
    none: "Open to anybody.",
    optional: "Open to anybody.",
    any: undefined,
    session: "Needs a session: no token may.",
  };
  const permission =
    needs.permission === "none"
      ? undefined
      : `Needs ${needs.permission === "signed in" ? "a signed-in user" : `\`${needs.permission}\``}${needs.seat ? " and an AI seat" : ""}.`;
  return [who[needs.credential], permission].filter(Boolean).join(" ");
}

const documentationOf = (operation: AnyOperation) =>
  comment([
    sentence(operation.summary),
    sentence(operation.description),
    operation.bytes === undefined ? undefined : formOf(operation),
    permissionOf(operation),
    `Fails with ${errorsOf(operation)
      .map((code) => `\`${code}\``)
      .join(", ")}.`,
    `Over REST: \`${operation.http.replace(" ", " /api")}\`.`,
  ]);

interface Printed {
  readonly declarations: readonly string[];
  readonly member: string;
}

/** What a form holds: the bytes as its last part, and texts for the keys of the input. */
const formOf = ({ bytes = "", input }: AnyOperation): string => {
  const keys = Object.keys(input.shape).filter((key) => key !== bytes);
  const beside = keys.length > 0 ? `, before it ${keys.map((key) => `\`${key}\``).join(", ")} as texts` : "";
  return `Takes a form: the file as its last part, \`file\`${beside}.`;
};

const kindOf = ({ http, stream }: AnyOperation): string => {
  if (stream) return "TRPCSubscriptionProcedure";
  return http.startsWith("GET ") ? "TRPCQueryProcedure" : "TRPCMutationProcedure";
};

/** An operation as its input's and output's types and as a member of its group. */
function printOperation(group: string, name: string, operation: AnyOperation, named: NamedTypes): Printed {
  const base = capital(group) + capital(name);
  const declarations: string[] = [];
  const declare = (suffix: string, text: string) => {
    declarations.push(
      `/** ${suffix} of \`${group}.${name}\`: ${sentence(operation.summary)} */\nexport interface ${base}${suffix} {\n${text}\n}`,
    );
    return base + suffix;
  };
  const input = () => {
    if (operation.bytes !== undefined) return "FormData";
    const members = membersOf(operation.input, "input", named);
    const isOptional = Object.values(operation.input.shape).every((value) => value._zod.optin);
    return `${members ? declare("Input", members) : "Record<string, never>"}${isOptional ? " | undefined" : ""}`;
  };
  const given = input();
  const isOwn = operation.output._zod.def.type === "object" && operation.output.meta()?.id === undefined;
  const output = isOwn
    ? declare("Output", membersOf(operation.output, "output", named))
    : typeOf(operation.output, "output", named);
  const types = `input: ${given}; output: ${operation.stream ? `AsyncIterable<${output}>` : output}; meta: unknown`;
  return { declarations, member: `${documentationOf(operation)}${name}: ${kindOf(operation)}<{ ${types} }>;` };
}

function printErrors(): string {
  const members = Object.entries(errors).map(
    ([code, { status, title }]) => `/** ${status}: ${sentence(title)} */\n${code}: ${status};`,
  );
  return `/** Every code with which Steward answers an error, and its HTTP status. A code never changes its meaning. */
export interface StewardErrorStatus {\n${members.join("\n")}\n}

/** A code to \`switch\` on. */
export type StewardErrorCode = keyof StewardErrorStatus;

/** Where in the input something is wrong. */
export interface StewardErrorDetail {
  /** In dots (\`suggestions.0\`), empty for the whole. */
  path: string;
  message: string;
}

/** What Steward says of an error. */
export interface StewardErrorCause {
  code: StewardErrorCode;
  /** Of \`validation_failed\`: what does not fit. */
  details?: readonly StewardErrorDetail[];
  /** Of a draft that meets a changed original: what \`drafts.diff\` answers. */
  diff?: object;
  /** Leads whoever runs the server to its log. */
  requestId: string;
}

/** An error as it travels: \`data.code\` is tRPC's own, \`data.cause.code\` is Steward's. */
export interface StewardErrorShape extends TRPCDefaultErrorShape {
  data: TRPCDefaultErrorShape["data"] & { cause: StewardErrorCause };
}`;
}

const router = `/** The type of Steward's router, for any library of tRPC: its client, its bindings to React, its inference. */
export type StewardRouter = TRPCBuiltRouter<
  { ctx: object; meta: object; errorShape: StewardErrorShape; transformer: true },
  StewardProcedures
>;`;

/** The contract before it is formatted. */
function print(registry: Readonly<Record<string, Readonly<Record<string, AnyOperation>>>>): string {
  const named: NamedTypes = new Map();
  const groups = Object.entries(registry).map(([group, members]) => ({
    group,
    printed: Object.entries(members).map(([name, operation]) => printOperation(group, name, operation, named)),
  }));
  const procedures = groups.map(
    ({ group, printed }) => `${group}: {\n${printed.map(({ member }) => member).join("\n")}\n};`,
  );
  return [
    heading,
    printErrors(),
    ...named.values(),
    ...groups.flatMap(({ printed }) => printed.flatMap(({ declarations }) => declarations)),
    `/** Every operation, by group and name. */\nexport type StewardProcedures = {\n${procedures.join("\n")}\n};`,
    router,
  ].join("\n\n");
}

/** The contract as packages/client/src/contract.ts holds it. */
export function clientContract(): string {
  const biome = join(root, "node_modules/.bin/biome");
  const input = print(operations);
  return execFileSync(biome, ["check", "--write", `--stdin-file-path=${target}`], {
    cwd: root,
    input,
    encoding: "utf8",
  });
}

if (import.meta.main) {
  const contract = clientContract();
  if (process.argv.includes("--write")) writeFileSync(join(root, target), contract);
  else if (!process.argv.includes("--check")) process.stdout.write(contract);
  else if (readFileSync(join(root, target), "utf8") !== contract) {
    console.error(`${target} is stale: node tooling/scripts/src/client-contract.ts --write`);
    process.exitCode = 1;
  }
}

/**
 * What an operation costs the type checker, in type instantiations of TypeScript 5.9: the declaration of each kind is
 * resolved in its turn, and the counter read. Fails when the parts of an operation that both doors see (schemas,
 * `operation(...)`, registry, router) cost more than the budget; statements and a client's calls are reported beside.
 */
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type AnyOperation, operations } from "@steward/core";
import ts from "typescript-5";

const budget = 1500;

const path = (relative: string) => fileURLToPath(new URL(`../../../${relative}`, import.meta.url));
const core = path("packages/core/src");
const router = path("packages/trpc/src/router.ts");
const client = path("packages/trpc/src/every-call.ts");
const empty = path("packages/trpc/src/no-operation.ts");

const names = Object.entries<Record<string, AnyOperation>>(operations).flatMap(([group, members]) =>
  Object.entries(members).map(([name, { http, stream }]) => ({
    group,
    name,
    verb: stream ? "subscribe" : http.startsWith("GET ") ? "query" : "mutate",
  })),
);

/** A file that is not there, in which a client calls every operation. */
const everyCall = [
  'import type { createTRPCClient } from "@trpc/client";',
  'import type { AppRouter } from "./router.ts";',
  "declare const client: ReturnType<typeof createTRPCClient<AppRouter>>;",
  ...names.map(({ group, name, verb }) => {
    const call = `client.${group}.${name}.${verb}`;
    const more = verb === "subscribe" ? ", {}" : "";
    return `export const ${group}_${name} = (input: Parameters<typeof ${call}>[0]) => ${call}(input${more});`;
  }),
].join("\n");

/** Another, in which there is none. */
const noOperation = `import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { initTRPC, type inferRouterInputs, type TRPCMutationProcedure, type TRPCQueryProcedure } from "@trpc/server";
import { formatError } from "./errors.ts";
import { transformer } from "./wire.ts";
const trpc = initTRPC.context<{ requestId: string }>().create({ transformer, errorFormatter: formatError });
const procedure = trpc.procedure.input((raw: unknown) => raw);
type Text = { input: string; output: string; meta: unknown };
const record: object = { a: { q: procedure.query(async () => ""), m: procedure.mutation(async () => "") } };
const router = trpc.router(record as { a: { q: TRPCQueryProcedure<Text>; m: TRPCMutationProcedure<Text> } });
export const client = createTRPCClient<typeof router>({ links: [httpBatchLink({ url: "", transformer })] });
export const q = (input: Parameters<typeof client.a.q.query>[0]) => client.a.q.query(input);
export const m = (input: inferRouterInputs<typeof router>["a"]["m"]) => client.a.m.mutate(input);`;

const virtual = new Map([
  [client, everyCall],
  [empty, noOperation],
]);

function openProgram(): ts.Program {
  const { config } = ts.readConfigFile(path("tsconfig.base.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, path("."));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (name) => virtual.has(name) || fileExists(name);
  host.readFile = (name) => virtual.get(name) ?? readFile(name);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version) => {
    const text = virtual.get(name);
    return text === undefined ? getSourceFile(name, version) : ts.createSourceFile(name, text, version);
  };
  return ts.createProgram([empty, router, client], options, host);
}

const program = openProgram();
const checker = program.getTypeChecker();
const instantiations = () => (program as ts.Program & { getInstantiationCount(): number }).getInstantiationCount();

/** How many instantiations an action adds. */
function cost(action: () => void): number {
  const before = instantiations();
  action();
  return instantiations() - before;
}

/** Throws when a program does not compile: its figures would mean nothing. */
function check(file: ts.SourceFile): void {
  const [error] = program.getSemanticDiagnostics(file);
  if (error) throw new Error(`${file.fileName}: ${ts.flattenDiagnosticMessageText(error.messageText, "\n")}`);
}

const sources = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(`${core}/`));
const ofOperations = sources.filter(({ fileName }) => dirname(fileName) !== core);
const shared = readdirSync(core)
  .filter((name) => !/^(index|registry)\.|\.test/.test(name))
  .map((name) => join(core, name));

/** What a declaration is, by the function that makes it. */
function kindOf({ initializer }: ts.VariableDeclaration): "operation" | "statement" | "driver" | "schema" {
  const maker = initializer && ts.isCallExpression(initializer) ? initializer.expression.getText() : "";
  if (maker === "operation") return "operation";
  if (maker === "skillDriver") return "driver"; // Its configuration is checked within: no door knows its type.
  return /^(read|write|rawWrite|rawQuery|guard|versionIs|listOf|fragment|sql)\b/.test(maker) ? "statement" : "schema";
}

/** All variables of the files with operations. */
const declarations = ofOperations.flatMap((file) =>
  file.statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) => [...declarationList.declarations]),
);
const resolve = (kind: ReturnType<typeof kindOf>) => () => {
  for (const declaration of declarations) if (kindOf(declaration) === kind) checker.getTypeAtLocation(declaration.name);
};
const first = declarations.find((declaration) => kindOf(declaration) === "operation");

const steps: readonly (readonly [string, () => void])[] = [
  ["what operations share", () => sources.filter(({ fileName }) => shared.includes(fileName)).forEach(check)],
  ["tRPC", () => check(program.getSourceFile(empty) as ts.SourceFile)],
  ["the first operation", () => first && checker.getTypeAtLocation(first.name)],
  ["statements", resolve("statement")],
  ["drivers of skills", resolve("driver")],
  ["schemas and the like", resolve("schema")],
  ["operation(...)", resolve("operation")],
  ["handlers", () => ofOperations.forEach(check)],
  ["the registry", () => check(program.getSourceFile(join(core, "registry.ts")) as ts.SourceFile)],
  ["the router", () => check(program.getSourceFile(router) as ts.SourceFile)],
  ["a client that calls each", () => check(program.getSourceFile(client) as ts.SourceFile)],
];

const seen = new Set(["schemas and the like", "operation(...)", "the registry", "the router"]);
let spent = 0;
for (const [name, action] of steps) {
  const added = cost(action);
  if (seen.has(name)) spent += added;
  console.log(
    `${name.padEnd(28)}${String(added).padStart(9)}${String(Math.round(added / names.length)).padStart(8)} an operation`,
  );
}
const each = Math.round(spent / names.length);
console.log(`${"in all".padEnd(28)}${String(instantiations()).padStart(9)}`);
console.log(`${names.length} operations; what both doors see costs ${each} each, of ${budget}`);
if (each > budget) process.exitCode = 1;

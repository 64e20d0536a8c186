import { readFile, writeFile } from "node:fs/promises";
import { type AnyOperation, type ErrorCode, errors, operations } from "@steward/core";
import { openapi } from "@steward/rest";
import { documentSchema } from "./document-schema.ts";

/**
 * Writes every page that is made from the registry; with `--check`, says which of them is stale and exits 1.
 * A path is relative to the repository.
 */
const pages: Record<string, () => string> = {
  "docs/openapi.json": () => `${JSON.stringify(openapi(), null, 2)}\n`,
  "docs/assistant-document.schema.json": () => `${JSON.stringify(documentSchema(), null, 2)}\n`,
  "docs/operations.md": operationsPage,
  "docs/errors.md": errorsPage,
};

const generated = "<!-- Made by `pnpm docs:generate` from the registry. Do not edit. -->";

const named = Object.entries(operations as Record<string, Record<string, AnyOperation>>).flatMap(([group, members]) =>
  Object.entries(members).map(([key, operation]) => ({ name: `${group}.${key}`, operation })),
);

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

function operationsPage(): string {
  const rows = named.map(({ name, operation }) => {
    const { needs, trips } = operation;
    const who =
      needs.credential === "session" ? "a person" : needs.credential === "any" ? "person or token" : "anybody";
    return [
      `\`${name}\``,
      `\`${operation.http}\``,
      operation.summary,
      needs.permission,
      `${needs.scope}${needs.seat ? ", seat" : ""}`,
      who,
      trips ? `${trips.most}: ${trips.because}` : "1",
    ];
  });
  return `${generated}

# Operations

Each is one call over tRPC (\`client.<group>.<name>\`) and one route under \`/api\`, with the same input and the same errors.
One that takes bytes takes a form over tRPC, its file last; one that streams is a subscription there, and events over REST.
"Trips" is how often it goes to the database, authentication and permission included.

${table(["Operation", "REST", "What it does", "Permission", "Scope", "Open to", "Trips"], rows)}
`;
}

function errorsPage(): string {
  const declaredBy = (code: ErrorCode) =>
    named.filter(({ operation }) => operation.errors?.includes(code)).map(({ name }) => `\`${name}\``);
  const rows = Object.entries(errors).map(([code, { status, trpc, title }]) => [
    `\`${code}\``,
    String(status),
    `\`${trpc}\``,
    title,
    declaredBy(code as ErrorCode).join(", "),
  ]);
  return `${generated}

# Errors

Over REST the body is \`{ statusCode, error, message, code, details?, requestId }\`; over tRPC \`error.data.cause\` holds
\`{ code, details, requestId }\`. A code never changes its meaning. \`details\` lists \`{ path, message }\`.

${table(["Code", "Status", "tRPC", "What it means", "Declared by"], rows)}

The last column names operations that add an error to those that any may answer: \`validation_failed\`,
\`unauthenticated\`, \`ai_entitlement_required\`, \`forbidden\`, \`token_scope\`, and \`not_found\` where a row is named.
`;
}

const root = new URL("../../../", import.meta.url);
const checking = process.argv.includes("--check");
const stale: string[] = [];

for (const [path, make] of Object.entries(pages)) {
  const text = make();
  const file = new URL(path, root);
  const known = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return undefined;
  });
  if (known === text) continue;
  stale.push(path);
  if (!checking) await writeFile(file, text);
}

if (stale.length > 0) console.log(`${checking ? "Stale" : "Written"}: ${stale.join(", ")}`);
if (checking && stale.length > 0) {
  console.log("Run `pnpm docs:generate` and commit what it writes.");
  process.exitCode = 1;
}

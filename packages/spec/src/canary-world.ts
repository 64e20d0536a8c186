import { type AnyOperation, linkTo } from "@steward/core";
import * as z from "zod";
import type { Person } from "./arrange.ts";
import { bytesOf } from "./bytes.ts";
import { doors } from "./doors.ts";
import { expectSuccess } from "./expectations.ts";
import type { OperationName } from "./operations.ts";
import { circle, drawWith, picture, pngOf } from "./pictures-world.ts";
import type { World } from "./world.ts";

type Input = Readonly<Record<string, unknown>>;

/** What the operations are asked with: by kind of row what `id` names, and by key what else an input must have. */
export interface Things {
  readonly ada: Person;
  readonly ben: Person;
  readonly cleo: Person;
  readonly stranger: Person;
  readonly rows: Readonly<Record<string, string>>;
  readonly keys: Input;
  /** Where an operation wants something else than its likes. */
  readonly particular: Partial<Record<OperationName, Input>>;
}

const password = "correct horse battery";
const table = bytesOf("total\n3\n", { type: "text/csv" });
const note = bytesOf("Hello", { type: "text/plain" });

/** The key and the hash of bytes that are there. */
async function lyingIn(world: World) {
  const [[key, hash] = []] = await world.rows("select key, hash from blobs");
  return { key: String(key), hash: String(hash) };
}

/** Ada, a superuser, and an assistant with everything that one can have, the canary among its secrets. */
export async function arrangeCanary(world: World, canary: string): Promise<Things> {
  const ada = await world.user({ name: "ada", superuser: true, password });
  const [ben, cleo, stranger] = [
    await world.user({ name: "ben", grants: ["assistants:create"] }),
    await world.user({ name: "cleo" }),
    await world.user({ name: "stranger" }),
  ];
  await world.team({
    name: "crew",
    members: [
      [ada, "admin"],
      [ben, "member"],
    ],
  });
  const sales = await world.assistant({ owner: ada, name: "Sales", instructions: "Be brief.\nBe kind." });
  await world.share(sales, ben, 2);
  await world.share(sales, cleo, 1);
  // biome-ignore lint/suspicious/noExplicitAny: what is read from these answers is their ids
  const make = async (name: OperationName, input: Input): Promise<any> =>
    expectSuccess(await doors.core(world, ada, name, input));
  const { id } = sales;
  const secret = await make("secrets.create", {
    id,
    name: "API_KEY",
    value: canary,
    allowedHosts: ["api.example.com"],
  });
  await make("secrets.create", { id, name: "OTHER", value: `first of ${canary}` });
  const url = "https://api.example.com/orders";
  const headers = { authorization: "Bearer {{secrets.API_KEY}}" };
  const skill = await make("skills.create", { id, type: "custom", name: "Orders", data: { url, headers } });
  const asking = await make("skills.create", { id, type: "dataset-query", data: {} });
  const reference = await make("references.create", { id, targetType: "url", targetId: "https://example.com/" });
  const comment = await make("comments.create", { id, message: "Which key is it?" });
  await make("comments.reply", { id: comment.id, message: "The first" });
  const tag = await make("tags.create", { name: "Money" });
  await make("tags.add", { id, tagId: tag.id });
  const folder = await make("folders.create", { name: "Desk" });
  await make("favorites.set", { id, favorited: true });
  const fields = [{ name: "total", dataType: "number" }] as const;
  const orders = await world.dataset({
    owner: ada,
    name: "Orders",
    fields,
    records: [{ total: 1 }],
    shares: [[ben, { level: 1 }]],
  });
  const stock = await world.dataset({ owner: ada, name: "Stock", fields, shares: [[ben, { level: 1 }]] });
  await make("knowledge.create", { id, datasetId: orders.id, filter: { total: 1 } });
  const loaded = await make("datasets.upload", { id: stock.id, content: table, mode: "append" });
  const waiting = await make("uploads.create", {});
  const [forBytes, withBytes] = [await make("uploads.create", {}), await make("uploads.create", {})];
  await make("uploads.send", { id: withBytes.id, content: note, name: "plan.txt" });
  const file = await make("files.upload", { id, content: note, name: "note.txt" });
  const job = await readWithImage(world);
  const { key, hash } = await lyingIn(world);
  const described = { hash, size: 5, contentType: "text/plain", filename: "note.txt" };
  const link = await linkTo(world.services, { ...described, source: { key } });
  drawWith(world, async ({ width, height }) => ({ bytes: pngOf(width, height), model: "painter" }));
  const image = await make("images.createForAssistant", { id, prompt: "A desk", size: "64x64", setIcon: true });
  await make("assistants.update", { id, description: "Sells" });
  const { items: revisions } = await make("revisions.list", { id });
  await make("drafts.edit", { id });
  const document = await make("assistants.export", { id });
  const { id: token } = await world.token(ada, { assistant: sales });
  const { id: session } = await world.session(ben);
  return {
    ada,
    ben,
    cleo,
    stranger,
    rows: {
      assistant: id,
      team: "crew",
      token,
      session,
      comment: comment.id,
      tag: tag.id,
      folder: folder.id,
      dataset: orders.id,
      upload: loaded.id,
      image: image.id,
    },
    keys: {
      secretId: secret.id,
      skillId: skill.id,
      targetId: reference.targetId,
      datasetId: orders.id,
      assistantId: id,
      tagId: tag.id,
      number: revisions.at(-1).number,
      username: "ben",
      principalId: "ben",
      name: "fresh-name",
      message: "Hello",
      value: canary,
      type: "code-execution",
      document,
      favorited: true,
      ownerId: "user:ben",
      accessLevel: 1,
      role: "member",
      password,
      content: table,
      prompt: "A desk",
      records: [{ total: 2 }],
      fileId: file.id,
      link: link.url.slice(link.url.lastIndexOf("/") + 1),
    },
    particular: {
      "icons.set": { content: picture(circle) },
      "secrets.create": { name: "FRESH" },
      "secrets.update": { value: canary },
      "references.create": { targetType: "url", targetId: "https://example.com/fresh" },
      "users.create": { username: "newcomer" },
      "users.delete": { username: "cleo" },
      "users.transfer": { ownerId: "ada" },
      "session.login": { username: "ada" },
      "principals.get": { id: "user:ben" },
      "skills.create": { data: {} },
      "skills.run": { skillId: asking.id, input: { dataset: "Orders" } },
      "knowledge.create": { datasetId: stock.id },
      "uploads.cancel": { id: waiting.id },
      "uploads.send": { id: forBytes.id },
      "files.create": { uploadId: withBytes.id },
      "files.search": { q: "hello" },
      "files.embeddingImage": { embeddingId: "0" },
      "jobs.retry": { id: job },
    },
  };
}

/** The files as if they had been read, each with an image, and the id of a job that is dead. */
async function readWithImage(world: World): Promise<string> {
  await world.rows("update documents set status = 'read'");
  await world.rows(`insert into embeddings (id, kind, page, hash, content_type, width, height)
    select number << 20, 'image', 1, hash, 'image/png', 1, 1 from documents`);
  const [[job] = []] = await world.rows(
    `insert into jobs (kind, subject, status, error, run_at, created_at, updated_at)
    values ('read', '0', 'dead', 'It was too much', 1, 1, ?) returning number`,
    Date.now(),
  );
  return String(job);
}

/** An input with which the operation is to succeed. Throws where nothing is known for a key that it must have. */
export function goodInput(name: OperationName, operation: AnyOperation, { rows, keys, particular }: Things): Input {
  const { required = [] } = z.toJSONSchema(operation.input, { io: "input", unrepresentable: "any" });
  const own = particular[name] ?? {};
  const given = required
    .filter((key) => !(key in own))
    .map((key) => {
      const value = key === "id" ? rows[operation.needs.on?.resource.name ?? "assistant"] : keys[key];
      if (value === undefined) {
        throw new Error(
          `Nothing is known for \`${key}\` of ${name}: say in canary-world.ts what it is to be asked with`,
        );
      }
      return [key, value] as const;
    });
  return { ...Object.fromEntries(given), ...own };
}

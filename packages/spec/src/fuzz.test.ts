import { expect, test } from "vitest";
import type { Made, Presented, Principal } from "./arrange.ts";
import { headersFor } from "./doors.ts";
import { isWellFormedError } from "./expectations.ts";
import { attackOn, describeAttack, type Known, toRequest } from "./fuzz.ts";
import type { Attack } from "./fuzz-values.ts";
import { everyOperation } from "./operations.ts";
import { arrangeComment, arrangeFolder, arrangeTag } from "./organised.ts";
import { seededRandom } from "./random.ts";
import { openWorld, type World } from "./world.ts";

/** How many requests: `STEWARD_FUZZ=50000` for many, from another seed each time; `STEWARD_FUZZ_SEED` for one that failed. */
const requests = Number(process.env.STEWARD_FUZZ ?? 3000);
const [fresh = 1] = process.env.STEWARD_FUZZ ? crypto.getRandomValues(new Uint32Array(1)) : [1];
const seed = Number(process.env.STEWARD_FUZZ_SEED ?? fresh);
/** So many requests share a world: what some of them legitimately change, others then meet. */
const perWorld = 100;

async function target(world: World) {
  const root = await world.user({ name: "root", superuser: true });
  const ada = await world.user({ name: "ada", password: "correct horse battery", grants: ["teams:create"] });
  const ben = await world.user({ name: "ben", role: "member" });
  const crew = await world.team({
    name: "crew",
    members: [
      [ada, "admin"],
      [ben, "member"],
    ],
  });
  const sales = await world.assistant({ owner: ada, name: "Sales", instructions: "Sell." });
  const help = await world.assistant({ owner: crew, name: "Help" });
  await world.share(sales, ben, 1);
  const [personal, bound, reading] = [
    await world.token(ada),
    await world.token(ada, { assistant: sales }),
    await world.token(ada, { readOnly: true }),
  ];
  const session = await world.session(ben);
  const callers: Presented[] = [root, root, ada, ada, ada, ben, personal, bound, reading, null];
  const known: Known = {
    ...(await rowsOf(world, sales, ada)),
    assistant: [sales.id, "ada:sales", "user:ada:sales", help.id, "crew:help", "ada:sales-draft"],
    team: ["crew", "team:crew"],
    token: [personal.id, bound.id],
    session: [session.id],
    username: ["ada", "ben", "root", "user:ada", "nobody"],
    principalId: ["ada", "ben", "team:crew", "nobody"],
    ownerId: ["ada", "crew", "team:crew", "ben"],
    assistantId: ["ada:sales", sales.id],
    name: ["Sales", "crew", "fresh-team", "New one", "API_KEY_2"],
    role: ["member", "admin", "creator", "designer"],
    password: ["correct horse battery", "wrong"],
  };
  return { callers, known };
}

/** What belongs to an assistant, and what people sort theirs by. */
async function rowsOf(world: World, sales: Made, ada: Principal): Promise<Known> {
  const skill = await world.skill(sales, { name: "Sums" });
  const secret = await world.secret(sales);
  await world.reference(sales, { targetType: "url", targetId: "https://example.com/" });
  const fields = [
    { name: "total", dataType: "number" },
    { name: "city", dataType: "string" },
  ] as const;
  const records = [
    { total: 1, city: "Ulm" },
    { total: 2, city: null },
  ];
  const orders = await world.dataset({ owner: ada, name: "Orders", fields, records });
  const stock = await world.dataset({ owner: ada, name: "Stock", fields });
  await world.knowledge(sales, orders, { access: "assistant" });
  const [comment, tag, folder] = [
    await arrangeComment(world, sales, { by: ada }),
    await arrangeTag(world, "Finance", ada, sales),
    await arrangeFolder(world, ada, "Work", { holds: [sales] }),
  ];
  return {
    comment: [comment.id],
    tag: [tag.id, "finance"],
    folder: [folder.id],
    tagId: [tag.id, "Finance"],
    folderId: [folder.id],
    parentId: [folder.id],
    skillId: [skill.id],
    secretId: [secret.id],
    dataset: [orders.id, "ada:orders", "user:ada:orders", stock.id],
    datasetId: [orders.id, "ada:orders", stock.id],
    targetId: ["https://example.com/", "https://example.com/other", "ada:sales", "crew:help"],
    targetType: ["url", "assistant", "library"],
    type: ["code-execution", "web-search", "personal", "assistant"],
    number: ["1", "2"],
    message: ["Hello", "Hm."],
    value: ["a secret", "********"],
    document: [`format: steward.assistant/1\nnaturalId: ada:imported\nname: Imported\n`, "no: document"],
  };
}

/** Attempts to sign in are counted, and noted, whatever becomes of them; so are uploads that had begun before they failed. */
const noted = ["sign_in_attempts", "uploads", "audit", "sqlite_sequence"];

async function check(attack: Attack, response: Response): Promise<"refused" | "done"> {
  const { status } = response;
  const text = await response.text();
  // That no model is configured is so in this world, and no failure.
  if (!text.includes('"code":"model_not_configured"')) expect(status, "no failure of ours").toBeLessThan(500);
  if (status < 400 && status !== 207) return "done";
  if (attack.method === "HEAD" || text === "") {
    expect(attack.method, "only HEAD has no body").toBe("HEAD");
    return "refused";
  }
  const body: unknown = JSON.parse(text);
  const parts = Array.isArray(body) ? body : [body];
  const refused = parts.filter((part) => !(typeof part === "object" && part !== null && "result" in part));
  for (const part of refused) expect(isWellFormedError(part), `well-formed: ${text.slice(0, 500)}`).toBe(true);
  return refused.length === parts.length ? "refused" : "done";
}

test(`${requests} hostile requests are refused, or do what they may`, { timeout: 60_000 + requests * 30 }, async () => {
  const names = [...everyOperation];
  const statuses = new Map<number, number>();
  const done = new Set<string>();
  for (let first = 0; first < requests; first += perWorld) {
    const world = await openWorld({ keep: true });
    const { callers, known } = await target(world);
    let before = await world.dump(noted);
    for (let index = first; index < Math.min(first + perWorld, requests); index++) {
      const random = seededRandom(Math.imul(seed, 0x9e3779b1) + index);
      const [name, operation] = names[index % names.length] as (typeof names)[number];
      const attack = attackOn(random, name, operation, known, headersFor(random.one(callers)));
      const request = toRequest(attack);
      if (!request) continue;
      try {
        const response = await world.app.fetch(request);
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        const outcome = await check(attack, response);
        await world.settle();
        const after = await world.dump(noted);
        if (outcome === "refused") expect(after, "a refusal changes nothing").toBe(before);
        else done.add(`${attack.door} ${name}`);
        expect(world.logged, "nothing went wrong inside").toEqual([]);
        before = after;
      } catch (error) {
        throw new Error(`STEWARD_FUZZ_SEED=${seed}, request ${index}: ${describeAttack(attack)}`, { cause: error });
      }
    }
    await world.close();
  }
  console.log(
    `fuzz: seed ${seed}, ${requests} requests, ${done.size} ways in`,
    Object.fromEntries([...statuses].toSorted()),
  );
  // A fuzzer that never gets through does not test what lies behind.
  expect(done.size).toBeGreaterThan(everyOperation.size);
});

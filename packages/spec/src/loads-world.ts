import { onTestFinished } from "vitest";
import { bytesOf } from "./bytes.ts";
import type { World } from "./world.ts";

/** A dataset of ada, which ben may change and cleo may read. */
export async function prices(world: World) {
  const ada = await world.user({ name: "ada" });
  const ben = await world.user({ name: "ben" });
  const cleo = await world.user({ name: "cleo" });
  const dataset = await world.dataset({
    owner: ada,
    name: "Prices",
    fields: [
      { name: "fruit", dataType: "string" },
      { name: "price", dataType: "number" },
    ],
    records: [
      { fruit: "apple", price: 1.5 },
      { fruit: "pear", price: 2 },
    ],
    shares: [
      [ben, { level: 2 }],
      [cleo, { level: 1 }],
    ],
  });
  return { ada, ben, cleo, dataset };
}

export const csv = (...lines: readonly string[]) => bytesOf(`${lines.join("\n")}\n`);

/** Bytes that a test sends piece by piece. */
export function slowly(type = "text/csv") {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const breakOff = () => controller?.error(new Error("The line is dead"));
  // A test that fails half-way leaves nothing waiting.
  onTestFinished(breakOff);
  const stream = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
    },
    // Nobody takes them any more.
    cancel() {
      controller = undefined;
    },
  });
  return {
    bytes: { stream, length: null, type, name: null },
    send: (text: string) => controller?.enqueue(new TextEncoder().encode(text)),
    end: () => controller?.close(),
    breakOff,
  };
}

/** What a dataset's data is, straight from the tables: the values of two slots of each record. */
export const dataOf = (world: World, dataset: { readonly id: string }) =>
  world.rows(
    `select r.s1, r.s2 from datasets d join dataset_loads l on l.number = d.load_number join records r
      on r.id > (l.number << 26) and r.id <= (l.number << 26) + l.last_position where d.id = ? order by r.id`,
    dataset.id,
  );

/** Everything that lies in the tables of records, whether it is anybody's data or not. */
export const stored = async (world: World) => ({
  records: Number((await world.rows("select count(*) from records"))[0]?.[0]),
  loads: Number((await world.rows("select count(*) from dataset_loads"))[0]?.[0]),
  words: Number((await world.rows("select count(*) from record_search"))[0]?.[0]),
});

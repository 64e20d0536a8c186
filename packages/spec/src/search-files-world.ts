import { fileOf, readAll } from "./files-read.ts";
import type { World } from "./world.ts";

export const bookText =
  "# Terms\nPay within thirty days.\n\n\f@red\n\n\fThe café delivers invoices, invoices and invoices to Zürich.\n\n";

/** Sales of ada, which ben reads and which a stranger does not see, with files that were read and one that cannot be. */
export async function searched(world: World) {
  const [ada, ben, stranger] = [
    await world.user({ name: "ada" }),
    await world.user({ name: "ben" }),
    await world.user({ name: "stranger" }),
  ];
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  await world.share(sales, ben, 1);
  const book = await fileOf(world, sales, { name: "book.pdf", text: bookText });
  const note = await fileOf(world, sales, { name: "note.txt", text: "An invoice is sent\nby e-mail to the café." });
  const broken = await fileOf(world, sales, { name: "broken.txt", text: "!failed" });
  await readAll(world);
  return { ada, ben, stranger, sales, book, note, broken };
}

export type Searched = Awaited<ReturnType<typeof searched>>;

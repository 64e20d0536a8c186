import { once } from "node:events";
import { createWriteStream, existsSync, renameSync } from "node:fs";

const words =
  "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu river mountain valley ocean forest desert island harbor bridge castle garden market station tower".split(
    " ",
  );
const cities = "Berlin Paris London Madrid Rome Vienna Prague Warsaw Oslo Helsinki Dublin Lisbon Athens Budapest".split(
  " ",
);
const states = ["open", "paid", "shipped", "returned"];

/** Words that occur in the file, often and seldom, and beginnings of words. */
export const searches = [
  ...words,
  ...cities.map((city) => city.slice(0, 3)),
  ...words.map((word) => word.slice(0, 2)),
  ...words.map((word, index) => `${word} ${words[(index * 7 + 3) % words.length]}`),
  ...words.map((word, index) => `${word} ${(index * 7919) % 100_000}`),
];

/** The same numbers each time (a linear congruential generator), so that runs can be compared. */
function seeded(): () => number {
  let state = 42;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

const firstDay = Date.UTC(2020, 8, 13);
const days = 1_700;

/** A CSV of so many records with 12 fields: text of few and of many different values, numbers, dates, booleans, gaps. */
export async function makeTableFile(path: string, rows: number): Promise<void> {
  if (existsSync(path)) return;
  const random = seeded();
  const among = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? "";
  const moment = () => new Date(firstDay + Math.floor(random() * days * 86_400_000)).toISOString();
  const file = createWriteStream(`${path}.part`);
  file.write("id,customer,city,category,status,quantity,price,discount,active,ordered,shipped,note\n");
  for (let row = 1; row <= rows; row++) {
    const shipped = moment();
    const note = [among(words), among(words), among(words)];
    const line = [
      row,
      `${among(words)} ${among(words)} ${Math.floor(random() * 100_000)}`,
      among(cities),
      `cat-${Math.floor(random() * 200)}`,
      among(states),
      1 + Math.floor(random() * 50),
      (random() * 1000).toFixed(2),
      random() < 0.1 ? "" : (random() * 0.3).toFixed(3),
      random() < 0.5,
      shipped.slice(0, 10),
      shipped,
      random() < 0.3 ? `"${note[0]} ${note[1]}, ${note[2]}"` : note.join(" "),
    ];
    if (!file.write(`${line.join(",")}\n`)) await once(file, "drain");
  }
  file.end();
  await once(file, "close");
  renameSync(`${path}.part`, path);
}

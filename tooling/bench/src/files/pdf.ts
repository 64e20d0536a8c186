import { PDFDocument, StandardFonts } from "pdf-lib";

const wordsOfPage = 400;
const charactersOfLine = 92;

const nouns =
  "agreement amount answer area balance board budget building capacity change charge claim client committee company condition contract cost customer date decision delivery department design document employee engine equipment evidence figure function growth guarantee heading increase insurance interest invoice issue item level machine maintenance manager margin material measure meeting method notice number offer office operation order paragraph part payment period person plant policy position practice pressure price procedure product project property quality quarter question rate reason record region report request requirement result review risk rule safety sample schedule section service share shipment site staff standard statement storage supplier supply survey system table target temperature term test training transport treatment unit value vehicle version volume warranty water work year".split(
    " ",
  );
const verbs =
  "accepts adds allows applies approves calls carries changes checks confirms contains covers decides delivers describes ends ensures exceeds expects explains follows gives holds includes keeps leads limits makes means meets names needs offers pays places plans protects provides reaches receives records reduces refers replaces requires returns sends sets shows states supports takes tests uses".split(
    " ",
  );
const qualities =
  "annual available average central common complete current daily direct early equal external final former full general high important initial internal joint large late legal local main minor monthly national necessary new open original particular possible present previous private public recent regional regular relevant responsible separate several similar special technical total usual whole written".split(
    " ",
  );

/** Numbers from 0 to 1, the same for the same seed. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    const more = mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed));
    return ((more ^ (more >>> 14)) >>> 0) / 2 ** 32;
  };
}

function sentences(seed: number): () => string {
  const next = random(seed);
  /** The first words of a list come up more often than the last, as in any text. */
  const of = (list: readonly string[]) => list[Math.floor(next() ** 2 * list.length)] ?? "";
  const thing = () => `the ${next() < 0.5 ? `${of(qualities)} ` : ""}${of(nouns)}`;
  const figure = () => `${Math.floor(next() * 900 + 100)},${Math.floor(next() * 900 + 100)}`;
  const clause = () => {
    const kind = next();
    if (kind < 0.4) return `${thing()} of ${thing()} ${of(verbs)} ${thing()}`;
    if (kind < 0.7) return `in ${2000 + Math.floor(next() * 26)} ${thing()} ${of(verbs)} ${figure()} for ${thing()}`;
    return `${thing()} ${of(verbs)} that ${thing()} ${of(verbs)} ${thing()} and ${thing()}`;
  };
  return () => {
    const text = next() < 0.5 ? clause() : `${clause()}, because ${clause()}`;
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  };
}

function linesOf(sentence: () => string): string[] {
  const words: string[] = [];
  while (words.length < wordsOfPage) words.push(...sentence().split(" "));
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    if (line.length + word.length > charactersOfLine) {
      lines.push(line);
      line = word;
    } else line += line && ` ${word}`;
    line ||= word;
  }
  return [...lines, line];
}

/** A report of so many pages with about 400 words each; another seed gives another text. */
export async function reportPdf(pages: number, seed: number): Promise<Uint8Array<ArrayBuffer>> {
  const document = await PDFDocument.create();
  const [body, bold] = await Promise.all(
    [StandardFonts.TimesRoman, StandardFonts.HelveticaBold].map((font) => document.embedFont(font)),
  );
  const sentence = sentences(seed);
  for (let number = 1; number <= pages; number++) {
    const page = document.addPage();
    const heading = `${number}. Of ${sentence().split(" ").slice(0, 4).join(" ").toLowerCase()}`;
    page.drawText(heading, { x: 60, y: 780, size: 15, ...(bold && { font: bold }) });
    for (const [index, line] of linesOf(sentence).entries())
      page.drawText(line, { x: 60, y: 750 - index * 16, size: 10.5, ...(body && { font: body }) });
    page.drawText(`Page ${number} of ${pages}`, { x: 270, y: 30, size: 8, ...(body && { font: body }) });
  }
  return Uint8Array.from(await document.save());
}

/** The same document in other bytes, that it is read again: what stands behind its end is no part of it. */
export const inOtherBytes = (pdf: Uint8Array, edition: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.concat([pdf, Buffer.from(`\n% edition ${edition}\n`)]));

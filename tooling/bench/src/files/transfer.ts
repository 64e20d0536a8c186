import { execFileSync } from "node:child_process";
import { randomFillSync } from "node:crypto";
import { ask } from "../datasets/measure.ts";
import { type Server, startPipes } from "../servers.ts";
import type { Amounts } from "./amounts.ts";
import { createAssistant, emptyFolder, type FileState, filesOf, type Ground, median, withGround } from "./ground.ts";
import { processorTime } from "./processor-time.ts";
import { fetchBytes, sendParts } from "./transfer-client.ts";

export const transferHeads = [
  "what",
  "Steward MB/s",
  "processor ms",
  "bare Hono MB/s",
  "processor ms",
  "ratio",
  "budget",
  "aim",
] as const;

const boundary = "steward-bench-boundary";
const opening = Buffer.from(
  `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="form.bin"\r\ncontent-type: application/octet-stream\r\n\r\n`,
);
const closing = Buffer.from(`\r\n--${boundary}--\r\n`);

let made = 0;
/** Sixteen bytes that no other call gives: bytes that were there before would not be kept again. They are no text. */
export function newBeginning(): Buffer {
  const beginning = Buffer.alloc(16);
  beginning.writeDoubleBE(-Math.random(), 0);
  beginning.writeUInt32BE(++made, 8);
  return beginning;
}

/** Bytes that nothing makes smaller. */
export const noise = (bytes: number): Buffer => randomFillSync(Buffer.allocUnsafe(bytes - newBeginning().length));

/** Milliseconds: what it took, and for how long the server was on a processor. */
interface Spent {
  readonly took: number;
  readonly worked: number;
}

/** Each alone: what others have left to be written is on the disk before. */
async function spent({ process: { pid = 0 } }: Server, work: () => Promise<unknown>): Promise<Spent> {
  execFileSync("sync");
  const [began, before] = [performance.now(), processorTime(pid)];
  await work();
  return { took: performance.now() - began, worked: processorTime(pid) - before };
}

/** One of each, in turn: what else the machine does meets all of them. */
async function round({ client, server }: Ground, pipes: Server, assistant: string, rest: Buffer, name: number) {
  const authorization = `Bearer ${client.token}`;
  const upload = `${client.url + filesOf(assistant)}/_upload`;
  const bytes = rest.length + newBeginning().length;
  const raw = { authorization, "content-type": "application/octet-stream" };
  const form = { authorization, "content-type": `multipart/form-data; boundary=${boundary}` };
  const files: FileState[] = [];
  const keep = (text: string) => {
    const file = JSON.parse(text) as FileState;
    if (file.size !== bytes) throw new Error(`${file.size} bytes were kept instead of ${bytes}`);
    files.push(file);
  };
  const pipe = `${pipes.url}/files/${name}`;
  const times = {
    flushed: await spent(pipes, () => sendParts(`${pipe}?flush`, {}, [newBeginning(), rest])),
    bareUpload: await spent(pipes, () => sendParts(pipe, {}, [newBeginning(), rest])),
    upload: await spent(server, async () =>
      keep(await sendParts(`${upload}?name=raw.bin`, raw, [newBeginning(), rest])),
    ),
    form: await spent(server, async () =>
      keep(await sendParts(upload, form, [opening, newBeginning(), rest, closing])),
    ),
    bareDownload: await spent(pipes, () => fetchBytes(pipe, {}, bytes)),
    download: await spent(server, () =>
      fetchBytes(`${client.url + filesOf(assistant)}/${files[0]?.id}/contents`, { authorization }, bytes),
    ),
  };
  for (const { id } of files) await ask(client, `${filesOf(assistant)}/${id}`, { method: "DELETE" });
  await fetch(pipe, { method: "DELETE" });
  return times;
}

type Round = Awaited<ReturnType<typeof round>>;

const rows: readonly (readonly [string, keyof Round, keyof Round, string, string])[] = [
  ["upload, the body itself", "upload", "bareUpload", ">= 0.5", "0.8"],
  ["upload, a form", "form", "bareUpload", ">= 0.5", "0.8"],
  ["upload, against bare Hono that answers when all is on the disk, as Steward does", "upload", "flushed", "", ""],
  ["download", "download", "bareDownload", ">= 0.7", "0.9"],
];

/** Files in and out, against a server that does nothing but pipe. */
export async function measureTransfer(folder: string, { bytes, transfers }: Amounts): Promise<string[][]> {
  return withGround(folder, "files-transfer", async (ground) => {
    const pipes = await startPipes(emptyFolder(ground.folder, "pipes"));
    try {
      const assistant = await createAssistant(ground.client, "Transfers");
      const rest = noise(bytes);
      await round(ground, pipes, assistant, rest, 0); // So that all is measured warm.
      const rounds: Round[] = [];
      for (let turn = 1; turn <= transfers; turn++) rounds.push(await round(ground, pipes, assistant, rest, turn));
      const middle = (what: keyof Round, of: keyof Spent) => median(rounds.map((times) => times[what][of]));
      const figures = (what: keyof Round) => [
        (bytes / 1000 / middle(what, "took")).toFixed(0),
        middle(what, "worked").toFixed(0),
      ];
      return rows.map(([title, ours, theirs, budget, aim]) => {
        const ratio = (middle(theirs, "took") / middle(ours, "took")).toFixed(2);
        return [title, ...figures(ours), ...figures(theirs), ratio, budget, aim];
      });
    } finally {
      await pipes.stop();
    }
  });
}

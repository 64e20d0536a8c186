import { randomFillSync } from "node:crypto";
import { ask } from "../datasets/measure.ts";
import { type Server, startPipes } from "../servers.ts";
import type { Amounts } from "./amounts.ts";
import { createAssistant, emptyFolder, type FileState, filesOf, type Ground, median, withGround } from "./ground.ts";
import { fetchBytes, sendParts } from "./transfer-client.ts";

export const transferHeads = ["what", "Steward MB/s", "bare Hono MB/s", "ratio", "budget", "aim"] as const;

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

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** One of each, in turn: what else the machine does meets all of them. Milliseconds. */
async function round({ client }: Ground, pipes: Server, assistant: string, rest: Buffer, name: number) {
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
    bareUpload: await timed(() => sendParts(pipe, {}, [newBeginning(), rest])),
    upload: await timed(async () => keep(await sendParts(`${upload}?name=raw.bin`, raw, [newBeginning(), rest]))),
    form: await timed(async () => keep(await sendParts(upload, form, [opening, newBeginning(), rest, closing]))),
    bareDownload: await timed(() => fetchBytes(pipe, {}, bytes)),
    download: await timed(() =>
      fetchBytes(`${client.url + filesOf(assistant)}/${files[0]?.id}/contents`, { authorization }, bytes),
    ),
  };
  for (const { id } of files) await ask(client, `${filesOf(assistant)}/${id}`, { method: "DELETE" });
  await fetch(pipe, { method: "DELETE" });
  return times;
}

/** Files in and out, against a server that does nothing but pipe. */
export async function measureTransfer(folder: string, { bytes, transfers }: Amounts): Promise<string[][]> {
  return withGround(folder, "files-transfer", async (ground) => {
    const pipes = await startPipes(emptyFolder(ground.folder, "pipes"));
    try {
      const assistant = await createAssistant(ground.client, "Transfers");
      const rest = noise(bytes);
      await round(ground, pipes, assistant, rest, 0); // So that all is measured warm.
      const rounds: Awaited<ReturnType<typeof round>>[] = [];
      for (let turn = 1; turn <= transfers; turn++) rounds.push(await round(ground, pipes, assistant, rest, turn));
      const took = (what: keyof (typeof rounds)[number]) => median(rounds.map((times) => times[what]));
      const rate = (milliseconds: number) => (bytes / 1000 / milliseconds).toFixed(0);
      const row = (what: string, ours: number, theirs: number, budget: string, aim: string) => [
        what,
        rate(ours),
        rate(theirs),
        (theirs / ours).toFixed(2),
        budget,
        aim,
      ];
      return [
        row("upload, the body itself", took("upload"), took("bareUpload"), ">= 0.5", "0.8"),
        row("upload, a form", took("form"), took("bareUpload"), ">= 0.5", "0.8"),
        row("download", took("download"), took("bareDownload"), ">= 0.7", "0.9"),
      ];
    } finally {
      await pipes.stop();
    }
  });
}

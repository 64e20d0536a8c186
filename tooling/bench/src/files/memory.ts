import { ask } from "../datasets/measure.ts";
import { peakOf, probe, residentMegabytes } from "../datasets/probe.ts";
import type { Amounts } from "./amounts.ts";
import { createAssistant, type FileState, filesOf, withGround } from "./ground.ts";
import { newBeginning, noise } from "./transfer.ts";
import { sendParts } from "./transfer-client.ts";

/** What a server that was just started holds while files come in at once, above what it held idle. */
export async function measureMemory(folder: string, { bytes, uploads }: Amounts): Promise<string[][]> {
  return withGround(folder, "files-memory", async ({ client, world, server }) => {
    const pid = server.process.pid ?? 0;
    const assistant = await createAssistant(client, "Memory");
    const began = performance.now();
    await probe(
      () => ask(client, `/api/assistants/${world.readable[0]}`),
      () => performance.now() - began > 1000,
    );
    const idle = residentMegabytes(pid);
    const rest = noise(bytes);
    const headers = { authorization: `Bearer ${client.token}`, "content-type": "application/octet-stream" };
    const upload = async (index: number) => {
      const url = `${client.url + filesOf(assistant)}/_upload?name=${index}.bin`;
      const file = JSON.parse(await sendParts(url, headers, [newBeginning(), rest])) as FileState;
      if (file.size !== bytes) throw new Error(`${file.size} bytes were kept instead of ${bytes}`);
    };
    const { megabytes } = await peakOf(pid, () => Promise.all(Array.from({ length: uploads }, (_, at) => upload(at))));
    return [
      ["idle, MB", idle.toFixed(0), "", ""],
      ["most while they come, MB", megabytes.toFixed(0), "", ""],
      ["above idle, MB", (megabytes - idle).toFixed(0), "<= 150", "60"],
    ];
  });
}

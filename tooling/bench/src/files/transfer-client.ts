import { once } from "node:events";
import { Agent, type IncomingMessage, type RequestOptions, request } from "node:http";

/** Sends and fetches with as little work as can be, so that what is measured is the server's. */
const agent = new Agent({ keepAlive: true });

type Headers = Readonly<Record<string, string | number>>;

function started(url: string, options: RequestOptions) {
  const asked = request(url, { agent, ...options });
  return { asked, answered: once(asked, "response") as Promise<[IncomingMessage]> };
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

/** Sends these parts as one body. Answers with what is said of it; rejects unless that is a success. */
export async function sendParts(url: string, headers: Headers, parts: readonly Uint8Array[]): Promise<string> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const { asked, answered } = started(url, { method: "POST", headers: { ...headers, "content-length": length } });
  for (const part of parts) asked.write(part);
  asked.end();
  const [answer] = await answered;
  const text = await textOf(answer);
  if (answer.statusCode !== 200 && answer.statusCode !== 201)
    throw new Error(`POST ${url}: ${answer.statusCode} ${text}`);
  return text;
}

/** Fetches bytes and drops them. Rejects unless so many came. */
export async function fetchBytes(url: string, headers: Headers, expected: number): Promise<void> {
  const { asked, answered } = started(url, { method: "GET", headers });
  asked.end();
  const [answer] = await answered;
  let length = 0;
  answer.on("data", (chunk: Buffer) => {
    length += chunk.length;
  });
  await once(answer, "end");
  if (answer.statusCode !== 200 || length !== expected)
    throw new Error(`GET ${url}: ${answer.statusCode}, ${length} bytes instead of ${expected}`);
}

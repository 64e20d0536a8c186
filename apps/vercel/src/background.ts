import { createHash, timingSafeEqual } from "node:crypto";
import { getRequestListener } from "@hono/node-server";
import { nativeSha256 } from "@steward/blobs/native-sha256";
import { openEdge } from "@steward/server/edge";
import { waitUntil } from "@vercel/functions";

// Vercel sets this header, whatever the client has sent.
const edge = openEdge({ addressHeader: "x-real-ip", sha256: nativeSha256 });

/** Compared by their digests, which have one length whatever is sent. */
const digest = (text: string) => createHash("sha256").update(text).digest();
const isCron = (presented: string | null, secret: string) =>
  timingSafeEqual(digest(presented ?? ""), digest(`Bearer ${secret}`));

async function tend({ headers }: Request): Promise<Response> {
  const { CRON_SECRET: secret } = process.env;
  if (!secret || !isCron(headers.get("authorization"), secret)) return new Response(null, { status: 404 });
  await edge.tend(process.env);
  return new Response(null, { status: 204 });
}

/**
 * What an edge function is too small for: the background's work, by Vercel's cron and by the edge that has left some, and requests that
 * make pictures. See build.ts for the routes.
 */
export default getRequestListener((request) =>
  new URL(request.url).pathname === "/_tend" ? tend(request) : edge.fetch(request, process.env, { waitUntil }),
);

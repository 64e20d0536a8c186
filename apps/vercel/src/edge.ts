import { openEdge } from "@steward/server/edge";

/** Sets the other function to work; without CRON_SECRET, its own cron alone does. */
async function wakeBackground(): Promise<void> {
  const { CRON_SECRET: secret, STEWARD_BASE_URL, VERCEL_URL } = process.env;
  const origin = STEWARD_BASE_URL || (VERCEL_URL && `https://${VERCEL_URL}`);
  if (!secret || !origin) return;
  const response = await fetch(new URL("/_tend", origin), { headers: { authorization: `Bearer ${secret}` } });
  if (!response.ok) throw new Error(`The background's function has answered ${response.status}`);
}

// Vercel sets this header, whatever the client has sent.
const edge = openEdge({ addressHeader: "x-real-ip", background: wakeBackground });

/** Every request to the deployment that is not background.ts's. */
export default (request: Request, context?: { waitUntil(promise: Promise<unknown>): void }): Promise<Response> =>
  edge.fetch(request, process.env, context);

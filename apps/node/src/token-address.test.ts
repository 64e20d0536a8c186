import { expect, test } from "vitest";
import { signIn, startServer, temporaryFolder, type Variables } from "./testing.ts";

const password = "a long enough password";
const elsewhere = "203.0.113.7";

/** Every header in which some proxy or other tells where a request came from. */
const said = (address: string) => ({
  "x-forwarded-for": address,
  forwarded: `for=${address}`,
  "x-real-ip": address,
  "x-client-ip": address,
  "cf-connecting-ip": address,
  "true-client-ip": address,
});

/** What comes of using a token that is tied to an address, with and without headers that claim another. */
async function answersTo(host: string, variables: Variables, headers: Record<string, string>): Promise<number> {
  const server = await startServer(temporaryFolder(), {
    STEWARD_SEED: "none",
    STEWARD_ADMIN_PASSWORD: password,
    ...variables,
  });
  const cookie = (await signIn(server.url, "admin", password)).headers.get("set-cookie")?.split(";")[0] ?? "";
  const made = await fetch(`${server.url}/api/tokens`, {
    method: "POST",
    headers: { cookie, "content-type": "application/json" },
    body: JSON.stringify({ restrict: "host", host }),
  });
  const { token } = (await made.json()) as { token: string };
  const answer = await fetch(`${server.url}/api/me`, { headers: { authorization: `Bearer ${token}`, ...headers } });
  await server.end();
  return answer.status;
}

test("a token that is tied to another address is not helped by saying so", async () => {
  expect(await answersTo("127.0.0.1", {}, {})).toBe(200);
  expect(await answersTo("127.0.0.1", {}, said(elsewhere))).toBe(200);
  expect(await answersTo(elsewhere, {}, said(elsewhere))).toBe(403);
});

test("behind a proxy, what the proxy says counts, and what the client said before it does not", async () => {
  const variables = { STEWARD_TRUSTED_PROXY: "1" };
  const through = (client: string, claimed: string) => ({
    ...said(claimed),
    "x-forwarded-for": `${claimed}, ${client}`,
  });
  expect(await answersTo(elsewhere, variables, through(elsewhere, "192.0.2.1"))).toBe(200);
  expect(await answersTo(elsewhere, variables, through("192.0.2.1", elsewhere))).toBe(403);
});

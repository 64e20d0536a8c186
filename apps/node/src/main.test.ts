import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { lineOf, plain, signIn, startServer, steward, temporaryFolder, type Variables } from "./testing.ts";

describe("a variable that is wrong", () => {
  test.each<[string, string, Variables?]>([
    ["PORT", "eight"],
    ["PORT", "65536"],
    ["HOST", "not.a.host.invalid", plain],
    ["DATABASE_URL", "mysql://db"],
    ["DATABASE_URL", "file:/dev/null/steward.db"],
    ["STEWARD_ENCRYPTION_KEYS", "1:c2hvcnQ="],
    ["STEWARD_ADMIN_USERNAME", "Ada!"],
    ["STEWARD_ADMIN_USERNAME", "support"],
    ["STEWARD_ADMIN_PASSWORD", "short"],
    ["STEWARD_SEED", "dmeo"],
    ["STEWARD_BASE_URL", "steward.example"],
    ["STEWARD_TRUSTED_PROXY", "true"],
    ["LOG_LEVEL", "loud"],
  ])("%s=%s stops the start with one line that names it", async (name, value, more) => {
    const { code, output, errors } = await steward(temporaryFolder(), [], { ...more, PORT: "0", [name]: value });
    expect([code, output]).toEqual([1, ""]);
    expect(errors).toMatch(new RegExp(`^${name} .+\n$`));
    if (/PASSWORD|KEYS/.test(name)) expect(errors).not.toContain(value);
  });

  test("is named beside the others", async () => {
    const { errors } = await steward(temporaryFolder(), [], { PORT: "x", STEWARD_SEED: "y" });
    expect(errors).toMatch(/^PORT .+; STEWARD_SEED .+\n$/);
  });

  test("may be a database that does not answer", async () => {
    const DATABASE_URL = "http://127.0.0.1:1";
    const { code, errors } = await steward(temporaryFolder(), ["migrate"], { DATABASE_URL });
    expect([code, errors]).toEqual([1, expect.stringMatching(/^DATABASE_URL .+\n$/)]);
  });

  test("may be one that is missing", async () => {
    const { code, errors } = await steward(temporaryFolder(), [], { DATABASE_URL: "https://db.invalid" });
    expect([code, errors]).toEqual([1, "STEWARD_ENCRYPTION_KEYS is required with a database that is not a file\n"]);
  });

  test("may be a port that is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const { code, errors } = await steward(temporaryFolder(), [], { ...plain, PORT: port });
    other.close();
    expect([code, errors]).toEqual([1, `PORT ${port} is taken: set PORT to another one\n`]);
  });
});

/** A request whose body is sent only as far as `begun`. */
async function beginSignIn(url: string, begun: string, whole: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  const head = ["POST /api/login/local HTTP/1.1", `Host: ${hostname}:${port}`, "Content-Type: application/json"];
  socket.write([...head, `Content-Length: ${whole.length}`, "", begun].join("\r\n"));
  return socket;
}

describe("a signal", () => {
  const credentials = { username: "admin", password: "a long enough password" };
  const variables = { ...plain, STEWARD_ADMIN_PASSWORD: credentials.password };
  const body = JSON.stringify(credentials);
  const aWhile = () => new Promise((resolve) => setTimeout(resolve, 150));

  test("ends the server with 0 once what it was asked is answered", async () => {
    const server = await startServer(temporaryFolder(), variables);
    const idle = connect(Number(new URL(server.url).port), "127.0.0.1");
    const socket = await beginSignIn(server.url, body.slice(0, 10), body);
    await aWhile();
    server.child.kill("SIGTERM");
    await aWhile();
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    const answer = text(socket);
    socket.write(body.slice(10));
    expect(await answer).toMatch(/^HTTP\/1.1 200 [\s\S]+"username":"admin"/);
    expect(await server.ended).toBe(0);
    idle.destroy();
  });

  test("that comes again ends it at once", async () => {
    const server = await startServer(temporaryFolder(), variables);
    const socket = await beginSignIn(server.url, "", body);
    socket.on("error", () => undefined);
    await aWhile();
    server.child.kill("SIGTERM");
    await aWhile();
    expect(await server.end("SIGTERM")).toBe(1);
    socket.destroy();
  });
});

describe("the command line", () => {
  test("explains itself", async () => {
    const folder = temporaryFolder();
    expect(await steward(folder, ["help"])).toMatchObject({
      code: 0,
      output: expect.stringContaining("Usage: steward"),
    });
    for (const args of [
      ["dance"],
      ["token"],
      ["token", "create"],
      ["serve", "--fast"],
      ["admin", "reset-password", "ada"],
    ]) {
      const { code, errors } = await steward(folder, args);
      expect([code, errors]).toEqual([2, expect.stringContaining("Usage: steward")]);
    }
  });

  test("migrates, seeds and serves one after the other", async () => {
    const folder = temporaryFolder();
    expect(await steward(folder, ["serve"])).toMatchObject({ code: 1, errors: expect.stringContaining("migrate") });
    expect(await steward(folder, ["migrate"])).toMatchObject({ code: 0, output: "The database is up to date.\n" });
    expect((await steward(folder, ["seed"])).output).toContain("Sign in");
    expect(await steward(folder, ["seed"])).toMatchObject({
      code: 0,
      output: expect.stringContaining("nothing was made"),
    });
  });

  test("gives a new password, which ends the sessions", async () => {
    const folder = temporaryFolder();
    const server = await startServer(folder, { ...plain, STEWARD_ADMIN_PASSWORD: "a long enough password" });
    const signedIn = await signIn(server.url, "admin", "a long enough password");
    const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
    const { code, output } = await steward(folder, ["admin", "reset-password"]);
    expect(code).toBe(0);
    const password = /once: (\S+)/.exec(output)?.[1] ?? "";
    expect((await fetch(`${server.url}/api/me`, { headers: { cookie } })).status).toBe(401);
    expect((await signIn(server.url, "admin", "a long enough password")).status).toBe(401);
    expect((await signIn(server.url, "admin", password)).status).toBe(200);
    const unknown = await steward(folder, ["admin", "reset-password", "--username", "nobody"]);
    expect(unknown).toMatchObject({ code: 1, errors: "There is no user nobody\n" });
    expect(await server.end()).toBe(0);
  });

  test("makes a token", async () => {
    const folder = temporaryFolder();
    const server = await startServer(folder, { ...plain, STEWARD_ADMIN_USERNAME: "ada" });
    const args = ["token", "create", "--username", "ada", "--read-only", "--expires", "30d", "--notes", "for a test"];
    const { code, output } = await steward(folder, args);
    expect([code, output]).toEqual([0, expect.stringMatching(/^stw_\w{49}\n$/)]);
    const headers = { authorization: `Bearer ${output.trim()}`, "content-type": "application/json" };
    expect((await fetch(`${server.url}/api/assistants`, { headers })).status).toBe(200);
    const refused = await fetch(`${server.url}/api/assistants`, { method: "POST", headers, body: '{"name":"x"}' });
    expect(refused.status).toBe(403);
    const past = await steward(folder, ["token", "create", "--username", "ada", "--expires", "2020-01-01"]);
    expect(past.code).toBe(2);
    expect(await server.end()).toBe(0);
  });
});

test("the client's address is believed of trusted proxies only", async () => {
  const addressSeen = async (variables: Record<string, string>) => {
    const server = await startServer(temporaryFolder(), {
      ...plain,
      ...variables,
      STEWARD_ADMIN_PASSWORD: "a long enough password",
    });
    const response = await fetch(`${server.url}/api/login/local`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-for": "198.51.100.1, 203.0.113.7" },
      body: JSON.stringify({ username: "admin", password: "a long enough password" }),
    });
    const cookie = response.headers.get("set-cookie")?.split(";")[0] ?? "";
    const sessions = await (await fetch(`${server.url}/api/sessions`, { headers: { cookie } })).json();
    expect(lineOf(server.said(), "Try")).toContain("curl");
    await server.end();
    return (sessions as { _embedded: Record<string, { address: string }[]> })._embedded["inf:session"]?.[0]?.address;
  };
  expect(await addressSeen({})).toBe("127.0.0.1");
  expect(await addressSeen({ STEWARD_TRUSTED_PROXY: "1" })).toBe("203.0.113.7");
});

test("whoever has the answer and still sends the body does not keep the connection", async () => {
  const server = await startServer(temporaryFolder(), plain);
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => undefined);
  socket.write("GET /healthz HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n");
  const dribbling = setInterval(() => socket.write("x"), 200);
  socket.resume();
  const began = performance.now();
  await once(socket, "close");
  clearInterval(dribbling);
  expect(performance.now() - began).toBeLessThan(4000);
});

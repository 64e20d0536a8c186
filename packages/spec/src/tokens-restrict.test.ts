import { BlockList, isIP } from "node:net";
import { type Caller, execute, operations } from "@steward/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MadeToken, Presented, Principal, TokenOptions } from "./arrange.ts";
import { doors } from "./doors.ts";
import { type Behind, throughEveryDoor } from "./every-door.ts";
import { expectSuccess } from "./expectations.ts";
import type { InputOf } from "./operations.ts";
import { openWorld, type World } from "./world.ts";

type Restriction = Pick<InputOf<"tokens.create">, "restrict" | "host" | "cidr">;

/** A token of Ada's with this restriction, and what comes of using it from an address. */
async function tied({ world, get, ask }: Behind, restriction: Restriction) {
  const ada = await world.user({ name: "ada" });
  const { token, id } = await get(ada, "tokens.create", restriction);
  const from = async (address?: string) => {
    const answer = await ask({ bearer: token }, "session.me", {}, address === undefined ? {} : { address });
    return answer.ok ? "admitted" : answer.code;
  };
  return { ada, id: String(id), from };
}

describe("a token counts only from where it is tied to", () => {
  throughEveryDoor("one address", async (behind) => {
    const { from } = await tied(behind, { restrict: "host", host: "203.0.113.7" });
    expect(await from("203.0.113.7")).toBe("admitted");
    expect(await from("::ffff:203.0.113.7")).toBe("admitted");
    expect(await from("203.0.113.8")).toBe("token_scope");
    expect(await from("::203.0.113.7")).toBe("token_scope");
    expect(await from("unknown")).toBe("token_scope");
    expect(await from()).toBe("token_scope");
  });

  throughEveryDoor("one of IPv6, whatever the zone it came through", async (behind) => {
    const { from } = await tied(behind, { restrict: "host", host: "FE80::0:1" });
    expect(await from("fe80::1%eth0")).toBe("admitted");
    expect(await from("fe80:0:0:0:0:0:0:1")).toBe("admitted");
    expect(await from("fe80::2%eth0")).toBe("token_scope");
  });

  throughEveryDoor("a range", async (behind) => {
    const { from } = await tied(behind, { restrict: "cidr", cidr: "10.1.2.3/23", host: "203.0.113.7" });
    for (const address of ["10.1.2.0", "10.1.3.255", "::ffff:10.1.2.9"]) expect(await from(address)).toBe("admitted");
    for (const address of ["10.1.1.255", "10.1.4.0", "203.0.113.7"]) expect(await from(address)).toBe("token_scope");
  });

  throughEveryDoor("every address of IPv4, and none of IPv6", async (behind) => {
    const { from } = await tied(behind, { restrict: "cidr", cidr: "0.0.0.0/0" });
    expect([await from("0.0.0.0"), await from("255.255.255.255")]).toEqual(["admitted", "admitted"]);
    expect([await from("2001:db8::1"), await from()]).toEqual(["token_scope", "token_scope"]);
  });

  throughEveryDoor("at once when it is changed, and from anywhere when it is freed", async (behind) => {
    const { ada, id, from } = await tied(behind, { restrict: "host", host: "203.0.113.7" });
    const change = (restriction: Restriction) => behind.get(ada, "tokens.update", { id, ...restriction });
    expect(await change({ host: "203.0.113.8" })).toMatchObject({ restrict: "host", host: "203.0.113.8" });
    expect([await from("203.0.113.7"), await from("203.0.113.8")]).toEqual(["token_scope", "admitted"]);
    await behind.get(ada, "tokens.update", { id, notes: "For the shop" });
    expect([await from("203.0.113.7"), await from("203.0.113.8")]).toEqual(["token_scope", "admitted"]);
    expect(await change({ restrict: "cidr", cidr: "10.0.0.0/8" })).toMatchObject({ host: "203.0.113.8" });
    expect([await from("203.0.113.8"), await from("10.9.9.9")]).toEqual(["token_scope", "admitted"]);
    await change({ host: "203.0.113.9" });
    expect([await from("203.0.113.9"), await from("10.9.9.9")]).toEqual(["token_scope", "admitted"]);
    await change({ restrict: null });
    expect([await from("203.0.113.9"), await from()]).toEqual(["admitted", "admitted"]);
    await change({ cidr: "192.0.2.0/24" });
    expect(await from()).toBe("admitted");
    await change({ restrict: "host", host: "203.0.113.9" });
    expect([await from("203.0.113.9"), await from("192.0.2.1")]).toEqual(["admitted", "token_scope"]);
  });

  throughEveryDoor("also where nobody need sign in, and after what is wrong with the token itself", async (behind) => {
    const { world, ask } = behind;
    const ada = await world.user({ name: "ada" });
    const addresses = ["0".repeat(32), "0".repeat(32)] as const;
    const bound = await world.token(ada, { addresses });
    const code = async (as: Presented, address = "203.0.113.7") => {
      const answer = await ask(as, "entry.get", {}, { address });
      return answer.ok ? "admitted" : answer.code;
    };
    expect([await code(bound), await code(null), await code(ada)]).toEqual(["token_scope", "admitted", "admitted"]);
    expect(await code(bound, "::")).toBe("admitted");
    const expired = await world.token(ada, { addresses, expiresAt: new Date(Date.now()) });
    expect(await code(expired)).toBe("unauthenticated");
  });
});

/** A token as it is made: nobody has used it. */
async function unused(world: World, user: Principal, options?: TokenOptions): Promise<MadeToken> {
  const token = await world.token(user, options);
  await world.rows("update tokens set last_used_at = null where id = ?", token.id);
  return token;
}

describe("when a token was last used", () => {
  const lastUsedAt = async ({ world, get }: Behind, ada: Presented, { id }: { readonly id: string }) => {
    await world.settle();
    return (await get(ada, "tokens.get", { id })).lastUsedAt;
  };

  throughEveryDoor("is known to the minute, and after the answer", async (behind) => {
    const { world, get } = behind;
    const ada = await world.user({ name: "ada" });
    const token = await unused(world, ada);
    const writes = () => world.trips.filter(({ mode }) => mode === "write").length;
    const { trips } = await world.countTrips(() => get(token, "session.me"));
    expect(trips).toBe(1);
    const first = new Date().toISOString();
    expect(await lastUsedAt(behind, ada, token)).toBe(first);
    const before = writes();
    world.advance(59_999);
    await get(token, "session.me");
    expect(await lastUsedAt(behind, ada, token)).toBe(first);
    expect(writes()).toBe(before);
    world.advance(1);
    await get(token, "session.me");
    expect(await lastUsedAt(behind, ada, token)).toBe(new Date().toISOString());
    expect(await get(ada, "tokens.get", { id: token.id })).toMatchObject({ version: 1 });
  });

  throughEveryDoor("says nothing of calls that were refused, nor of others' tokens", async (behind) => {
    const { world, refuses } = behind;
    const ada = await world.user({ name: "ada" });
    const reading = await unused(world, ada, { readOnly: true });
    const other = await unused(world, ada);
    await refuses("token_scope", reading, "teams.create", { name: "crew" });
    expect(await lastUsedAt(behind, ada, reading)).toBeNull();
    await behind.get(reading, "session.me");
    expect(await lastUsedAt(behind, ada, reading)).not.toBeNull();
    expect(await lastUsedAt(behind, ada, other)).toBeNull();
  });
});

test("that it cannot be noted fails no request", async () => {
  const world = await openWorld();
  const token = await unused(world, await world.user({ name: "ada" }));
  await world.rows("create trigger broken before update on tokens begin select raise(abort, 'no'); end");
  expectSuccess(await doors.rest(world, token, "session.me", {}));
  await world.settle();
  await world.rows("drop trigger broken");
  expect(world.logged).toMatchObject([{ message: "deferred task failed" }]);
});

test("of calls of one request, and of requests at once, one notes it", async () => {
  const world = await openWorld();
  const { bearer } = await unused(world, await world.user({ name: "ada" }));
  const tasks: (() => Promise<unknown>)[] = [];
  const caller = (): Caller => ({
    credential: world.services.tokens.credential(bearer),
    address: null,
    defer: (task) => void tasks.push(task),
  });
  const ask = (as: Caller) => execute(world.services, as, "session.me", operations.session.me, {});
  const [first, second] = [caller(), caller()];
  await Promise.all([ask(first), ask(first)]);
  expect(tasks).toHaveLength(1);
  world.advance(1000);
  await ask(second);
  expect(tasks).toHaveLength(2);
  for (const task of tasks) await task();
  expect(await world.rows("select last_used_at, version from tokens")).toEqual([[Date.now() - 1000, 1]]);
});

describe("what lies in a range is what Node says lies in it", () => {
  const octet = fc.oneof(fc.constantFrom(0, 1, 127, 128, 254, 255), fc.nat(255));
  const four = fc.array(octet, { minLength: 4, maxLength: 4 }).map((parts) => parts.join("."));
  const group = fc.oneof(fc.constantFrom(0, 0, 0xffff, 0x8000), fc.nat(0xffff));
  const six = fc
    .array(group, { minLength: 8, maxLength: 8 })
    .map((parts) => parts.map((part) => part.toString(16)).join(":"));
  const network = fc.oneof(
    fc.record({ address: four, bits: fc.nat(32), family: fc.constant("ipv4" as const) }),
    fc.record({ address: six, bits: fc.nat(128), family: fc.constant("ipv6" as const) }),
  );
  /** The address itself with one bit of it turned, so that some lie just beside the range. */
  const beside = (address: string, bit: number) => {
    const separator = address.includes(":") ? ":" : ".";
    const [size, radix] = separator === ":" ? [16, 16] : [8, 10];
    const parts = address.split(separator).map((part) => Number.parseInt(part, radix));
    const place = bit % (parts.length * size);
    const at = Math.floor(place / size);
    parts[at] = (parts[at] ?? 0) ^ (1 << (size - 1 - (place % size)));
    return parts.map((part) => part.toString(radix)).join(separator);
  };

  async function verdictOf(world: World, token: MadeToken, address: string): Promise<boolean> {
    return (await doors.core(world, token, "session.me", {}, { address })).ok;
  }

  test("for any network and address", async () => {
    const world = await openWorld();
    const ada = await world.user({ name: "ada" });
    const made = expectSuccess(await doors.core(world, ada, "tokens.create", {})) as { id: string; token: string };
    const token = { id: made.id, bearer: made.token };
    const property = fc.asyncProperty(
      network,
      fc.array(fc.nat(127), { maxLength: 6 }),
      four,
      six,
      async (one, ...more) => {
        const [bits, ...others] = more;
        const list = new BlockList();
        list.addSubnet(one.address, one.bits, one.family);
        const input = { id: made.id, restrict: "cidr", cidr: `${one.address}/${one.bits}` };
        expectSuccess(await doors.core(world, ada, "tokens.update", input));
        for (const address of [one.address, ...bits.map((bit) => beside(one.address, bit)), ...others]) {
          // Of IPv4 there is one form: Node would also compare a range of IPv6 with it as something else.
          const family = address.includes(":") ? "ipv6" : "ipv4";
          if (family !== one.family && one.family === "ipv6") continue;
          expect(await verdictOf(world, token, address), address).toBe(list.check(address, family));
        }
      },
    );
    await fc.assert(property, { numRuns: 150 });
  });

  test("for any text that might be an address", async () => {
    const world = await openWorld();
    const ada = await world.user({ name: "ada" });
    const token = await world.token(ada);
    const pieces = [
      "",
      ":",
      "::",
      "0",
      "1",
      "ff",
      "ffff",
      "0db8",
      "12345",
      ".",
      "1.2.3.4",
      "255",
      "256",
      "01",
      "/",
      "%",
    ];
    const texts = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 12 }).map((some) => some.join(""));
    const property = fc.asyncProperty(texts, async (text) => {
      const answer = await doors.core(world, ada, "tokens.update", { id: token.id, restrict: "host", host: text });
      const isAddress = isIP(text) !== 0 && !text.includes("%");
      expect(answer.ok ? "taken" : answer.code, text).toBe(isAddress ? "taken" : "validation_failed");
      if (isAddress) expect(await verdictOf(world, token, text), text).toBe(true);
    });
    await fc.assert(property, { numRuns: 2000, examples: [["::"], ["::1.2.3.4"], ["::ffff:1.2.3.4"], ["1.2.3.4"]] });
  });
});

import { describe, expect, it } from "vitest";
import { scryptPasswords } from "./passwords.ts";
import { type DeriveKey, nativeScrypt, nobleScrypt, platformScrypt, type ScryptParameters } from "./scrypt.ts";

const FAST: ScryptParameters = { logCost: 4, blockSize: 8, parallelism: 1 };
const utf8 = (text: string) => new TextEncoder().encode(text);

/** Instant stand-in for scrypt that is as sensitive to its inputs, and notes the work it was asked for. */
function countingDerive() {
  const asked: { parameters: ScryptParameters; saltLength: number; length: number }[] = [];
  const derive: DeriveKey = (password, salt, parameters, length) => {
    asked.push({ parameters, saltLength: salt.length, length });
    return nobleScrypt(password, salt, FAST, length);
  };
  return { asked, derive };
}

describe("scrypt", () => {
  it("gives the bytes of RFC 7914", async () => {
    const parameters = { logCost: 10, blockSize: 8, parallelism: 16 };
    const key = await nobleScrypt(utf8("password"), utf8("NaCl"), parameters, 64);
    expect(Buffer.from(key).toString("hex")).toBe(
      "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162" +
        "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
    );
  });

  it("is the same natively and in JavaScript, at the real costs", async () => {
    const native = nativeScrypt();
    if (native === null) throw new Error("these tests run on Node, which has node:crypto");
    const parameters = { logCost: 15, blockSize: 8, parallelism: 3 };
    const password = utf8("pässwörd 🔑");
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const [left, right] = await Promise.all([
      native(password, salt, parameters, 32),
      nobleScrypt(password, salt, parameters, 32),
    ]);
    expect(Buffer.from(left).toString("hex")).toBe(Buffer.from(right).toString("hex"));
  });

  it("falls back to JavaScript where there is no node:crypto", () => {
    expect(platformScrypt()).not.toBe(nobleScrypt);
    const { process } = globalThis;
    try {
      for (const absent of [undefined, {}, { getBuiltinModule: () => undefined }, { getBuiltinModule: () => ({}) }]) {
        Object.defineProperty(globalThis, "process", { value: absent, configurable: true, writable: true });
        expect(platformScrypt()).toBe(nobleScrypt);
      }
    } finally {
      Object.defineProperty(globalThis, "process", { value: process, configurable: true, writable: true });
    }
  });
});

describe("scryptPasswords", () => {
  it("verifies what it hashed, at the real costs, on either implementation", async () => {
    const stored = await scryptPasswords().hash("correct horse");
    expect(stored).toMatch(/^scrypt\$ln=15,r=8,p=3\$[\w-]{22}\$[\w-]{43}$/);
    expect(await scryptPasswords().verify("correct horse", stored)).toBe(true);
    expect(await scryptPasswords(nobleScrypt).verify("correct horse", stored)).toBe(true);
    expect(await scryptPasswords().verify("correct horsf", stored)).toBe(false);
  });

  it("salts: the same password never gives the same text", async () => {
    const passwords = scryptPasswords(countingDerive().derive);
    expect(await passwords.hash("same")).not.toBe(await passwords.hash("same"));
  });

  it("reads the costs from the stored text", async () => {
    const key = await nobleScrypt(utf8("old"), new Uint8Array(16), { logCost: 5, blockSize: 4, parallelism: 2 }, 24);
    const stored = `scrypt$ln=5,r=4,p=2$${"A".repeat(22)}$${Buffer.from(key).toString("base64url")}`;
    expect(await scryptPasswords().verify("old", stored)).toBe(true);
    expect(await scryptPasswords().verify("new", stored)).toBe(false);
    expect(await scryptPasswords().verify("old", stored.replace("p=2", "p=1"))).toBe(false);
  });

  it.each(["ln=17,r=8,p=1", "ln=16,r=8,p=2", "ln=14,r=8,p=5", "ln=13,r=8,p=10"])(
    "accepts OWASP's %s",
    async (costs) => {
      const { asked, derive } = countingDerive();
      await scryptPasswords(derive).verify("x", `scrypt$${costs}$${"A".repeat(22)}$${"A".repeat(43)}`);
      const { logCost, blockSize, parallelism } = asked[0]?.parameters ?? FAST;
      expect(`ln=${logCost},r=${blockSize},p=${parallelism}`).toBe(costs);
    },
  );

  it("does for an unknown user exactly the work it does for a known one", async () => {
    const { asked, derive } = countingDerive();
    const passwords = scryptPasswords(derive);
    const stored = await passwords.hash("known");
    asked.length = 0;
    expect(await passwords.verify("known", stored)).toBe(true);
    expect(await passwords.verify("known", null)).toBe(false);
    expect(asked).toHaveLength(2);
    expect(asked[1]).toEqual(asked[0]);
  });

  it("never accepts an unknown user, even when the derived key is the stand-in's", async () => {
    const zeros: DeriveKey = async (_password, _salt, _parameters, length) => new Uint8Array(length);
    expect(await scryptPasswords(zeros).verify("anything", null)).toBe(false);
    expect(await scryptPasswords(zeros).verify("anything", "malformed")).toBe(false);
  });

  const salt = "A".repeat(22);
  const hash = "A".repeat(43);
  it.each([
    "",
    "plain text",
    `scrypt$ln=15,r=8,p=3$${salt}`,
    `scrypt$ln=15,r=8,p=3$${salt}$`,
    `scrypt$ln=15,r=8,p=3$${salt}$${hash}\n`,
    `scrypt$ln=15,r=8,p=3$${salt}$${hash}$`,
    `scrypt$ln=15,r=8,p=3$${salt}$${"A".repeat(45)}`,
    `scrypt$ln=15,r=8,p=3$${salt}$AAAA`,
    `scrypt$ln=15,r=8,p=3$!${salt}$${hash}`,
    `bcrypt$ln=15,r=8,p=3$${salt}$${hash}`,
    `scrypt$ln=0,r=8,p=3$${salt}$${hash}`,
    `scrypt$ln=15,r=0,p=3$${salt}$${hash}`,
    `scrypt$ln=15,r=8,p=0$${salt}$${hash}`,
    `scrypt$ln=16,r=1,p=1$${salt}$${hash}`,
    `scrypt$ln=18,r=8,p=1$${salt}$${hash}`,
    `scrypt$ln=40,r=8,p=1$${salt}$${hash}`,
    `scrypt$ln=17,r=9,p=1$${salt}$${hash}`,
    `scrypt$ln=15,r=8,p=99$${salt}$${hash}`,
    `scrypt$ln=-5,r=8,p=3$${salt}$${hash}`,
  ])("answers false, after the usual work, to the malformed text %j", async (stored) => {
    const { asked, derive } = countingDerive();
    expect(await scryptPasswords(derive).verify("x", stored)).toBe(false);
    expect(asked).toEqual([{ parameters: { logCost: 15, blockSize: 8, parallelism: 3 }, saltLength: 16, length: 32 }]);
  });

  it("takes one password for the same, however its letters are composed", async () => {
    const passwords = scryptPasswords(countingDerive().derive);
    const stored = await passwords.hash("caf\u00e9 \ufb01n");
    expect(await passwords.verify("cafe\u0301 fin", stored)).toBe(true);
    expect(await passwords.verify("cafe fin", stored)).toBe(false);
  });
});

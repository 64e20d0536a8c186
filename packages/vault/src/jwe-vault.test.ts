import type { VaultError } from "@steward/core";
import { CompactEncrypt } from "jose";
import { describe, expect, test } from "vitest";
import { type EncryptionKey, jweVault } from "./jwe-vault.ts";

const newKey = (id: string): EncryptionKey => ({ id, key: crypto.getRandomValues(new Uint8Array(32)) });
const [older, newer] = [newKey("2025"), newKey("2026")];
const here = { tenant: "tenant-1", lineage: "lineage-1" };
const vault = jweVault([newer, older]);

type Header = Record<string, unknown>;
const decoded = (part = "") => JSON.parse(Buffer.from(part, "base64url").toString()) as Header;
const encoded = (header: Header) => Buffer.from(JSON.stringify(header)).toString("base64url");
const headerOf = (ciphertext: string) => decoded(ciphertext.split(".")[0]);
const withHeader = (ciphertext: string, change: Header) => {
  const [header, ...rest] = ciphertext.split(".");
  return [encoded({ ...decoded(header), ...change }), ...rest].join(".");
};
const failing = (opening: Promise<string>): Promise<VaultError> =>
  opening.then(
    (plaintext) => expect.fail(`opened as ${plaintext}`),
    (error) => error,
  );

describe("what is sealed", () => {
  test.each([["x"], ["sk-live-ünïcödé-🔑\n"], ["a".repeat(64 * 1024)]])("opens again as it was", async (plaintext) => {
    const { ciphertext, keyId } = await vault.seal(plaintext, here);
    expect(keyId).toBe("2026");
    expect(await vault.open(ciphertext, here)).toBe(plaintext);
  });

  test("is compact JWE with key, tenant and lineage in its header, and nothing of the plaintext", async () => {
    const { ciphertext } = await vault.seal("the plaintext", here);
    expect(ciphertext.split(".")).toHaveLength(5);
    expect(headerOf(ciphertext)).toMatchObject({ alg: "A256GCMKW", enc: "A256GCM", kid: "2026", ...here });
    expect(ciphertext).not.toContain("plaintext");
    expect(ciphertext).not.toContain(Buffer.from("plaintext").toString("base64url"));
  });

  test("differs each time", async () => {
    const [one, other] = await Promise.all([vault.seal("same", here), vault.seal("same", here)]);
    expect(one.ciphertext).not.toBe(other.ciphertext);
  });

  test("does not open for another tenant or another secret", async () => {
    const { ciphertext } = await vault.seal("x", here);
    expect(await failing(vault.open(ciphertext, { ...here, tenant: "tenant-2" }))).toMatchObject({
      name: "VaultError",
      code: "moved",
    });
    expect(await failing(vault.open(ciphertext, { ...here, lineage: "lineage-2" }))).toMatchObject({ code: "moved" });
  });

  test.each([["tenant"], ["lineage"], ["kid"], ["enc"], ["iv"], ["tag"]])(
    "does not open with another %s in its header, whatever is expected",
    async (name) => {
      const { ciphertext } = await vault.seal("x", here);
      const value = name === "kid" ? "2025" : name === "enc" ? "A128GCM" : "AAAAAAAAAAAAAAAA";
      const changed = withHeader(ciphertext, { [name]: value });
      const expected = name in here ? { ...here, [name]: value } : here;
      expect(await failing(vault.open(changed, expected))).toMatchObject({ code: "unreadable" });
    },
  );

  test("does not open with a bit of any part changed", async () => {
    const { ciphertext } = await vault.seal("x".repeat(40), here);
    const parts = ciphertext.split(".");
    for (const [index, part] of parts.entries()) {
      const bytes = Buffer.from(part, "base64url");
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      const changed = parts.with(index, bytes.toString("base64url")).join(".");
      await expect(vault.open(changed, here)).rejects.toMatchObject({ name: "VaultError" });
    }
  });

  test.each([[""], ["no JWE"], ["a.b.c.d.e"], ["...."]])("is not %j", async (text) => {
    expect(await failing(vault.open(text, here))).toMatchObject({ code: "unreadable" });
  });

  test.each([["dir", "A256GCM"] as const, ["A256KW", "A256GCM"] as const, ["A256GCMKW", "A128GCM"] as const])(
    "is not what another has made with the key and %s, %s",
    async (alg, enc) => {
      const foreign = await new CompactEncrypt(new TextEncoder().encode("x"))
        .setProtectedHeader({ alg, enc, kid: newer.id, ...here })
        .encrypt(newer.key);
      expect(await failing(vault.open(foreign, here))).toMatchObject({ code: "unreadable" });
    },
  );
});

describe("keys", () => {
  test("the first seals, all open", async () => {
    const before = await jweVault([older]).seal("x", here);
    expect(before.keyId).toBe("2025");
    expect(await vault.open(before.ciphertext, here)).toBe("x");
    expect(vault.currentKeyId).toBe("2026");
    expect((await jweVault([older, newer]).seal("x", here)).keyId).toBe("2025");
  });

  test("one that is missing is named", async () => {
    const { ciphertext } = await vault.seal("x", here);
    const { code, message } = await failing(jweVault([older]).open(ciphertext, here));
    expect([code, message]).toEqual(["unknown_key", "STEWARD_ENCRYPTION_KEYS lacks the key 2026"]);
  });

  test("a name that somebody has written into a header is not repeated", async () => {
    const { ciphertext } = await vault.seal("x", here);
    const { message } = await failing(vault.open(withHeader(ciphertext, { kid: "a\nline of the log" }), here));
    expect(message).toBe("STEWARD_ENCRYPTION_KEYS lacks the key that it names");
  });

  test("another one of the same id opens nothing", async () => {
    const { ciphertext } = await vault.seal("x", here);
    expect(await failing(jweVault([newKey("2026")]).open(ciphertext, here))).toMatchObject({ code: "unreadable" });
  });

  test("without one nothing is sealed", async () => {
    const empty = jweVault([]);
    await expect(empty.seal("x", here)).rejects.toMatchObject({ code: "unknown_key" });
    expect(() => empty.currentKeyId).toThrow(/STEWARD_ENCRYPTION_KEYS/);
  });

  test("no error holds what was sealed or a key", async () => {
    const { ciphertext } = await vault.seal("the plaintext", here);
    const errors = await Promise.all([
      failing(vault.open(ciphertext, { ...here, tenant: "other" })),
      failing(vault.open(`${ciphertext}A`, here)),
      failing(jweVault([newKey("2026")]).open(ciphertext, here)),
    ]);
    for (const error of errors) {
      const said = JSON.stringify([error.message, error.stack, String(error.cause)]);
      expect(said).not.toContain("plaintext");
      expect(said).not.toContain(ciphertext);
      expect(said).not.toContain(Buffer.from(newer.key).toString("base64"));
    }
  });
});

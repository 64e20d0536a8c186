import { expect, test } from "vitest";
import { fromSocket, trustedProxy } from "./client-address.ts";

const forwarded = "192.0.2.1, 198.51.100.2, 10.0.0.9";

test.each([
  ["1", "10.0.0.1", forwarded, "10.0.0.9"],
  ["2", "10.0.0.1", forwarded, "198.51.100.2"],
  ["9", "10.0.0.1", forwarded, "10.0.0.1"],
  ["1", "10.0.0.1", null, "10.0.0.1"],
  ["1", "10.0.0.1", "rubbish", "10.0.0.1"],
  ["1", "10.0.0.1", "203.0.113.7:4711", "203.0.113.7"],
  ["1", "10.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"],
  ["10.0.0.0/8", "10.0.0.1", forwarded, "198.51.100.2"],
  ["10.0.0.0/8", "::ffff:10.0.0.1", forwarded, "198.51.100.2"],
  ["10.0.0.0/8", "203.0.113.9", forwarded, "203.0.113.9"],
  ["10.0.0.0/8, 198.51.100.2", "10.0.0.1", forwarded, "192.0.2.1"],
  ["10.0.0.0/8", "10.0.0.1", "192.0.2.1, rubbish", "10.0.0.1"],
  ["10.0.0.0/8", "10.0.0.1", null, "10.0.0.1"],
  ["::1,10.0.0.0/8", "::1", "203.0.113.7", "203.0.113.7"],
])("behind %s, the socket says %s and the header %s: it is %s", (proxies, peer, header, client) => {
  expect(trustedProxy(proxies)?.(peer, header)).toBe(client);
});

test.each(["true", "0", "100", "", "10.0.0.0/33", "proxy.example", "10.0.0.1,"])("%s trusts nobody", (text) => {
  expect(trustedProxy(text)).toBeUndefined();
});

test("without a proxy the header is not read", () => {
  expect(fromSocket("::ffff:192.0.2.1", forwarded)).toBe("192.0.2.1");
});

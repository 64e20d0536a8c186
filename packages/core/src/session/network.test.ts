import { describe, expect, test } from "vitest";
import { addressDigits, clientDigits, hostRange, networkOf, networkRange } from "./network.ts";

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002::9", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["unknown", "unknown"],
])("%s is counted as %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});

describe("a single address", () => {
  test.each([
    ["203.0.113.7", "203.0.113.7", "00000000000000000000ffffcb007107"],
    ["0.0.0.0", "0.0.0.0", "00000000000000000000ffff00000000"],
    ["::ffff:203.0.113.7", "203.0.113.7", "00000000000000000000ffffcb007107"],
    ["::FFFF:CB00:7107", "203.0.113.7", "00000000000000000000ffffcb007107"],
    ["::", "::", "00000000000000000000000000000000"],
    ["::1", "::1", "00000000000000000000000000000001"],
    ["1::", "1::", "00010000000000000000000000000000"],
    ["2001:0DB8:0:0:1:0:0:9", "2001:db8::1:0:0:9", "20010db8000000000001000000000009"],
    ["64:ff9b::192.0.2.1", "64:ff9b::c000:201", "0064ff9b0000000000000000c0000201"],
    ["ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "f".repeat(32)],
  ])("%s is %s, and in bytes %s", (given, text, digits) => {
    expect(hostRange(given)).toEqual({ text, first: digits, last: digits });
    expect(hostRange(text)).toEqual(hostRange(given));
  });

  test.each([
    "",
    "localhost",
    "steward.example",
    "1",
    "1.2.3",
    "1.2.3.4.5",
    "256.0.0.1",
    "010.0.0.1",
    "0x7f.0.0.1",
    "1.2.3.4 ",
    " ::1",
    "1.2.3.4\n",
    "1.2.3.4:80",
    "[::1]",
    "[::1]:80",
    "::1%eth0",
    "fe80::1%25eth0",
    "::1::2",
    ":::",
    ":",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "12345::",
    "g::",
    "::1]@[::2",
    "::ffff:256.0.0.1",
    "::ffff:1.2.3",
    "10.0.0.0/8",
    "１.2.3.4",
  ])("is not %j", (text) => {
    expect(hostRange(text)).toBeNull();
  });

  test("from which a request comes may name the zone in which it counts", () => {
    expect(clientDigits("fe80::1%eth0")).toBe(addressDigits("fe80::1"));
    expect([clientDigits(null), clientDigits("unknown")]).toEqual([null, null]);
  });
});

describe("a range", () => {
  const four = (digits: string) => `00000000000000000000ffff${digits}`;
  test.each([
    ["10.1.2.3/8", "10.0.0.0/8", four("0a000000"), four("0affffff")],
    ["10.1.2.3/32", "10.1.2.3/32", four("0a010203"), four("0a010203")],
    ["10.1.2.3/31", "10.1.2.2/31", four("0a010202"), four("0a010203")],
    ["0.0.0.0/0", "0.0.0.0/0", four("00000000"), four("ffffffff")],
    ["::ffff:10.1.2.3/104", "10.0.0.0/8", four("0a000000"), four("0affffff")],
    ["::ffff:0:0/96", "0.0.0.0/0", four("00000000"), four("ffffffff")],
    [
      "::ffff:10.0.0.0/95",
      "::fffe:0:0/95",
      `${"0".repeat(20)}fffe${"0".repeat(8)}`,
      `${"0".repeat(20)}${"f".repeat(12)}`,
    ],
    ["2001:db8::9/32", "2001:db8::/32", "20010db8".padEnd(32, "0"), "20010db8".padEnd(32, "f")],
    ["2001:db8::9/33", "2001:db8::/33", "20010db8".padEnd(32, "0"), "20010db87".padEnd(32, "f")],
    ["2001:db8::9/128", "2001:db8::9/128", "20010db8000000000000000000000009", "20010db8000000000000000000000009"],
    ["::1/0", "::/0", "0".repeat(32), "f".repeat(32)],
  ])("%s is %s, from %s to %s", (given, text, first, last) => {
    expect(networkRange(given)).toEqual({ text, first, last });
    expect(networkRange(text)).toEqual(networkRange(given));
  });

  test.each([
    "10.0.0.0",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/+8",
    "10.0.0.0/08",
    "10.0.0.0/8 ",
    "10.0.0.0/8/8",
    "10.0.0.0/255.0.0.0",
    "10.0.0.0/1e1",
    "10/8",
    "/8",
    "::/129",
    "::/1000",
    "fe80::%eth0/64",
    "steward.example/8",
    "",
  ])("is not %j", (text) => {
    expect(networkRange(text)).toBeNull();
  });
});

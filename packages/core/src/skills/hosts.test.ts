import { describe, expect, test } from "vitest";
import { hostOf, isPublic } from "./hosts.ts";

describe("the host of a URL", () => {
  test.each([
    ["https://api.example.com", "api.example.com", "api.example.com:443"],
    ["HTTPS://API.Example.com/V1?q=1", "api.example.com", "api.example.com:443"],
    ["https://api.example.com./x", "api.example.com", "api.example.com:443"],
    ["https://api.example.com:8443/x", "api.example.com", "api.example.com:8443"],
    ["https://api.example.com/{{input.path}}/x?q={{input.q}}", "api.example.com", "api.example.com:443"],
    ["https://api.example.com/{{input.a}}@evil.example", "api.example.com", "api.example.com:443"],
    ["https://bücher.example/", "xn--bcher-kva.example", "xn--bcher-kva.example:443"],
    ["https://0x7f.1/", "127.0.0.1", "127.0.0.1:443"],
    ["https://2130706433/", "127.0.0.1", "127.0.0.1:443"],
    ["https://[::1]:8443/", "[::1]", "[::1]:8443"],
  ])("%s is %s", (url, host, address) => {
    expect(hostOf(url)).toEqual({ host, address });
  });

  test.each([
    "http://api.example.com",
    "ftp://api.example.com",
    "javascript:alert(1)",
    "//api.example.com",
    "api.example.com",
    "https://",
    "https:///x",
    "https://?q",
    "https:api.example.com",
    "https:\\\\api.example.com",
    " https://api.example.com",
    "https://user:password@api.example.com",
    "https://user@api.example.com",
    "https://@api.example.com",
    "https://{{input.host}}/",
    "https://{{input.host}}.example.com/",
    "https://api.example.com{{input.rest}}",
    "https://api.example.com:{{input.port}}/",
    "https://evil.example\\@api.example.com/",
    "https://api.example.com#x",
    "https://api.example.com/x#y",
    "https://api.exam\tple.com/",
    "https://api.exam\nple.com/",
    "https://a b.example.com/",
    "https://./",
    "https://1.2.3.4.5/",
    "https://api.example.com:99999/",
  ])("there is none in %j", (url) => {
    expect(hostOf(url)).toBeNull();
  });

  test.each([
    ["api.example.com", true],
    ["xn--bcher-kva.example.com", true],
    ["example.xn--p1ai", true],
    ["localhost", false],
    ["intranet", false],
    ["a.localhost", false],
    ["printer.local", false],
    ["vault.service.internal", false],
    ["10.in-addr.arpa", false],
    ["127.0.0.1", false],
    ["8.8.8.8", false],
    ["169.254.169.254", false],
    ["[::1]", false],
    ["[::ffff:7f00:1]", false],
    ["[2001:db8::1]", false],
  ])("whether %s may be public: %s", (host, expected) => {
    expect(isPublic(host)).toBe(expected);
  });
});

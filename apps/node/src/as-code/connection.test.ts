import { expect, test } from "vitest";
import { readConnection } from "./connection.ts";

const token = "stw_0123456789";
const variables = { STEWARD_URL: "https://steward.example/", STEWARD_TOKEN: `${token}\n` };

test("the address comes from the argument or the environment, the token from the environment alone", () => {
  expect(readConnection({}, variables)).toEqual({ url: "https://steward.example", token, timeout: 60 });
  expect(readConnection({ url: "http://localhost:1/at/", timeout: "0.5" }, variables)).toEqual({
    url: "http://localhost:1/at",
    token,
    timeout: 0.5,
  });
});

test.each([
  [{}, { ...variables, STEWARD_URL: undefined }, "Say which server"],
  [{}, { ...variables, STEWARD_URL: "steward.example" }, "STEWARD_URL must be a web address"],
  [{ url: "file:///etc" }, variables, "--url must be a web address"],
  [{ url: "https://ada:hidden@steward.example" }, variables, "--url must be a web address"],
  [{ url: "https://steward.example?hidden" }, variables, "--url must be a web address"],
  [{}, { ...variables, STEWARD_TOKEN: "" }, "STEWARD_TOKEN"],
  [{}, { ...variables, STEWARD_TOKEN: "hidden\nx: y" }, "STEWARD_TOKEN holds"],
  [{}, { ...variables, STEWARD_TOKEN: "hiddenü" }, "STEWARD_TOKEN holds"],
  [{ timeout: "soon" }, variables, "--timeout"],
  [{ timeout: "0" }, variables, "--timeout"],
])("%j with %j is refused, and shows no secret", (given, environment, message) => {
  const read = () => readConnection(given, environment);
  expect(read).toThrow(message);
  expect(read).not.toThrow("hidden");
});

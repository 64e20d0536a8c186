import { expect, test } from "vitest";
import { isSlug, slugOf, sortNameOf } from "./slug.ts";

test.each([
  ["Sales assistant", "sales-assistant"],
  ["  Été & Hiver!  ", "ete-hiver"],
  ["Ångström №1", "angstrom-no1"],
  ["销售", "assistant"],
  ["---", "assistant"],
  ["Letter draft", "letter-drafts"],
  ["draft", "drafts"],
  ["x".repeat(200), "x".repeat(55)],
])("a slug of %s is %s", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
  expect(isSlug(slugOf(name))).toBe(true);
});

test.each(["", "-a", "A", "a_b", "a b", "a-draft", "x".repeat(64), "é"])("%s is no slug", (text) => {
  expect(isSlug(text)).toBe(false);
});

test("names sort without regard to case and accents", () => {
  const sorted = ["zoo", "Émile", "alpha", "Beta"].sort((one, other) => (sortNameOf(one) < sortNameOf(other) ? -1 : 1));
  expect(sorted).toEqual(["alpha", "Beta", "Émile", "zoo"]);
});

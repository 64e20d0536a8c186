import { expect, test } from "vitest";
import { type Colour, contrast, themesOf } from "./colours.ts";
import { defaultIcon, defaultIconWithoutFonts } from "./default-icon.ts";
import { initialsOf } from "./initials.ts";

const outlines = (...letters: string[]) => ({ kind: "outlines", letters });

test.each([
  ["Sales", outlines("S")],
  ["sales desk of Ada", outlines("S", "A")],
  ["  7 Wonders ", outlines("7", "W")],
  ["Ärger-Éclair", outlines("A", "E")],
  ["ﬁne", outlines("F")],
  ["Straße", outlines("S")],
  ["Ελλάδα Αθήνα", { kind: "text", letters: "ΕΑ" }],
  ["客服 助手", { kind: "text", letters: "客" }],
  ["مساعد", { kind: "text", letters: "م" }],
  ["한국어 도우미", { kind: "text", letters: "한" }],
  ["Øst", { kind: "text", letters: "Ø" }],
  ["🤖🚀", { kind: "none" }],
  ["—", { kind: "none" }],
  ["constructor", outlines("C")],
] as const)("%s begins with %o", (name, expected) => {
  expect(initialsOf(name)).toEqual(expected);
});

const colour = (hex: string): Colour => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return [red, green, blue];
};

test("letters can be read on every ground, and the ground stands out from the page, in both themes", () => {
  expect(contrast([255, 255, 255], [0, 0, 0])).toBeCloseTo(21);
  for (let hue = 0; hue < 360; hue++) {
    const { light, dark } = themesOf(hue);
    for (const { ground, letters } of [light, dark]) {
      expect(contrast(colour(ground), colour(letters)), `hue ${hue}`).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(colour(light.ground), [255, 255, 255])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour(dark.ground), [16, 18, 24])).toBeGreaterThanOrEqual(4.5);
  }
});

test("the same name always has the same icon, and another one another", () => {
  expect(defaultIcon("Sales")).toBe(defaultIcon("Sales"));
  expect(defaultIcon("Sales")).toMatchInlineSnapshot(
    `"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><title>Sales</title><style>.g{fill:#bf33cc}.l{fill:#ffffff}@media (prefers-color-scheme:dark){.g{fill:#d552e0}.l{fill:#101218}}</style><rect class="g" width="64" height="64" rx="14" fill="#bf33cc"/><g class="l" fill="#ffffff"><path transform="translate(15.74 50) scale(0.1935)" d="M85 3L85 3Q63 3 46-4Q30-11 20-25Q11-38 11-58L11-58L48-58Q49-48 53-42Q58-36 66-33Q75-30 85-30L85-30Q95-30 103-32Q110-35 114-41Q119-46 119-53L119-53Q119-60 115-64Q111-68 104-71Q97-75 87-77L87-77L66-82Q42-88 29-100Q16-112 16-133L16-133Q16-150 25-162Q34-175 50-182Q65-189 86-189L86-189Q106-189 122-182Q137-175 146-162Q154-150 155-133L155-133L118-133Q117-144 108-151Q100-157 85-157L85-157Q76-157 69-154Q62-151 58-146Q55-141 55-135L55-135Q55-128 59-124Q63-119 70-116Q77-114 85-112L85-112L101-108Q113-105 123-100Q133-96 141-89Q149-83 153-74Q157-65 157-53L157-53Q157-36 149-24Q140-11 124-4Q108 3 85 3Z"/></g></svg>"`,
  );
  const names = Array.from({ length: 200 }, (_, index) => String.fromCodePoint(0x1f300 + index));
  expect(new Set(names.map((name) => defaultIcon(name).replace(/<title>.*<\/title>/, ""))).size).toBeGreaterThan(195);
});

test("what the name says is text, and never markup", () => {
  const icon = defaultIcon('</title><script>alert("1")</script>&\u0000\ud800');
  expect(icon).toContain('<title>&lt;/title&gt;&lt;script&gt;alert("1")&lt;/script&gt;&amp;</title>');
  expect(icon).not.toContain("<script");
});

test("whoever has no fonts gets outlines or a mark, never letters to be written", () => {
  expect(defaultIcon("客服")).toContain("<text");
  for (const name of ["客服", "🤖", "", "Sales"]) expect(defaultIconWithoutFonts(name)).not.toContain("<text");
  expect(defaultIconWithoutFonts("Sales")).toBe(defaultIcon("Sales"));
});

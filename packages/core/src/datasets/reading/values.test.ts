import { describe, expect, test } from "vitest";
import { booleanOf } from "./booleans.ts";
import { dateOf, givenDateOf, patternOf } from "./dates.ts";
import { decimalsOf, givenNumberOf, isShortest, numberOf, printsShortest } from "./numbers.ts";

describe("a number", () => {
  test.each([
    ["0", 0],
    ["5", 5],
    ["-5", -5],
    ["642.00", 642],
    ["0.1", 0.1],
    [".5", 0.5],
    ["-.5", -0.5],
    ["-0", 0],
    ["-0.0", 0],
    ["0.0001", 0.0001],
    ["1e5", 100_000],
    ["1E+5", 100_000],
    ["-2.5e-3", -0.0025],
    ["0e9", 0],
    ["0.00000000000000000000000000012", 1.2e-28],
    ["123456789012345", 123456789012345],
    ["0.123456789012345", 0.123456789012345],
    ["0.30000000000000004", 0.30000000000000004],
    ["-37.774929999999998", Number.NaN],
    ["-37.77492999999999", -37.77492999999999],
    ["1234567.1234567892", 1234567.1234567892],
  ])("is what %s means", (text, value) => {
    expect(numberOf(text)).toBe(value);
  });

  test.each(
    [
      ["", "-", ".", "-.", "e5", ".e5", "5e", "5e+", "5.e1", "1e5.5", "1e5e5", "--5", "1.2.3"],
      ["007", "00", "-01", "01.5", "00.5"],
      ["+5", "+49301234567"],
      [" 5", "5 ", "5\n", "\t5"],
      ["5.", "-5."],
      ["1,000", "1_000", "1'000", "1 000"],
      ["Infinity", "-Infinity", "NaN", "0x10", "0b1", "1n", "٣", "five"],
      ["1234567890123456", "0.12345678901234567890", "1.000000000000000", "100000000000000000"],
      ["1e400", "-1e400", "1e-400"],
    ].flat(),
  )("is none for %j", (text) => {
    expect(numberOf(text)).toBeNaN();
  });

  test("is for a field that was said to be one, a fraction of any length, but no key that is too long", () => {
    expect(givenNumberOf("0.30000000000000004")).toBe(0.30000000000000004);
    expect(givenNumberOf("-37.774929999999998")).toBe(-37.774929999999998);
    expect(givenNumberOf("642.00")).toBe(642);
    for (const text of ["1234567890123456", "12345678901234567.5", "007", "01.00000000000000001", "+5", "", "1e400"]) {
      expect(givenNumberOf(text)).toBeNaN();
    }
  });

  test.each([
    ["5", 0, true],
    ["-5", 0, true],
    ["1000", 0, true],
    ["0.5", 1, true],
    ["642.00", 2, false],
    ["0.00", 2, false],
    ["0.0001", 4, true],
    ["0.00001", 5, false],
    ["-0.00001", 5, false],
    ["-0", -1, false],
    ["-0.00", -1, false],
    [".5", -1, false],
    ["-.5", -1, false],
    ["1e5", -1, false],
    ["1.5e-5", -1, false],
    ["0.30000000000000004", -1, false],
    ["1234567.1234567892", -1, false],
    ["0.000123456789012345", 18, true],
  ])("%s has %d decimals; that it is the shortest: %s", (text, decimals, shortest) => {
    const value = numberOf(text);
    expect(decimalsOf(text, value)).toBe(decimals);
    expect(isShortest(text, value, decimals)).toBe(shortest);
  });

  test.each([
    [5, true],
    [0.1, true],
    [-999_999_999_999_999, true],
    [1e15, false],
    [0.0001, true],
    [0.00001, false],
    [0.1 + 0.2, false],
    [1 / 3, false],
    [0.123456789012345, true],
    [12345678.1234567, true],
    [123456789.1234567, false],
  ])("of JSON, %d: 15 digits print the same: %s", (value, same) => {
    expect(printsShortest(value)).toBe(same);
  });
});

describe("a date", () => {
  test.each([
    ["2024-02-29", "2024-02-29T00:00:00.000Z", "%Y-%m-%d"],
    ["0001-01-01", "0001-01-01T00:00:00.000Z", "%Y-%m-%d"],
    ["9999-12-31", "9999-12-31T00:00:00.000Z", "%Y-%m-%d"],
    ["1900-03-01", "1900-03-01T00:00:00.000Z", "%Y-%m-%d"],
    ["2024-05-01T10:20", "2024-05-01T10:20:00.000Z", "%Y-%m-%dT%H:%M"],
    ["2024-05-01 10:20Z", "2024-05-01T10:20:00.000Z", "%Y-%m-%d %H:%MZ"],
    ["2024-05-01 10:20:30", "2024-05-01T10:20:30.000Z", "%Y-%m-%d %H:%M:%S"],
    ["2024-05-01T10:20:30Z", "2024-05-01T10:20:30.000Z", "%Y-%m-%dT%H:%M:%SZ"],
    ["2024-05-01T10:20:30.456Z", "2024-05-01T10:20:30.456Z", "%Y-%m-%dT%H:%M:%fZ"],
    ["2024-05-01 23:59:59.999", "2024-05-01T23:59:59.999Z", "%Y-%m-%d %H:%M:%f"],
    ["2024-05-01T10:20:30.4Z", "2024-05-01T10:20:30.400Z", null],
    ["2024-05-01T10:20:30.45", "2024-05-01T10:20:30.450Z", null],
    ["2024-05-01T10:20+02:00", "2024-05-01T08:20:00.000Z", null],
    ["2024-05-01T23:20:30-05:30", "2024-05-02T04:50:30.000Z", null],
    ["2024-05-01 10:20:30.456+00:00", "2024-05-01T10:20:30.456Z", null],
    ["2024-05-01T10:20:30.1-01:00", "2024-05-01T11:20:30.100Z", null],
  ])("is what %s means", (text, moment, pattern) => {
    expect(new Date(dateOf(text)).toISOString()).toBe(moment);
    expect(patternOf(text)).toBe(pattern);
  });

  test.each(
    [
      ["2023-02-29", "1900-02-29", "2024-00-10", "2024-13-01", "2024-04-31", "2024-01-00", "0000-01-01"],
      ["2024-1-1", "24-01-01", "20240101", "2024/01/01", "01.02.2024", "2024-01", "2024", "+2024-01-01", "12024-01-01"],
      [
        "2024-05-01T",
        "2024-05-01T10",
        "2024-05-01T10:2",
        "2024-05-01T24:00",
        "2024-05-01T10:60",
        "2024-05-01T10:20:60",
      ],
      [
        "2024-05-01t10:20",
        "2024-05-01T10:20z",
        "2024-05-01  10:20",
        "2024-05-01T10:20:30.",
        "2024-05-01T10:20:30.1234",
      ],
      ["2024-05-01T10:20+2:00", "2024-05-01T10:20+0200", "2024-05-01T10:20+24:00", "2024-05-01T10:20+02:60"],
      [
        "2024-05-01T10:20ZZ",
        "2024-05-01T10:20 Z",
        "2024-05-01Z",
        " 2024-05-01",
        "2024-05-01 ",
        "2024-05-01T10:20:30,5",
      ],
      ["0001-01-01T00:00+01:00", "9999-12-31T23:59-01:00"],
      ["", "today"],
    ].flat(),
  )("is none for %j", (text) => {
    expect(dateOf(text)).toBeNaN();
  });

  test("has the milliseconds that JavaScript gives it, on every day of 800 years", () => {
    const day = 86_400_000;
    for (let at = Date.UTC(1600, 0, 1); at < Date.UTC(2400, 0, 1); at += day) {
      const text = new Date(at).toISOString().slice(0, 10);
      if (dateOf(text) !== at) expect(dateOf(text), text).toBe(at);
    }
    expect(dateOf("2400-01-01")).toBe(Date.UTC(2400, 0, 1));
  });

  test("of a field that was said to be one may be finer than a millisecond", () => {
    expect(new Date(givenDateOf("2024-05-01 10:20:30.456789")).toISOString()).toBe("2024-05-01T10:20:30.456Z");
    expect(new Date(givenDateOf("2024-05-01T10:20:30.9999999+01:00")).toISOString()).toBe("2024-05-01T09:20:30.999Z");
    expect(givenDateOf("2024-05-01T10:20:30.1234567891")).toBeNaN();
  });
});

test.each([
  ["true", 1],
  ["TRUE", 1],
  ["True", 1],
  ["false", 0],
  ["FALSE", 0],
  ["False", 0],
])("%s is a boolean", (text, value) => {
  expect(booleanOf(text)?.value).toBe(value);
});

test.each(["tRUE", "t", "yes", "1", "0", "true ", "", "constructor"])("%j is no boolean", (text) => {
  expect(booleanOf(text)).toBeUndefined();
});

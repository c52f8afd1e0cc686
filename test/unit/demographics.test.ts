import { describe, expect, test } from "vitest";
import { normalizedBirthDate, normalizedGender } from "../../app/normalize/demographics.ts";
import { hashedIdentity, isMatchable } from "../../app/normalize/identity.ts";

const TODAY = new Date("2026-11-23T12:00:00Z");

describe("gender and birthday by their documented rules", () => {
  test.each([
    ["F", "f"],
    ["male", "m"],
    ["Woman", "f"],
    ["X", null],
    ["divers", null],
    ["", null],
  ])("gender %j gives %j", (text, letter) => {
    expect(normalizedGender(text)).toBe(letter);
  });

  test.each([
    ["1997-02-16", "19970216"],
    ["1997-02-16T00:00:00Z", "19970216"],
    ["19970216", "19970216"],
    ["16.02.1997", "19970216"],
    ["2/16/1997", "19970216"],
    ["3/4/1997", "19970304"],
    ["1997/2/6", "19970206"],
    ["1899-12-31", null],
    ["1900-01-01", "19000101"],
    ["2026-11-23", "20261123"],
    ["2026-11-24", null],
    ["1997-02-30", null],
    ["1996-02-29", "19960229"],
    ["13/13/1997", null],
    ["2/16/97", null],
    ["199702", null],
    ["", null],
    ["yesterday", null],
  ])("birthday %j gives %j", (text, day) => {
    expect(normalizedBirthDate(text, TODAY)).toBe(day);
  });

  test("a birth date without an entry time is not sent", () => {
    const person = { emails: [], phones: [], firstName: null, lastName: null, city: null, province: null, zip: null };
    const known = { ...person, country: null, customerId: null, birthDate: "1997-02-16" };
    expect(hashedIdentity(known)).toEqual({});
    expect(Object.keys(hashedIdentity({ ...known, enteredAt: TODAY }))).toEqual(["db"]);
  });

  test.each([
    [{ db: ["a"], client_user_agent: "x" }, false],
    [{ fn: ["a"], ge: ["b"] }, false],
    [{ ln: ["a"], ge: ["b"] }, false],
    [{ ct: ["a"], ge: ["b"] }, false],
    [{ db: ["a"], fn: ["b"] }, true],
  ])("%j is enough for Meta: %j", (userData, enough) => {
    expect(isMatchable(userData)).toBe(enough);
  });
});

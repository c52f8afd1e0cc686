import { describe, expect, test } from "vitest";
import { HookMapping } from "../../app/leads/hooks/mapping-schema.ts";
import { guessedChoice, mappingOfChoice } from "../../app/routes/app.leads.setup/column-choice.ts";

const EMPTY = guessedChoice([]);

describe("the columns of a file", () => {
  test("are recognized by their names, in the app's languages", () => {
    const guessed = guessedChoice(["E-Mail", "Phase", "Datum", "Betrag", "Notiz", "external_id"]);
    expect(guessed).toEqual({
      ...EMPTY,
      external_id: "external_id",
      email: "E-Mail",
      stage: "Phase",
      at: "Datum",
      value: "Betrag",
    });
  });

  test("make a mapping that the server takes, whatever signs their names have", () => {
    const choice = { ...EMPTY, email: "a/b~c", stage: "Stage", at: "Time", offset: "+01:00", words: "A = b = won\n\n" };
    const mapping = mappingOfChoice(choice);
    expect(mapping).toMatchObject({
      lead: [{ by: "email", path: "/a~1b~0c" }],
      stage: { path: "/Stage", words: { "A = b": "won" } },
      at: { path: "/Time", offset: "+01:00" },
    });
    expect(HookMapping.safeParse(mapping).success).toBe(true);
  });

  test.each([
    [{ stage: "Stage" }, "no-lead"],
    [{ email: "Mail" }, "no-stage"],
    [{ email: "Mail", stage: "Stage", offset: "CET" }, "bad-offset"],
    [{ email: "Mail", stage: "Stage", words: "won" }, "bad-words"],
    [{ email: "Mail", stage: "Stage", words: "= won" }, "bad-words"],
  ])("%j is %s", (given, problem) => {
    expect(mappingOfChoice({ ...EMPTY, ...given })).toBe(problem);
  });
});

import { describe, expect, test } from "vitest";
import { CSV_MAPPING } from "../../app/leads/csv-mapping.ts";
import { mapBody } from "../../app/leads/hooks/map-body.ts";
import { crmMapping } from "../../app/pipeline/crm-mapping.ts";
import { readRow } from "../../app/pipeline/import-stages.server.ts";
import { saidByItem } from "../../app/pipeline/reports-from-request.ts";
import { wordsFor } from "../../app/wording/every-language.ts";
import { problemsIn } from "../../app/wording/field-problem-words.ts";
import type { Words } from "../../app/wording/words.ts";

const GERMAN = wordsFor({ language: "de", locale: "de" });
const CZECH = wordsFor({ language: "cs", locale: "cs" });
const NOW = new Date("2026-11-30T10:00:00Z");
const GOOD = { external_id: "deal-7", stage: "won", at: "2026-11-30T09:00:00Z" };

/** What a reader sees of a row with these cells. */
function row(cells: Readonly<Record<string, string>>, words: Words): string {
  const record = { ...GOOD, ...cells };
  const read = readRow({ line: 2, cells: Object.values(record), record }, CSV_MAPPING, NOW);
  return "report" in read ? "" : problemsIn(words, read.problems ?? []);
}

describe("a cell that cannot be read says so in the reader's language", () => {
  test.each([
    [
      { value: "forty", currency: "EUR" },
      /^Ein Wert ist eine Zahl von 0 bis 1\.000\.000\.000/,
      /^Hodnota je číslo od 0/,
    ],
    [{ value: "99999999999", currency: "EUR" }, /^Ein Wert ist eine Zahl/, /^Hodnota je číslo/],
    [{ value: "40" }, /^Ein Wert und seine Währung gehören zusammen/, /^Hodnota a její měna/],
    [{ value: "40", currency: "euro" }, /^Eine Währung hat drei Buchstaben/, /^Měna má tři písmena/],
    [{ consent: "maybe" }, /^Die Einwilligung wird als granted/, /^Souhlas se píše/],
    [{ stage: "x".repeat(51) }, /^Eine Stufe wird mit 1 bis 50/, /^Fáze se uvádí 1 až 50/],
    [{ stage: "" }, /^stage: Es gibt keine Stufe/, /^stage: chybí fáze/],
    [{ at: "yesterday" }, /^at: Es gibt keine Zeit/, /^at: chybí čas/],
    [{ at: "2026-13-45T99:00:00Z" }, /^Eine Zeit wird wie/, /^Čas se píše/],
    [{ external_id: "" }, /^event_id, external_id, lead_id, email, phone: Nichts nennt/, /nic neurčuje lead/],
    [{ external_id: "x".repeat(201) }, /^Ihre Referenz hat 1 bis 200/, /^Vaše reference má 1 až 200/],
    [{ event_id: "x".repeat(129) }, /^Die ID eines Events hat 1 bis 128/, /^ID události má 1 až 128/],
    [{ external_id: "", lead_id: "12" }, /^Metas ID eines Leads hat 15 bis 17 Ziffern/, /^ID leadu u Mety/],
    [{ external_id: "", email: "nobody" }, /^Das ist keine E-Mail-Adresse/, /^Tohle není e-mailová adresa/],
    [{ external_id: "", phone: "no" }, /^Das ist keine Telefonnummer/, /^Tohle není telefonní číslo/],
    [
      { consent: "maybe", stage: "x".repeat(51) },
      /Eine Stufe wird .* Die Einwilligung wird|Die Einwilligung wird .* Eine Stufe wird/,
      /Fáze .* Souhlas|Souhlas .* Fáze/,
    ],
  ])("%j", (cells, german, czech) => {
    expect(row(cells, GERMAN)).toMatch(german);
    expect(row(cells, CZECH)).toMatch(czech);
  });

  test("a row in order has no problem", () => {
    expect(row({}, GERMAN)).toBe("");
  });
});

test("the API's own answer stays with its pointers, in English", () => {
  const read = saidByItem({ lead: { externalId: "deal-7" }, stage: "won", at: 0, consent: "maybe" });
  expect(read).toMatchObject({ ok: false, problem: expect.stringMatching(/^\/consent: Invalid option/) as string });
});

describe("a mapping that is wrong says where, in the reader's language", () => {
  const lead = [{ by: "email", path: "/email" }];
  const good = { lead, stage: { path: "/stage" } };
  test.each([
    ["{", /^Die Zuordnung ist kein JSON/],
    ["[]", /^\/ fehlt oder ist nicht ein Objekt/],
    [{ ...good, lead: [] }, /^\/lead ist zu lang oder hat zu wenige/],
    [{ lead }, /^\/stage fehlt oder ist nicht ein Objekt/],
    [{ ...good, stage: { path: 5 } }, /^\/stage\/path fehlt oder ist nicht Text/],
    [{ ...good, stage: { path: "stage" } }, /^\/stage\/path: Ein Pfad ist ein JSON-Pointer/],
    [{ ...good, at: { path: "/at", offset: "CET" } }, /^\/at\/offset: Ein Versatz/],
    [{ ...good, amount: "/x" }, /^\/: Eine Zuordnung hat dort kein amount/],
    [{ ...good, lead: [{ by: "name", path: "/x" }] }, /^\/lead\/0\/by hat einen Wert/],
    [{ ...good, currency: { always: "euro" } }, /\/currency/],
    [good, /^Fügen Sie ein, was Ihr CRM sendet/],
  ])("%j", (mapping, german) => {
    const text = typeof mapping === "string" ? mapping : JSON.stringify(mapping);
    const read = crmMapping("generic", { mapping: text });
    const problems = read.ok ? [] : read.problems.map(({ message }) => message);
    expect(problemsIn(GERMAN, problems)).toMatch(german);
    expect(problemsIn(CZECH, problems)).not.toBe(problemsIn(GERMAN, problems));
  });

  test.each([
    ["{", /^Die Zuordnung liest im Beispiel keine Meldung\. Die Daten sind kein JSON/],
    ["5", /keine Meldung\. Die Daten sind weder ein Objekt noch eine Liste/],
    [
      '[{"email":"nobody"},{"stage":"won"}]',
      /Eintrag 1 ist nicht lesbar\. \/stage: .*Eintrag 2 ist nicht lesbar\. \/email: Nichts/,
    ],
    ['{"stage":"won","email":"nobody"}', /Eintrag 1 ist nicht lesbar\. Das ist keine E-Mail-Adresse/],
  ])("the example %s says why nothing is read in it", (example, german) => {
    const read = crmMapping("generic", { mapping: JSON.stringify(good), example });
    const problems = read.ok ? [] : read.problems.map(({ message }) => message);
    expect(problemsIn(GERMAN, problems)).toMatch(german);
  });

  test("too many items are counted in the reader's language", () => {
    const mapped = mapBody(
      Array.from({ length: 501 }, () => ({})),
      CSV_MAPPING,
    );
    expect(mapped.ok ? "" : problemsIn(GERMAN, [mapped.problem])).toBe("Es sind mehr als 500 Einträge.");
  });
});

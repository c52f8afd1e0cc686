import { describe, expect, test } from "vitest";
import { NAMED_KINDS, readSubject, storedSubject, type Subject, WHOLE_KINDS } from "../../app/access/subjects.ts";
import { permissionsOf } from "../../app/access/roles.ts";
import type { AccessRecord, Change, SubjectFacts } from "../../app/access/types.ts";
import { EVENT_NAMES } from "../../app/event-contract/event-name.ts";
import { orderId } from "../../app/event-contract/event-id.ts";
import { AccessPage } from "../../app/routes/app.access/access-page.tsx";
import { subjectUrl } from "../../app/routes/app.access/subject-url.ts";
import { subjectIn } from "../../app/wording/access-words.ts";
import { ENGLISH } from "../../app/wording/english.ts";
import { wordsFor } from "../../app/wording/every-language.ts";
import { LANGUAGES } from "../../app/wording/languages.ts";
import { htmlOf, textOf } from "./dashboard/html-of.tsx";

const AT = new Date("2026-11-20T12:00:00.000Z");
const ORDER_ID = orderId("7123") ?? expect.unreachable("an order ID");
const ORDER = { kind: "order", orderId: ORDER_ID, orderName: "#1001" } as const;
const NONE: SubjectFacts = {};

const EVERY: readonly Subject[] = [
  ...NAMED_KINDS.map((kind) => ({ kind, name: "7123" })),
  ...WHOLE_KINDS.map((kind) => ({ kind })),
  ...EVENT_NAMES.map((eventName) => ({ kind: "event", eventName, eventId: "purchase.shop.1" }) as const),
];

describe.each(EVERY.map((subject) => [storedSubject(subject), subject] as const))("%s", (stored, subject) => {
  test("is read as what was written", () => {
    expect(readSubject(stored)).toEqual(subject);
  });

  test.each(LANGUAGES)("is said in %s, with its name", (language) => {
    const words = wordsFor({ language, locale: language });
    const said = subjectIn(words, stored, NONE);
    if ("name" in subject) expect(said).toContain(subject.name);
    if ("eventId" in subject) expect(said).toContain(subject.eventId);
    expect(said).not.toMatch(/access\.subject|[{}]/);
    if (language !== "en") expect(said).not.toMatch(/\b(?:of|the|a|order|staff|settings|consent|log|request|from)\b/);
  });
});

test("is stored as earlier versions stored it", () => {
  expect(EVERY.slice(0, NAMED_KINDS.length + WHOLE_KINDS.length + 1).map(storedSubject)).toEqual([
    ...["staff 7123", "settings, version 7123", "pixel 7123", "API key 7123", "CRM address 7123", "lead 7123"],
    ...["order 7123", "consent of order 7123", "data request 7123", "payload 7123", "leads from a file"],
    ...["pixel unknown", "order of the shop", "a pasted order", "events", "tests", "changes", "access log", "consent"],
    "PageView purchase.shop.1",
  ]);
});

test.each([
  "",
  "order ",
  "Purchase",
  "Bought purchase.shop.1",
  "Purchase a b",
  "constructor",
  "__proto__",
  "customer 4",
])("what no version of this kind wrote, “%s”, is shown as it is stored and leads nowhere", (stored) => {
  expect(readSubject(stored)).toBeNull();
  for (const language of LANGUAGES) {
    expect(subjectIn(wordsFor({ language, locale: language }), stored, NONE)).toBe(stored);
  }
  expect(subjectUrl(stored, NONE)).toBeNull();
});

test.each([
  ["order 7123", ORDER, "order #1001", "/app/orders/7123"],
  ["order #1001", ORDER, "order #1001", "/app/orders/7123"],
  ["order 7123", { ...ORDER, orderName: null }, "order 7123", "/app/orders/7123"],
  ["order 7123", undefined, "order 7123", null],
  ["consent of order 7123", ORDER, "consent receipts of order #1001", null],
  ["Purchase p.1", ORDER, "Purchase of order #1001", "/app/events/Purchase/p.1"],
  ["LeadStage s.1", { kind: "here" }, /^(?!LeadStage).+, event ID s\.1$/, "/app/events/LeadStage/s.1"],
  ["PageView v:1", { kind: "here" }, "PageView, event ID v:1", "/app/events/PageView/v%3A1"],
  ["PageView v:1", undefined, "PageView, event ID v:1", null],
  ["lead l.1", { kind: "named", name: "C-77" }, "lead C-77", "/app/leads/l.1"],
  ["lead l.1", { kind: "here" }, "lead l.1", "/app/leads/l.1"],
  ["lead l.1", undefined, "lead l.1", null],
  ["API key 4f", { kind: "named", name: "HubSpot" }, "API key HubSpot", null],
  ["settings, version 3", undefined, "settings, version 3", "/app/settings/versions/3"],
] as const)("%s, of which the shop has %j, is called %s and leads to %s", (stored, fact, said, url) => {
  const facts: SubjectFacts = fact === undefined ? {} : { [stored]: fact };
  expect(subjectIn(ENGLISH, stored, facts)).toEqual(typeof said === "string" ? said : expect.stringMatching(said));
  expect(subjectUrl(stored, facts)).toBe(url);
});

describe("a line of the Access page", () => {
  const page = (changes: readonly Change[], seen: readonly AccessRecord[], facts: SubjectFacts) => (
    <AccessPage
      userId="1"
      role="owner"
      permissions={permissionsOf("owner")}
      staff={[]}
      changes={changes}
      seen={seen}
      facts={facts}
      busy={null}
      onSubmit={() => undefined}
    />
  );
  const look = (kind: AccessRecord["kind"], subject: string | null): AccessRecord => ({
    at: AT,
    by: "operator",
    kind,
    subject,
  });
  const again: Change = {
    ...{ at: AT, by: "shopify-user 1", subject: "Purchase p.1", action: "sent-again" },
    before: null,
    after: null,
  };

  test("links what it was about, in the middle of its sentence", () => {
    const shown = page([again], [], { "Purchase p.1": ORDER });
    expect(textOf(shown)).toMatch(/Staff member 1, Purchase of order #1001 ?: sent again/);
    expect(htmlOf(shown)).toContain('<s-link href="/app/events/Purchase/p.1">Purchase of order #1001</s-link>');
  });

  test.each([
    [look("events", null), "The operator, the list of events"],
    [look("events", "order 7123"), "The operator, order #1001"],
    [look("events", "tests"), "The operator, test events"],
    [look("event", "Purchase p.1"), "The operator, Purchase of order #1001"],
    [look("lead", "lead l.1"), "The operator, lead C-77"],
    [look("dry-run", "order 7123"), "The operator, a dry run: order #1001"],
    [look("export", "access log"), "The operator, an export: who saw what"],
    [look("event", "of an earlier version"), "The operator, an event: of an earlier version"],
  ])("says who looked at what: %j", (record, line) => {
    const facts = { "order 7123": ORDER, "Purchase p.1": ORDER, "lead l.1": { kind: "named", name: "C-77" } } as const;
    expect(textOf(page([], [record], facts))).toContain(`: ${line}`);
  });
});

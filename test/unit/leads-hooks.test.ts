import { describe, expect, test } from "vitest";
import { ENGLISH } from "../../app/wording/english.ts";
import { problemIn } from "../../app/wording/field-problem-words.ts";
import { mapBody } from "../../app/leads/hooks/map-body.ts";
import { HookMapping } from "../../app/leads/hooks/mapping-schema.ts";
import { PRESETS } from "../../app/leads/hooks/presets.ts";
import { readHookBody } from "../../app/leads/hooks/read-body.ts";
import type { HookPreset } from "../../app/leads/hooks/types.ts";
import { tryMapping } from "../../app/pipeline/try-mapping.ts";
import {
  GENERIC,
  GOHIGHLEVEL,
  HUBSPOT,
  PIPEDRIVE,
  SALESFORCE_FLOW,
  SALESFORCE_MESSAGE,
} from "../fixtures/crm-bodies.ts";

function mapped(preset: HookPreset, body: string) {
  const { format, mapping } = PRESETS[preset];
  const read = readHookBody(body, format);
  if (!read.ok) return problemIn(ENGLISH, { message: read.problem });
  const items = mapBody(read.value, mapping);
  return items.ok ? items.value : problemIn(ENGLISH, { message: items.problem });
}

describe("what each CRM sends, by its preset", () => {
  test.each<[HookPreset, string, object[]]>([
    [
      "hubspot",
      JSON.stringify(HUBSPOT),
      [
        {
          kind: "stated",
          id: '["25","3816279340","1246965","1796030100000"]',
          item: { lead: { externalId: "1246965" }, stage: "qualified", at: 1796030100 },
        },
        { kind: "ignored" },
        {
          kind: "stated",
          id: '["26","3816279341","1246965","1796030100000"]',
          item: { lead: { externalId: "1246965" }, stage: "won", at: 1796030100 },
        },
      ],
    ],
    [
      "pipedrive",
      JSON.stringify(PIPEDRIVE),
      [
        {
          kind: "stated",
          id: '["0d7f3f1c-0000-4000-8000-000000000000"]',
          item: {
            lead: { externalId: "4711" },
            stage: "2",
            at: "2026-11-30T09:15:00.123Z",
            value: 900,
            currency: "EUR",
          },
        },
      ],
    ],
    [
      "salesforce-flow",
      JSON.stringify(SALESFORCE_FLOW),
      [
        {
          kind: "stated",
          id: '["00Q5g00000ABCDEAA4-3"]',
          item: {
            lead: { email: "ada@example.com" },
            stage: "qualified",
            at: "2026-11-30T09:15:00.000+00:00",
            value: 40.5,
            currency: "EUR",
          },
        },
      ],
    ],
    [
      "salesforce-message",
      SALESFORCE_MESSAGE,
      [
        {
          kind: "stated",
          id: '["04l5g00000nrC5BAAU"]',
          item: { lead: { email: "ada@example.com" }, stage: "qualified", at: "2026-11-30T09:15:00.000Z" },
        },
      ],
    ],
    [
      "gohighlevel",
      JSON.stringify(GOHIGHLEVEL),
      [
        {
          kind: "stated",
          id: '["8d7f3f1c-0000-4000-8000-000000000000"]',
          item: { lead: { externalId: "cJAWDskpkJHbRbhAT7bs" }, stage: "qualified" },
        },
      ],
    ],
    [
      "generic",
      JSON.stringify(GENERIC),
      [
        {
          kind: "stated",
          id: '["deal-4711-2"]',
          item: {
            lead: { externalId: "deal-4711" },
            stage: "qualified",
            at: "2026-11-30T10:15:00+01:00",
            value: 900,
            currency: "EUR",
          },
        },
      ],
    ],
  ])("%s", (preset, body, items) => {
    expect(mapped(preset, body)).toEqual(items);
  });

  test("HubSpot's changes of two records are two reports, although HubSpot promises no unique event ID", () => {
    const [change] = HUBSPOT;
    const changes = [change, { ...change, objectId: 1246966 }, { ...change, occurredAt: 1796030200000 }];
    const items = mapBody([...changes, { ...change, attemptNumber: 1 }], PRESETS.hubspot.mapping);
    const ids = items.ok ? items.value.map((item) => item.kind === "stated" && item.id) : [];
    expect(new Set(ids.slice(0, 3)).size).toBe(3);
    expect(ids[3]).toBe(ids[0]);
  });

  test("entities and definitions of an outbound message are not expanded", () => {
    const bomb = SALESFORCE_MESSAGE.replace("<soapenv:Envelope", '<!DOCTYPE x [<!ENTITY a "aaaa">]><soapenv:Envelope');
    expect(mapped("salesforce-message", bomb)).toMatch(/definitions of its own/);
    const named = SALESFORCE_MESSAGE.replace("ada@", "&a;&#97;&amp;@");
    expect(mapped("salesforce-message", named)).toMatchObject([{ item: { lead: { email: "&a;&#97;&@example.com" } } }]);
    expect(mapped("salesforce-message", "<a><b></a>")).toMatch(/well-formed/);
    expect(mapped("salesforce-message", "<a/>")).toMatch(/no outbound message/);
  });

  test("a number that JavaScript would round stays the lead's ID", () => {
    expect(mapped("generic", '{"leadId":12345678901234567,"stage":"won"}')).toMatchObject([
      { kind: "problem", problem: { code: "item.no-time", values: { path: "/at" } } },
    ]);
    expect(mapped("generic", '{"leadId":12345678901234567,"stage":"won","at":1796030100}')).toMatchObject([
      { item: { lead: { leadId: "12345678901234567" } } },
    ]);
  });
});

test("a field of one's own in Pipedrive has the key that Pipedrive gave it, and its value below", () => {
  const [key] = Object.keys(PIPEDRIVE.data.custom_fields);
  const path = `/data/custom_fields/${key ?? ""}/value`;
  const mapping = { ...PRESETS.pipedrive.mapping, lead: [{ by: "externalId" as const, path }] };
  expect(mapBody(PIPEDRIVE, mapping)).toMatchObject({
    ok: true,
    value: [{ item: { lead: { externalId: "deal-4711" } } }],
  });
});

describe("a mapping", () => {
  const words = HookMapping.parse({
    items: "/deals",
    lead: [{ by: "email", path: "/contacts/0/e~1mail" }],
    stage: { path: "/stage", words: { "7": "qualified" } },
    at: { path: "/at", offset: "+01:00" },
    value: "/value",
    currency: { always: "EUR" },
  });
  const deal = { contacts: [{ "e/mail": " ada@example.com " }], stage: 7, at: "2026-11-30 10:15:00", value: 0 };

  test("is tried on an example, and says what each item comes to", () => {
    const deals = [deal, { ...deal, stage: 8 }, { ...deal, at: "yesterday" }, { ...deal, value: "much" }, { stage: 7 }];
    expect(tryMapping(JSON.stringify({ deals }), "generic", words)).toEqual({
      ok: true,
      value: {
        reports: 1,
        items: [
          {
            kind: "report",
            stated: { lead: { email: "ada@example.com" }, stage: "qualified", at: "2026-11-30T10:15:00+01:00" },
          },
          { kind: "ignored" },
          { kind: "problem", problems: [{ code: "item.no-time", values: { path: "/at" } }] },
          { kind: "problem", problems: [{ code: "item.value", values: { most: 1e9 } }] },
          { kind: "problem", problems: [{ code: "item.no-lead", values: { path: "/contacts/0/e~1mail" } }] },
        ],
      },
    });
    expect(tryMapping("{", "generic", words)).toEqual({ ok: false, problem: { code: "body.not-json", values: {} } });
    expect(tryMapping("{}", "generic", words)).toMatchObject({ ok: false });
    const many = { deals: Array.from({ length: 501 }, () => deal) };
    expect(tryMapping(JSON.stringify(many), "generic", words)).toMatchObject({ ok: false });
  });

  test.each(["constructor", "__proto__", "toString"])("the word %s names nothing", (word) => {
    const { value } = { value: mapBody([{ stage: word, contacts: [{}] }], { ...words, items: "" }) };
    expect(value).toEqual({ ok: true, value: [{ kind: "ignored" }] });
  });

  // The last one has many slashes and a wrong end, so that an ambiguous pattern tries its parts for ever.
  test.each([["email"], ["/a~2"], ["/a".repeat(200)], [`${"/a".repeat(90)}~`]])("a path like %s is refused", (path) => {
    expect(HookMapping.safeParse({ lead: [{ by: "email", path }], stage: { path: "/s" } }).success).toBe(false);
  });
});

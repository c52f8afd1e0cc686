import { describe, expect, test } from "vitest";
import { FunnelField } from "../../app/settings/funnel.ts";
import { metafieldNamed } from "../../app/settings/customer-metafield.ts";
import { parseCustomerUpdate } from "../../app/shopify/webhooks/parse-customer-update.ts";
import { bodyMismatch } from "../../app/shopify/webhooks/webhook-body.ts";
import { shopDomain } from "../../app/event-contract/event-id.ts";

const GID = "gid://shopify/Customer/191167";
const FIELD = {
  id: 7,
  namespace: "custom",
  key: "lead_stage",
  value: "qualified",
  updated_at: "2026-11-30T04:15:00-05:00",
};
const UPDATE = {
  id: 191167,
  admin_graphql_api_id: GID,
  updated_at: "2026-11-30T10:00:00Z",
  metafields: [FIELD],
};
const read = (payload: object | string) =>
  parseCustomerUpdate(typeof payload === "string" ? payload : JSON.stringify(payload));
const valuesOf = (payload: object) => {
  const parsed = read(payload);
  return parsed.ok ? parsed.value.metafields.map(({ value, set }) => [value, set?.id ?? null]) : parsed.problem.detail;
};

describe("a customers/update", () => {
  test("says whose metafield has which value since when", () => {
    expect(read(UPDATE)).toEqual({
      ok: true,
      value: {
        customerId: "191167",
        updatedAt: new Date("2026-11-30T10:00:00Z"),
        metafields: [
          {
            namespace: "custom",
            key: "lead_stage",
            value: "qualified",
            set: { id: "7", at: new Date("2026-11-30T09:15:00Z") },
          },
        ],
      },
    });
  });

  test("keeps IDs above 2^53 digit by digit", () => {
    const body = JSON.stringify(UPDATE)
      .replace("191167", "9007199254740993")
      .replace('"id":7', '"id":9007199254740995');
    const parsed = read(body);
    expect(parsed.ok && [parsed.value.customerId, parsed.value.metafields[0]?.set?.id]).toEqual([
      "9007199254740993",
      "9007199254740995",
    ]);
  });

  test.each<[string, object, unknown]>([
    ["without metafields", { metafields: undefined }, []],
    ["with none", { metafields: [] }, []],
    [
      "whose metafield has neither ID nor time",
      { metafields: [{ ...FIELD, id: undefined, updated_at: null }] },
      [["qualified", null]],
    ],
    ["whose value is a number", { metafields: [{ ...FIELD, value: 3 }] }, [["3", "7"]]],
    [
      "with others",
      { metafields: [{ ...FIELD, key: "vip", value: "yes" }, FIELD] },
      [
        ["yes", "7"],
        ["qualified", "7"],
      ],
    ],
  ])("is read %s", (_what, change, values) => {
    expect(valuesOf({ ...UPDATE, ...change })).toEqual(values);
  });

  test.each<[string, object | string, string]>([
    ["no JSON", "{", "not JSON"],
    ["a list", "[]", "the payload"],
    ["nested too deeply", `{"a":${"[".repeat(5000)}${"]".repeat(5000)}}`, "deep"],
    ["without an ID", { ...UPDATE, id: undefined }, "id"],
    ["of no customer", { ...UPDATE, id: "ada@example.com" }, "id"],
    ["with an ID of 21 digits", { ...UPDATE, id: "1".repeat(21) }, "id"],
    ["with a negative ID", { ...UPDATE, id: -1 }, "id"],
    ["with a broken ID", { ...UPDATE, id: 1.5 }, "id"],
    ["without a time", { ...UPDATE, updated_at: undefined }, "updated_at"],
    ["with a time of no zone", { ...UPDATE, updated_at: "2026-11-30T10:00:00" }, "updated_at"],
    ["with metafields that are no list", { ...UPDATE, metafields: { custom: FIELD } }, "metafields"],
    ["with a metafield that is none", { ...UPDATE, metafields: [null] }, "metafields.0"],
    [
      "with a metafield without a namespace",
      { ...UPDATE, metafields: [{ ...FIELD, namespace: undefined }] },
      "metafields.0.namespace",
    ],
    ["with a metafield without a key", { ...UPDATE, metafields: [{ ...FIELD, key: 7 }] }, "metafields.0.key"],
    [
      "with a metafield whose value is a list",
      { ...UPDATE, metafields: [{ ...FIELD, value: ["won"] }] },
      "metafields.0.value",
    ],
    [
      "with a metafield of yesterday",
      { ...UPDATE, metafields: [{ ...FIELD, updated_at: "yesterday" }] },
      "metafields.0.updated_at",
    ],
    ["with more metafields than there can be", { ...UPDATE, metafields: Array(257).fill(FIELD) }, "metafields"],
  ])("is not read %s, and the problem never names a value", (_what, payload, where) => {
    const parsed = read(payload);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.problem.detail).toContain(where);
    expect(JSON.stringify(parsed)).not.toContain("qualified");
  });
});

describe("a body is taken for customers/update only", () => {
  const shop = shopDomain("tea.myshopify.com") ?? expect.fail("no shop");
  const mismatch = (topic: string, body: object) => bodyMismatch({ shop, topic, body: JSON.stringify(body) });

  test.each([
    ["if it names a customer", UPDATE, null],
    ["and not if it names an order", { ...UPDATE, admin_graphql_api_id: "gid://shopify/Order/1" }, "another-topic"],
    ["and not if it names nothing", { ...UPDATE, admin_graphql_api_id: undefined }, "another-topic"],
  ])("%s", (_what, body, answer) => {
    expect(mismatch("customers/update", body)).toBe(answer);
  });

  test.each(["shop/redact", "customers/redact", "customers/data_request", "app/uninstalled", "app/scopes_update"])(
    "and never for %s",
    (topic) => {
      expect(mismatch(topic, UPDATE)).toBe("another-topic");
    },
  );
});

test.each<[string, string | null]>([
  ["custom.lead_stage", "custom|lead_stage"],
  ["my-fields.stage-2", "my-fields|stage-2"],
  ["custom", null],
  ["custom.", null],
  ["custom.x", null],
  ["cu.stage", null],
  ["-custom.stage", null],
  ["$app:crm.stage", null],
  ["custom.lead stage", null],
  ["custom.stage AND metafields.key:*", null],
  [`${"n".repeat(256)}.stage`, null],
  [`custom.${"k".repeat(65)}`, null],
  ["", null],
])("the name %j of a metafield is %j", (text, name) => {
  const metafield = metafieldNamed(text);
  expect(metafield && `${metafield.namespace}|${metafield.key}`).toBe(name);
});

test.each([
  [" custom.lead_stage ", "custom.lead_stage"],
  [null, null],
  [undefined, null],
])("a funnel with the metafield %j is saved with %j", (given, kept) => {
  const stages = [
    { key: "lead", name: "Lead", event: "LeadReceived" },
    { key: "won", name: "Won", event: "LeadWon", kind: "won" },
  ];
  expect(FunnelField.parse({ stages, customerMetafield: given }).customerMetafield).toBe(kept);
});

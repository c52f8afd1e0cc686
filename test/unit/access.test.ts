import { describe, expect, test } from "vitest";
import { differences } from "../../app/access/differences.ts";
import { may, permissionsOf, ROLES } from "../../app/access/roles.ts";
import { shopDomain, type ShopDomain } from "../../app/event-contract/event-id.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import { createRoleOf } from "../../app/server/role-of.server.ts";
import { withoutCustomer } from "../../app/server/without-customer.ts";
import type { EventDetail } from "../../app/ledger/types.ts";
import { accessCsv, changesCsv } from "../../app/wording/access-csv.ts";
import { actorIn } from "../../app/wording/access-words.ts";
import { ENGLISH } from "../../app/wording/english.ts";

const AT = new Date("2026-11-20T12:00:00.000Z");

describe("roles", () => {
  test("an owner may everything, and a marketer everything but roles and disconnecting", () => {
    const everything = permissionsOf("owner");
    for (const role of ROLES) for (const permission of permissionsOf(role)) expect(everything).toContain(permission);
    expect(everything.filter((permission) => !may("marketer", permission))).toEqual([
      "disconnect-pixel",
      "assign-roles",
    ]);
    expect(permissionsOf("read-only")).toEqual(["look"]);
  });
});

test("an event for somebody who may not see customers has no match keys, no pages and no search text, on either leg", () => {
  const data = { value: 5, currency: "EUR", search_string: "a name, perhaps" };
  const server = {
    event_name: "Search",
    event_source_url: "https://tea.example/search?q=name",
    referrer_url: "https://tea.example/account",
    user_data: { em: ["0".repeat(64)], fbp: "fb.1.1.1", client_ip_address: "192.0.2.1" },
    custom_data: data,
  };
  const event = { eventName: "Search", server, browser: { data, leg: { sent: true }, seenAt: AT } };
  const shown = withoutCustomer(event as unknown as EventDetail);
  expect(shown).toMatchObject({ eventName: "Search", server: { custom_data: { value: 5 }, user_data: {} } });
  expect(JSON.stringify(shown)).not.toMatch(/perhaps|tea\.example|fb\.1|192\.0|000000/);
  expect(event.server.user_data.fbp).toBe("fb.1.1.1");
});

describe("the differences of a change", () => {
  test("are named by their path, with lists as a whole", () => {
    const before = { valueBasis: "total", orders: { refundEvent: false }, countries: null };
    const after = { valueBasis: "total", orders: { refundEvent: true }, countries: ["DE", "AT"] };
    expect(differences(before, after)).toEqual([
      { field: "orders.refundEvent", from: "false", to: "true" },
      { field: "countries", from: null, to: '["DE","AT"]' },
    ]);
  });

  test("of something new or removed are all of its fields", () => {
    expect(differences(null, { state: "active" })).toEqual([{ field: "state", from: null, to: "active" }]);
    expect(differences({ state: "active" }, null)).toEqual([{ field: "state", from: "active", to: null }]);
  });
});

describe("the exports", () => {
  test("contain no formula, whatever a merchant typed", () => {
    const forms = [`=HYPERLINK("http://x")`, "+1+1", "-1+1", "@SUM(A1)", "\tcmd"];
    for (const typed of forms) {
      const change = { at: AT, by: "operator", subject: "settings, version 2", action: "settings-saved" } as const;
      const [, row = ""] = changesCsv([{ ...change, before: { tag: typed }, after: { [typed]: typed } }]).split("\r\n");
      for (const cell of row.split(",")) expect(cell.replace(/^"/, "")).not.toMatch(/^(?:[=+@\t]|-\d+\+)/);
      expect(accessCsv([{ at: AT, by: typed, kind: "export", subject: typed }])).not.toMatch(
        /[\n,"](?:[=+@\t]|-\d+\+)/,
      );
    }
  });

  test("have a row for each changed field, and one for a change without fields", () => {
    const csv = changesCsv([
      { at: AT, by: "shopify-user 1", subject: "pixel 1", action: "token-replaced", before: null, after: null },
      {
        at: AT,
        by: "operator",
        subject: "staff 2",
        action: "role-set",
        before: { role: "marketer" },
        after: { role: "owner" },
      },
    ]);
    expect(csv.split("\r\n")).toEqual([
      "changed_at,changed_by,subject,action,field,from,to",
      "2026-11-20T12:00:00.000Z,shopify-user 1,pixel 1,token-replaced,,,",
      "2026-11-20T12:00:00.000Z,operator,staff 2,role-set,role,marketer,owner",
    ]);
  });

  test("survive a time that is none", () => {
    expect(accessCsv([{ at: new Date(Number.NaN), by: "operator", kind: "export", subject: null }])).toContain(
      "Invalid Date",
    );
  });
});

test("an actor is a staff member, the operator or Tandem, under names of earlier versions too", () => {
  expect(actorIn(ENGLISH, "shopify-user 42")).toBe("Staff member 42");
  expect([actorIn(ENGLISH, "operator"), actorIn(ENGLISH, "command line")]).toEqual(["The operator", "The operator"]);
  expect([actorIn(ENGLISH, "tandem: pixels changed"), actorIn(ENGLISH, "installation")]).toEqual(["Tandem", "Tandem"]);
});

describe("the role of somebody new", () => {
  const shop = shopDomain("tea.myshopify.com") as ShopDomain;
  const request = new Request("https://tandem.example/app?id_token=a.b.c");
  const visitor = { userId: "1", request };

  const scene = (isAccountOwner: () => Promise<boolean>) => {
    const known = new Map<string, "owner" | "marketer" | "read-only">();
    const shopify = { questions: 0, now: AT };
    const roleOf = createRoleOf({
      staff: {
        roleOf: async (_shop, userId) => known.get(userId) ?? null,
        add: async (_shop, userId, role) => (known.set(userId, role), role),
      },
      isAccountOwner: () => ((shopify.questions += 1), isAccountOwner()),
      now: () => shopify.now,
      log: createLogger({ level: "silent", name: "test" }),
    });
    return { known, shopify, roleOf };
  };

  test("is owner if the shop's account is theirs, else marketer; Shopify is asked once", async () => {
    for (const [owns, role] of [
      [true, "owner"],
      [false, "marketer"],
    ] as const) {
      const { roleOf, shopify, known } = scene(async () => owns);
      // The layout and its page load at the same time.
      expect(await Promise.all([roleOf(shop, visitor), roleOf(shop, visitor)])).toEqual([role, role]);
      expect(await roleOf(shop, visitor)).toBe(role);
      expect([shopify.questions, known.get("1")]).toEqual([1, role]);
    }
  });

  test("is marketer while Shopify does not say, which is not stored; Shopify is asked again after five minutes", async () => {
    let answers: () => Promise<boolean> = () => Promise.reject(new Error("away"));
    const { roleOf, shopify, known } = scene(() => answers());
    expect(await roleOf(shop, visitor)).toBe("marketer");
    expect(await roleOf(shop, visitor)).toBe("marketer");
    expect([shopify.questions, known.size]).toEqual([1, 0]);

    answers = async () => true;
    shopify.now = new Date(AT.getTime() + 5 * 60_000);
    expect(await roleOf(shop, visitor)).toBe("owner");
  });

  test("is not asked for without a session token", async () => {
    const { roleOf, shopify } = scene(async () => true);
    expect(await roleOf(shop, { userId: "1", request: new Request("https://tandem.example/app") })).toBe("marketer");
    expect(shopify.questions).toBe(0);
  });
});

import { describe, expect, test } from "vitest";
import { DryRunPage, type DryRunProps } from "../../app/routes/app.dry-run/dry-run-page.tsx";
import { ruleIn } from "../../app/wording/dry-run-words.ts";
import { problem } from "../../app/wording/problem.ts";
import { wordsFor } from "../../app/wording/every-language.ts";
import { ENGLISH } from "../../app/wording/english.ts";
import { stateWordings } from "../../app/wording/state-wording.ts";
import { htmlOf, textOf } from "./dashboard/html-of.tsx";
import { settingsPage } from "./dashboard/settings-pages.tsx";

const page = (outcome: DryRunProps["outcome"] = null) => (
  <DryRunPage mayRun outcome={outcome} basis="subtotal" busy={false} onSubmit={() => undefined} />
);

const VALUES = { currency: "JPY", total: 1200, subtotal: 1000, subtotal_without_tax: 909 };

describe("the dry run's page", () => {
  test("states before the first run that nothing is stored or sent", () => {
    expect(textOf(page())).toMatch(/Nothing is stored, and nothing is sent/);
  });

  test("shows both legs, the reason and the deciding rule of every event", () => {
    const text = textOf(
      page({
        kind: "done",
        result: {
          kind: "online",
          values: VALUES,
          events: [
            { event: "Purchase", state: "send", rule: "browser-granted", server: '{"server":1}', browser: '{"tr":1}' },
            {
              event: "Subscribe",
              state: "withheld",
              reason: "tag-withheld",
              rule: "tag vip",
              server: null,
              browser: null,
            },
          ],
        },
      }),
    );
    expect(text).toMatch(/Purchase[^]*Would be sent[^]*browser reported that marketing is allowed[^]*server[^]*tr/);
    expect(text).toMatch(
      /Subscribe[^]*Would not be sent[^]*Your rule for one of the order’s tags withholds it[^]*Your rule for tag vip\.[^]*Nothing\./,
    );
    expect(text).toContain("¥1,200");
  });

  test("explains in the reader's language what it does not show of the visitor", () => {
    const shown = (server: string) => {
      const event = { event: "Purchase", state: "send", rule: "browser-granted", server, browser: null } as const;
      const outcome = { kind: "done", result: { kind: "online", values: VALUES, events: [event] } } as const;
      return textOf(page(outcome), wordsFor({ language: "de", locale: "de" }));
    };
    expect(shown('{ "client_ip_address": "…" }')).toContain("„…“ steht für das, was im Klartext gesendet wird");
    expect(shown('{ "em": ["0a1b"] }')).not.toContain("„…“");
  });

  test.each([
    ["physical_store", /sale at the till has no browser/, /ignored the cookie banner/],
    ["system_generated", /as a renewal of a subscription does/, /ignored the cookie banner/],
    ["website", /declined or ignored the cookie banner/, /there was no/],
  ] as const)("an event of the source %s that lacks consent says so for what it is", (actionSource, says, saysNot) => {
    const nothing = { server: null, browser: null };
    const reason = "consent-required-and-unknown";
    const event = { event: "Purchase", actionSource, state: "withheld", reason, ...nothing } as const;
    const text = textOf(page({ kind: "done", result: { kind: "online", values: VALUES, events: [event] } }));
    expect(text).toMatch(says);
    expect(text).not.toMatch(saysNot);
  });

  test("a problem is shown at its field", () => {
    const html = htmlOf(
      page({
        kind: "invalid",
        problems: [{ field: "number", message: problem("order.number.unknown") }],
      }),
    );
    expect(html).toMatch(/<s-text-field[^>]*name="number"[^>]*error="Shopify does not show/);
    expect(html).toContain("Shopify does not show this order to the app.");
  });

  test("every state and every rule has a text", () => {
    for (const { label, meaning } of Object.values(stateWordings(ENGLISH, "preview"))) {
      expect([label, meaning]).not.toContain("");
    }
    expect(ruleIn(ENGLISH, "required-and-unknown")).toMatch(/requires consent/);
    expect(ruleIn(ENGLISH, "purchase-trigger-paid")).toMatch(/when they are paid/);
  });
});

describe("beside the value setting", () => {
  const settings = (latestOrder: { orderId: string; orderName: string | null; values: typeof VALUES } | null) =>
    settingsPage("purchase", { latestOrder });
  const rows = (html: string) => [...html.matchAll(/data-basis="(\w+)"[^]*?<\/tr>/g)].map(([row]) => row);

  test("the latest order's value by each choice is shown, with the saved one marked", () => {
    const latest = { orderId: "6198424240428", orderName: "#1032", values: VALUES };
    const html = htmlOf(settings(latest));
    expect(textOf(settings(latest))).toContain("Your latest order, #1032");
    expect(textOf(settings({ ...latest, orderName: null }))).toContain("Your latest order, 6198424240428");
    const [subtotal, withoutTax, total] = rows(html);
    expect(subtotal).toMatch(/data-basis="subtotal"[^]*¥1,000[^]*Chosen/);
    expect(withoutTax).toMatch(/¥909/);
    expect(withoutTax).not.toMatch(/Chosen/);
    expect(total).toMatch(/¥1,200/);
  });

  test("a labeled example is shown if there is no order", () => {
    const text = textOf(settings(null));
    expect(text).toMatch(/A worked example[^]*€90\.00[^]*€75\.63[^]*€94\.90/);
  });
});

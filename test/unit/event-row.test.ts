import { expect, test } from "vitest";
import { eventRow, type StoredEvent } from "../../app/ledger/event-row.ts";
import { sentName } from "../../app/settings/sent-names.ts";
import { anEvent } from "./dashboard/samples.ts";

function chosen(text: string) {
  const read = sentName(text, "Purchase");
  if (!read.ok) throw new Error(read.problem.code);
  return read.name;
}

const { server, browser, ...row } = anEvent();
if (browser === null) throw new Error("the sample has both legs");
const { data: browserData } = browser;

const stored = (
  names: { server: string; browser: string },
  state: StoredEvent["state"] = "delivered",
): StoredEvent => ({
  ...row,
  state,
  body: { ...server, event_name: chosen(names.server), custom_data: browserData },
  browserData,
  browserLeg: { sent: true, as: chosen(names.browser), to: ["1234567890123456"] },
});

test("legs with the same name agree; legs with different names do not, because Meta counts two events", () => {
  expect(eventRow(stored({ server: "OrderPlaced", browser: "OrderPlaced" })).legsAgree).toBe(true);
  expect(eventRow(stored({ server: "Purchase", browser: "OrderPlaced" })).legsAgree).toBe(false);
});

test.each(["joining", "waiting-for-payment", "withheld"] as const)(
  "while an event is %s its server leg has no name of its own to disagree with",
  (state) => {
    expect(eventRow(stored({ server: "Purchase", browser: "OrderPlaced" }, state)).legsAgree).toBe(true);
  },
);

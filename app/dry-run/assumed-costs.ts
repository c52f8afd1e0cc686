import { currencyCode, type Money, parseMoney } from "../event-contract/money.ts";
import { fieldsOf, fieldsOfText } from "../event-contract/json.ts";
import { problem } from "../settings/field-problem.ts";
import type { ParsedInput } from "../settings/types.ts";

const EXAMPLE = '{"41001": "7.50 EUR"}';

/** The unit costs in a settings file (`unitCosts`), by variant ID; empty if the file has none. */
export function assumedCosts(text: string | null): ParsedInput<ReadonlyMap<string, Money>> {
  const assumed = text === null ? undefined : fieldsOfText(text)?.["unitCosts"];
  const costs = Object.entries(fieldsOf(assumed) ?? {}).map(([id, cost]) => [id, moneyIn(cost)] as const);
  const known = costs.flatMap(([id, cost]) => (cost === null ? [] : [[id, cost] as const]));
  return (assumed === undefined || fieldsOf(assumed)) && known.length === costs.length
    ? { ok: true, value: new Map(known) }
    : { ok: false, problems: [{ field: "unitCosts", message: problem("assumed.costs", { example: EXAMPLE }) }] };
}

function moneyIn(cost: unknown): Money | null {
  const [, amount = "", code] = /^(\d+(?:\.\d+)?) ([A-Za-z]{3})$/.exec(typeof cost === "string" ? cost : "") ?? [];
  const currency = currencyCode(code);
  return currency && parseMoney(amount, currency);
}

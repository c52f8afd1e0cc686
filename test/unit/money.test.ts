import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  currencyCode,
  moneyFromNumber,
  parseMoney,
  toNumber,
  unitPrice,
  type CurrencyCode,
} from "../../app/event-contract/money.ts";

function currency(code: string): CurrencyCode {
  const known = currencyCode(code);
  if (known === null) throw new Error(`${code} is no currency`);
  return known;
}

describe("money is exact", () => {
  test.each([
    ["12.30", "EUR", 1230],
    ["0.1", "USD", 10],
    ["1200.0", "JPY", 1200],
    ["1200", "KRW", 1200],
    ["1.005", "KWD", 1005],
    ["1.5", "KWD", 1500],
    ["-3.10", "EUR", -310],
    ["1.005", "EUR", 101],
    ["1.004", "EUR", 100],
    ["99999999999.99", "USD", 9_999_999_999_999],
  ])("%s %s is %i minor units", (text, code, minor) => {
    expect(parseMoney(text, currency(code))).toEqual({ minor, currency: code });
  });

  test.each(["", "abc", "1,20", "1e3", " 1.00", "0x10", "12345678901234", "NaN", "1.2.3"])(
    "%j is no amount, and is not taken for nought",
    (text) => {
      expect(parseMoney(text, currency("EUR"))).toBeNull();
    },
  );

  test.each([null, undefined, "12.30", Number.NaN, Number.POSITIVE_INFINITY, {}])(
    "%j is no amount of a pixel",
    (value) => {
      expect(moneyFromNumber(value, currency("EUR"))).toBeNull();
    },
  );

  test("the pixel's number and the webhook's text are the same amount, whatever the decimals", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("JPY", "EUR", "KWD"),
        fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
        (code, minor) => {
          const amount = { minor, currency: currency(code) };
          expect(moneyFromNumber(toNumber(amount), amount.currency)).toEqual(amount);
          expect(parseMoney(String(toNumber(amount)), amount.currency)).toEqual(amount);
        },
      ),
    );
  });

  test("binary noise of a sum of floats is removed", () => {
    expect(moneyFromNumber(0.1 + 0.2, currency("USD"))).toEqual({ minor: 30, currency: "USD" });
  });

  test("a unit price times its quantity is the line total, within one minor unit, for up to ten thousand items", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000 }), fc.integer({ min: 1, max: 10_000 }), (minor, quantity) => {
        const price = unitPrice({ minor, currency: currency("EUR") }, quantity);
        expect(Math.abs(price * quantity * 100 - minor)).toBeLessThan(1);
      }),
    );
  });
});

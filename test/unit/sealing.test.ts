import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { createSealer, SealProblem } from "../../app/database/sealing.server.ts";

const key = (id: string) => ({ id, key: randomBytes(32) });

describe("sealing", () => {
  const sealer = createSealer([key("k1")]);

  test("returns every text unchanged, and reveals none of it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
        const sealed = sealer.seal(text);
        expect(sealer.unseal(sealed)).toBe(text);
        expect(sealer.isSealed(sealed)).toBe(true);
        if (text.length > 8) expect(sealed).not.toContain(text);
      }),
    );
  });

  test("never seals the same text to the same value twice", () => {
    expect(sealer.seal("token")).not.toBe(sealer.seal("token"));
  });

  test("a changed value does not open", () => {
    const sealed = sealer.seal("a secret that is long enough to be changed in its middle");
    for (let at = "sealed:v1:k1:".length; at < sealed.length - 1; at++) {
      const changed = sealed.slice(0, at) + (sealed[at] === "A" ? "B" : "A") + sealed.slice(at + 1);
      expect(() => sealer.unseal(changed)).toThrow(SealProblem);
    }
  });

  test("a value sealed for one place does not open in another", () => {
    const one = sealer.bound("destination", "a.myshopify.com", "1");
    expect(one.unseal(one.seal("token"))).toBe("token");
    expect(() => sealer.bound("destination", "b.myshopify.com", "1").unseal(one.seal("token"))).toThrow(
      /another purpose/,
    );
    expect(() => sealer.bound("destination", "a.myshopify.com,1").unseal(one.seal("token"))).toThrow(SealProblem);
  });

  test("after a rotation old values open and new ones use the new key", () => {
    const old = key("2025");
    const sealedBefore = createSealer([old]).seal("token");
    const rotated = createSealer([key("2026"), old]);

    expect(rotated.unseal(sealedBefore)).toBe("token");
    expect(rotated.seal("token")).toMatch(/^sealed:v1:2026:/);
  });

  test("a value whose key is gone says which key is missing", () => {
    const sealed = createSealer([key("lost")]).seal("token");
    expect(() => sealer.unseal(sealed)).toThrow(/"lost".*TANDEM_ENCRYPTION_KEYS/);
  });

  test.each(["", "token", "sealed:v1:k1:", "sealed:v1:k1:AAAA", "sealed:v2:k1:AAAA"])("%j does not open", (text) => {
    expect(() => sealer.unseal(text)).toThrow(SealProblem);
  });

  test("needs a key", () => {
    expect(() => createSealer([])).toThrow(/TANDEM_ENCRYPTION_KEYS/);
  });
});

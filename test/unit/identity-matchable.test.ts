import { describe, expect, test } from "vitest";
import { isMatchable } from "../../app/normalize/identity.ts";

describe("an identity that Meta would refuse is detected beforehand", () => {
  test.each([
    [{}, false],
    [{ client_user_agent: "x" }, false],
    [{ ct: ["a"], country: ["b"], st: ["c"], zp: ["d"], client_user_agent: "x" }, false],
    [{ fn: ["a"] }, false],
    [{ fn: ["a"], ln: ["b"] }, true],
    [{ em: ["a"] }, true],
    [{ country: ["b"], client_ip_address: "203.0.113.7" }, true],
    [{ fbp: "fb.1.1763000000000.1" }, true],
  ])("%j: %j", (userData, matchable) => {
    expect(isMatchable(userData)).toBe(matchable);
  });
});

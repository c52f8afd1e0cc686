import { describe, expect, test } from "vitest";

import { EnvProblem, readEnv, readStoreEnv } from "../../app/env/env.server.ts";

const KEY = Buffer.alloc(32, 7).toString("base64");
const complete = {
  SHOPIFY_API_KEY: "key",
  SHOPIFY_API_SECRET: "secret",
  SHOPIFY_APP_URL: "https://tandem.example.com/",
  SCOPES: "read_orders, write_pixels",
  TANDEM_ENCRYPTION_KEYS: `new:${KEY},old:${Buffer.alloc(32, 8).toString("base64")}`,
};

function problemsOf(source: Record<string, string | undefined>): readonly string[] {
  try {
    readEnv(source);
  } catch (error) {
    if (error instanceof EnvProblem) return error.problems;
    throw error;
  }
  return [];
}

describe("the environment", () => {
  test("is read with its documented defaults", () => {
    expect(readEnv(complete)).toMatchObject({
      appUrl: "https://tandem.example.com",
      scopes: ["read_orders", "write_pixels"],
      databaseUrl: undefined,
      dataDir: ".data",
      graphUrl: "https://graph.facebook.com",
      graphVersion: "v27.0",
      port: 3000,
      role: "all",
      logLevel: "info",
      trustProxy: false,
    });
  });

  test("keeps the order of the keys, for the first one seals", () => {
    expect(readEnv(complete).encryptionKeys.map((key) => key.id)).toEqual(["new", "old"]);
  });

  test("names every missing value at once, each with the way to get it", () => {
    const problems = problemsOf({});
    for (const name of Object.keys(complete)) {
      expect(problems.filter((problem) => problem.startsWith(`${name} is missing: `))).toHaveLength(1);
    }
    expect(problems).toHaveLength(5);
    expect(problems.join()).toContain("randomBytes(32)");
  });

  test("takes an empty value for a missing one", () => {
    expect(problemsOf({ ...complete, SHOPIFY_API_SECRET: "  " })[0]).toMatch(/^SHOPIFY_API_SECRET is missing/);
    expect(readEnv({ ...complete, PORT: "", DATABASE_URL: "" })).toMatchObject({ port: 3000, databaseUrl: undefined });
  });

  test.each([
    ["SHOPIFY_APP_URL", "http://tandem.example.com", /https/],
    ["SHOPIFY_APP_URL", "tandem", /https/],
    ["TANDEM_ENCRYPTION_KEYS", "short:AAAA", /32 bytes/],
    ["TANDEM_ENCRYPTION_KEYS", `a:${KEY},a:${KEY}`, /different id/],
    ["DATABASE_URL", "mysql://localhost/x", /postgresql/],
    ["META_GRAPH_VERSION", "26", /v27\.0/],
    ["META_GRAPH_URL", "graph", /graph\.facebook\.com/],
    ["PORT", "70000", /65535/],
    ["TANDEM_ROLE", "both", /all, web or worker/],
    ["LOG_LEVEL", "loud", /debug/],
    ["TRUST_PROXY", "true", /number of proxies/],
    ["SHOPIFY_API_KEY", undefined, /client id/],
  ])("refuses %s=%s in one sentence that starts with its name", (name, value, reason) => {
    const problems = problemsOf({ ...complete, [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} `));
    expect(problems[0]).toMatch(reason);
  });

  test("never repeats a secret in its complaint", () => {
    const wrong = { ...complete, TANDEM_ENCRYPTION_KEYS: "k1:not-a-real-key", DATABASE_URL: "mysql://u:hunter2@h/x" };
    expect(problemsOf(wrong).join()).not.toMatch(/not-a-real-key|hunter2/);
  });

  test("refuses a separate worker on the embedded database", () => {
    expect(problemsOf({ ...complete, TANDEM_ROLE: "worker" })[0]).toMatch(/needs DATABASE_URL/);
    expect(readEnv({ ...complete, TANDEM_ROLE: "worker", DATABASE_URL: "postgresql://db/tandem" }).role).toBe("worker");
  });

  test.each([
    ["http://localhost:3000", "http://localhost:3000"],
    ["http://127.0.0.1:3000/app", "http://127.0.0.1:3000"],
  ])("takes %s as an address of this machine", (given, origin) => {
    expect(readEnv({ ...complete, SHOPIFY_APP_URL: given }).appUrl).toBe(origin);
  });

  test.each([
    ["1", 1],
    ["0", false],
    ["10.0.0.0/8, ::1", ["10.0.0.0/8", "::1"]],
  ])("reads TRUST_PROXY=%s", (given, trust) => {
    expect(readEnv({ ...complete, TRUST_PROXY: given }).trustProxy).toEqual(trust);
  });

  test("asks a command that only needs the database for nothing else", () => {
    const { TANDEM_ENCRYPTION_KEYS } = complete;
    expect(readStoreEnv({ TANDEM_ENCRYPTION_KEYS })).toMatchObject({ databaseUrl: undefined, dataDir: ".data" });
    expect(() => readStoreEnv({ SHOPIFY_API_KEY: "key" })).toThrow(/TANDEM_ENCRYPTION_KEYS is missing/);
  });
});

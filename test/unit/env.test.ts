import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";

import { EnvProblem, readEnv, readStoreEnv } from "../../app/env/env.server.ts";

const keyOf = (word: string): string => createHash("sha256").update(word).digest("base64");
const KEY = keyOf("one");
const complete = {
  SHOPIFY_API_KEY: "key",
  SHOPIFY_API_SECRET: "secret",
  SHOPIFY_APP_URL: "https://tandem.example.com/",
  SCOPES: "read_orders, write_pixels",
  TANDEM_ENCRYPTION_KEYS: `new:${KEY},old:${keyOf("two")}`,
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

  test("keeps the order of the keys, because the first one seals", () => {
    expect(readEnv(complete).encryptionKeys.map((key) => key.id)).toEqual(["new", "old"]);
  });

  test("names every missing value at once, each with how to get it", () => {
    const problems = problemsOf({});
    for (const name of Object.keys(complete)) {
      expect(problems.filter((problem) => problem.startsWith(`${name} is missing: `))).toHaveLength(1);
    }
    expect(problems).toHaveLength(5);
    expect(problems.join()).toContain("randomBytes(32)");
  });

  test("treats an empty value as missing", () => {
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

  test("never repeats a secret in an error message", () => {
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

  test.each([
    ["META_GRAPH_URL", "http://graph.example.com"],
    ["META_GRAPH_URL", "http://10.0.0.5:8080"],
    ["META_GRAPH_URL", "http://localhost.example.com"],
    ["META_GRAPH_URL", "http://127.0.0.1.nip.io"],
    ["TANDEM_ALERT_WEBHOOK_URL", "http://hooks.example.com/x"],
    ["TANDEM_ALERT_WEBHOOK_URL", "http://8.8.8.8/x"],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "http://otel.example.com:4318"],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "http://[2606:4700::1111]:4318"],
    ["TANDEM_PUBSUB_KEYS_URL", "http://www.googleapis.com/oauth2/v3/certs"],
    ["TANDEM_PUBSUB_KEYS_URL", "http://proxy:8080/certs"],
    ["SHOPIFY_APP_URL", "http://10.0.0.5"],
  ])("refuses %s=%s: what it carries needs TLS", (name, value) => {
    const problems = problemsOf({ ...complete, TANDEM_ALERT_SECRET: "a secret of some length", [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} must start with https://.*http:// is accepted`));
  });

  test.each([
    ["META_GRAPH_URL", "http://127.0.0.1:4000"],
    ["META_GRAPH_URL", "http://[::1]:4000"],
    ["META_GRAPH_URL", "http://LOCALHOST:4000"],
    ["TANDEM_ALERT_WEBHOOK_URL", "http://alerts:9000/x"],
    ["TANDEM_ALERT_WEBHOOK_URL", "http://192.168.1.20/x"],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector.monitoring.internal:4318"],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "http://[fd00::1]:4318"],
    ["TANDEM_PUBSUB_KEYS_URL", "http://localhost:4000/certs"],
  ])("takes %s=%s", (name, value) => {
    expect(problemsOf({ ...complete, TANDEM_ALERT_SECRET: "a secret of some length", [name]: value })).toEqual([]);
  });

  test.each(["META_GRAPH_URL", "TANDEM_ALERT_WEBHOOK_URL", "OTEL_EXPORTER_OTLP_ENDPOINT", "TANDEM_PUBSUB_KEYS_URL"])(
    "refuses a password in %s, without repeating it",
    (name) => {
      const given = { TANDEM_ALERT_SECRET: "a secret of some length", [name]: "https://user:hunter2@example.com/x" };
      const problems = problemsOf({ ...complete, ...given });
      expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} must not contain a user name`))]);
      expect(problems.join()).not.toContain("hunter2");
    },
  );

  test.each([
    "0.0.0.0/0",
    "::/0",
    "::0/0",
    "0.0.0.0/1, 128.0.0.0/1",
    "10.0.0.0/8,0.0.0.0/0",
    "128.0.0.0/7",
    "2000::/3",
    "::ffff:0.0.0.0/96",
    "0:0:0:0:0:ffff::/96",
    "::/64",
  ])("refuses TRUST_PROXY=%s: it is the internet", (value) => {
    expect(problemsOf({ ...complete, TRUST_PROXY: value })).toEqual([
      expect.stringMatching(/^TRUST_PROXY names .*addresses of your proxies/),
    ]);
  });

  test.each(["99", "10.0.0.0/33", "::1/129", "1.2.3", "10.0.0.1,", "999.1.1.1"])(
    "cannot read TRUST_PROXY=%s",
    (value) => {
      expect(problemsOf({ ...complete, TRUST_PROXY: value })).toEqual([expect.stringMatching(/^TRUST_PROXY must be/)]);
    },
  );

  test.each(["10.0.0.0/8", "fd00::/8", "fc00::/7", "2400:cb00::/32", "::ffff:10.0.0.1", "173.245.48.0/20"])(
    "takes TRUST_PROXY=%s",
    (value) => {
      expect(readEnv({ ...complete, TRUST_PROXY: value }).trustProxy).toEqual([value]);
    },
  );

  const half = Buffer.from(keyOf("half"), "base64").subarray(16);
  const text = "a passphrase that someone typed.";
  test.each([
    ["all zero", Buffer.alloc(32)],
    ["one byte", Buffer.alloc(32, 7)],
    ["two bytes", Buffer.alloc(32, "ab")],
    ["eight bytes", Buffer.from("0123456789abcdef".repeat(4), "hex")],
    ["a half twice", Buffer.concat([half, half])],
    ["counted up", Buffer.from(Array.from({ length: 32 }, (_, at) => at))],
    ["counted down", Buffer.from(Array.from({ length: 32 }, (_, at) => 250 - at * 3))],
    ["typed text", Buffer.from(text)],
    ["hex digits", Buffer.from("00112233445566778899aabbccddeeff")],
    ["mostly zero", Buffer.concat([Buffer.alloc(20), Buffer.from("0123456789abcdef01234567", "hex")])],
  ])("refuses a key of %s, behind a good one too", (_what, key) => {
    const weak = key.toString("base64");
    const problem: unknown = expect.stringMatching(
      /^TANDEM_ENCRYPTION_KEYS has a key that can be guessed \("weak"\).*Create a key/,
    );
    expect(problemsOf({ ...complete, TANDEM_ENCRYPTION_KEYS: `weak:${weak}` })).toEqual([problem]);
    const both = problemsOf({ ...complete, TANDEM_ENCRYPTION_KEYS: `k:${KEY},weak:${weak}` });
    expect(both).toEqual([problem]);
    expect(both.join()).not.toContain(weak);
  });

  test("refuses one key under two IDs", () => {
    const problems = problemsOf({ ...complete, TANDEM_ENCRYPTION_KEYS: `a:${KEY},b:${KEY}` });
    expect(problems).toEqual([expect.stringMatching(/^TANDEM_ENCRYPTION_KEYS lists the same key under two ids/)]);
  });

  test("requires only database settings for a command that needs only the database", () => {
    const { TANDEM_ENCRYPTION_KEYS } = complete;
    expect(readStoreEnv({ TANDEM_ENCRYPTION_KEYS })).toMatchObject({ databaseUrl: undefined, dataDir: ".data" });
    expect(() => readStoreEnv({ SHOPIFY_API_KEY: "key" })).toThrow(/TANDEM_ENCRYPTION_KEYS is missing/);
  });
});

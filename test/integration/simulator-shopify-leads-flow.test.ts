import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createFlow, type Flow } from "../simulators/shopify/flow.ts";
import { readFlowExtensions } from "../simulators/shopify/flow-extensions.ts";
import { createShop, SHOP_SEEDS } from "../simulators/shopify/shop-seeds.ts";
import type { Shop } from "../simulators/shopify/types.ts";
import { appAgent } from "../simulators/shopify/webhooks.ts";

type Answer = { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> };

let app: Server;
let flow: Flow;
let answers: Answer[] = [];
let shop: Shop;
let closeAgent = async (): Promise<void> => undefined;

function extension(folder: string, name: string, lines: string): string {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, "shopify.extension.toml"), lines);
  return folder;
}

const aFolder = (): string => mkdtempSync(join(tmpdir(), "flow-"));
const ACTION = `[[extensions]]
type = "flow_action"
name = "Do it"
handle = "do-it"
runtime_url = "/run"
[[settings.fields]]
type = "single_line_text_field"
key = "what"
name = "What"
required = true
[[settings.fields]]
type = "customer_reference"
`;
const TRIGGER = `[[extensions]]
type = "flow_trigger"
name = "It happened"
handle = "it-happened"
[[settings.fields]]
type = "single_line_text_field"
key = "What it was"
[[settings.fields]]
type = "number_decimal"
key = "Value"
`;
const CALLBACK = `[[extensions]]
type = "flow_trigger_lifecycle_callback"
name = "Used"
handle = "used"
url = "https://tandem.example.com/used"
`;

beforeAll(async () => {
  app = createServer((request, response) => {
    request.resume().on("end", () => {
      const { status, body = "", headers = {} } = answers.shift() ?? { status: 200 };
      response.writeHead(status, headers).end(body);
    });
  }).listen(0);
  await new Promise((resolve) => app.once("listening", resolve));
  const url = `http://localhost:${(app.address() as AddressInfo).port}`;
  const agent = await appAgent(url);
  closeAgent = () => agent.destroy();
  const folder = extension(extension(extension(aFolder(), "a", ACTION), "b", TRIGGER), "c", CALLBACK);
  const [seed] = SHOP_SEEDS;
  if (seed === undefined) throw new Error("no shops");
  shop = createShop(seed, 0);
  flow = createFlow({
    app: { apiKey: "key", apiSecret: "secret" },
    extensions: readFlowExtensions(folder, url),
    agent,
    now: () => new Date(),
  });
});
beforeEach(() => {
  answers = [];
});
afterAll(async () => {
  await closeAgent();
  app.close();
});

const run = (...given: readonly Answer[]) => {
  answers = [...given];
  return flow.runAction(shop, "do-it", { what: "this" });
};

describe("an action's answer is read as Flow does", () => {
  test.each<[string, readonly Answer[], string, number, string | null]>([
    ["200 is the end", [{ status: 200 }], "done", 1, null],
    ["another 2xx is a failure", [{ status: 204 }], "failed", 1, "204: "],
    ["202 comes again", [{ status: 202 }, { status: 200 }], "done", 2, null],
    ["429 comes again", [{ status: 429, headers: { "retry-after": "1" } }, { status: 200 }], "done", 2, null],
    ["5xx comes again", [{ status: 503 }, { status: 500 }, { status: 200 }], "done", 3, null],
    ["4xx is final, with its message", [{ status: 422, body: '{"detail":"No."}' }], "failed", 1, "No."],
    ["4xx without one, too", [{ status: 404, body: "nothing" }], "failed", 1, "404: nothing"],
    ["an endless answer did not come", [{ status: 200, body: "x".repeat(50_001) }, { status: 200 }], "done", 2, null],
    ["it gives up", Array.from({ length: 5 }, () => ({ status: 500 })), "failed", 5, "The app did not answer in time."],
  ])("%s", async (_, given, state, attempts, message) => {
    const ended = await run(...given);
    expect([ended.state, ended.attempts.length, ended.message]).toEqual([state, attempts, message]);
  });

  test("and what a workflow cannot hold is refused", async () => {
    await expect(flow.runAction(shop, "other", {})).rejects.toThrow("no action other");
    await expect(flow.runAction(shop, "do-it", { what: "this", more: 1 })).rejects.toThrow("no field more");
    await expect(flow.runAction(shop, "do-it", { customer_id: 1 })).rejects.toThrow("what is required");
    await expect(flow.switchWorkflow(shop, "other", true)).rejects.toThrow("no trigger other");
  });
});

test("a workflow is switched on only if the app agrees", async () => {
  answers = [{ status: 500 }];
  await expect(flow.switchWorkflow(shop, "it-happened", true)).rejects.toThrow("the app answered 500");
  flow.receive(shop, "it-happened", { "What it was": "a", Value: 1 });
  expect(flow.triggered).toEqual([]);
  await flow.switchWorkflow(shop, "it-happened", true);
  flow.receive(shop, "it-happened", { "What it was": "b", Value: 1 });
  await flow.switchWorkflow(shop, "it-happened", false);
  flow.receive(shop, "it-happened", { "What it was": "c", Value: 1 });
  expect(flow.triggered.map(({ payload }) => payload["What it was"])).toEqual(["b"]);
});

test.each<[string, unknown, unknown, RegExp]>([
  ["an unknown handle", "other", {}, /'other' does not exist/],
  ["no object", "it-happened", "text", /must be an object/],
  ["a missing property", "it-happened", { Value: 1 }, /Missing property 'What it was'/],
  ["an unknown property", "it-happened", { "What it was": "a", Value: 1, Email: "a@b.c" }, /Unknown property 'Email'/],
  ["another type", "it-happened", { "What it was": "a", Value: "1" }, /'Value' is no number_decimal/],
  ["more than 50 kB", "it-happened", { "What it was": "x".repeat(50_000), Value: 1 }, /exceeds 50KB/],
])("a trigger with %s starts nothing", (_, handle, payload, message) => {
  const before = flow.triggered.length;
  expect(flow.receive(shop, handle, payload)).toEqual([
    { field: null, message: expect.stringMatching(message) as unknown },
  ]);
  expect(flow.triggered).toHaveLength(before);
});

test.each<[string, string, RegExp]>([
  ["a long handle", ACTION.replace("do-it", "x".repeat(31)), /1 to 30/],
  ["an unknown type", ACTION.replace("single_line_text_field", "file"), /type file is not supported/],
  ["an action's field without a name", ACTION.replace('name = "What"', ""), /what has no name/],
  ["a trigger's field with a name", TRIGGER.replace('key = "Value"', 'key = "Value"\nname = "x"'), /neither a name/],
  ["a trigger's key with a hyphen", TRIGGER.replace("What it was", "what-it-was"), /not allowed/],
  ["two fields of one key", ACTION.replace('"customer_reference"', '"url"\nkey = "what"\nname = "x"'), /one key/],
  ["an address without HTTPS", ACTION.replace("/run", "http://example.com/run"), /not HTTPS/],
  ["a callback that is not absolute", CALLBACK.replace("https://tandem.example.com", ""), /not absolute/],
])("an extension with %s is not deployed", (_, lines, problem) => {
  expect(() => readFlowExtensions(extension(aFolder(), "x", lines), "https://tandem.example.com")).toThrow(problem);
});

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";

const GRANTED = { consent: { marketing: true, saleOfData: true } };

describe("the command", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "tandem-preview-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string): string => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const CLI = ["--disable-warning=ExperimentalWarning", "app/cli/preview.ts"];

  test("prints one JSON object", () => {
    const args = [
      "order",
      file("order.json", anOrderWebhook()),
      "--context",
      file("context.json", JSON.stringify(GRANTED)),
    ];
    const printed: unknown = JSON.parse(
      execFileSync(process.execPath, [...CLI, ...args, "--json"], { encoding: "utf8" }),
    );
    expect(printed).toMatchObject({ state: "send", server: { event_name: "Purchase" }, browser: { ev: "Purchase" } });
  });

  test("prints sentences without --json, and exits 0 for a payload that is not an order", () => {
    const { stdout, status } = spawnSync(process.execPath, [...CLI, "order", file("no.json", "{}")], {
      encoding: "utf8",
    });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^refused: not-an-order: /);
  });

  test.each([
    [["order"], /order FILE/],
    [["order", "no/such/file"], /cannot be read/],
    [["order", file("o.json", "{}"), "--settings", file("s.json", '{"valueBasis":"profit"}')], /valueBasis: Choose/],
    [["order", file("o.json", "{}"), "--what"], /--what/],
  ])("%j is wrong use: exit 2 and a sentence", (args, sentence) => {
    const { stderr, status } = spawnSync(process.execPath, [...CLI, ...args], { encoding: "utf8" });
    expect(status).toBe(2);
    expect(stderr).toMatch(sentence);
  });
});

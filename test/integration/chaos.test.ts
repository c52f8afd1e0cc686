import { spawn } from "node:child_process";
import { expect, test } from "vitest";

type Run = { readonly exitCode: number | null; readonly stdout: string; readonly progress: string };

function chaos(...args: readonly string[]): Promise<Run> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "test/programs/chaos.ts", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, progress] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString("utf8")));
  child.stderr.on("data", (chunk: Buffer) => (progress += chunk.toString("utf8")));
  return new Promise((resolve) => child.once("close", (exitCode) => resolve({ exitCode, stdout, progress })));
}

test("killed processes, a crashed database, a failing Meta and lost webhooks cost no order and no storefront event, and count none twice", async () => {
  const { exitCode, stdout, progress } = await chaos("--minutes", "0.1", "--rate", "6", "--json");

  expect(progress.split("\n").filter((line) => line.includes("is lost"))).toEqual([]);
  expect(exitCode, progress).toBe(0);
  // The command's own output.
  const report = JSON.parse(stdout) as Record<string, unknown> & {
    faults: object;
    withheld: Record<string, number>;
    storefront: Record<string, number>;
  };
  expect(Object.keys(report)).toEqual([
    ...["orders", "delivered", "lost", "doubleCounted", "resent", "late", "withheld", "faults", "storefront"],
  ]);
  expect(report).toMatchObject({ lost: 0, doubleCounted: 0 });
  expect(Object.keys(report.faults).length).toBeGreaterThanOrEqual(8);
  const onPurpose = Object.values(report.withheld).reduce((sum, count) => sum + count, 0);
  expect(Number(report["delivered"]) + onPurpose).toBe(report["orders"]);

  const { sent = 0, delivered = 0, withheld = 0, refused = 0, unanswered = 0, ...faultless } = report.storefront;
  expect(faultless).toMatchObject({ lost: 0, doubleCounted: 0 });
  expect(delivered + withheld + refused).toBe(sent);
  expect(sent + unanswered).toBeGreaterThanOrEqual(20 * (Number(report["orders"]) - 1));
  expect(withheld).toBeGreaterThan(0);
});

test("the chaos run prints its help, and refuses invalid numbers", async () => {
  expect(await chaos("--help")).toMatchObject({ exitCode: 0, progress: "" });
  expect((await chaos("--minutes", "soon")).exitCode).toBe(2);
});

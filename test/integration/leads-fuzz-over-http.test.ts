import { afterAll, beforeAll, expect, test } from "vitest";
import { CSV_MAPPING } from "../../app/leads/csv-mapping.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import { action } from "../../app/routes/app.lead-rows.tsx";
import { signInWith } from "../../app/server/sign-in.server.ts";
import { textLike } from "../programs/fuzz/hostile-text.ts";
import { fuzzOverHttp, type HttpWay, openHttpWays } from "../programs/fuzz/over-http.ts";

// Other bodies in every run; a failure shows its own. `npm run fuzz -- --over-http --cases 5000` sends more of them.
const SEED = Math.floor(Math.random() * 2 ** 31);
const CASES = 60;

let opened: Awaited<ReturnType<typeof openHttpWays>>;
beforeAll(async () => {
  opened = await openHttpWays();
});
afterAll(() => opened.close());

const CSV = 'external_id,stage,at\r\ndeal-1,won,2026-11-30T09:00:00Z\r\n"deal, 2",qualified,1796030100\r\n';

/** The import's page posts rows to a route of the admin; here without the browser's session. */
const csvWay = (): HttpWay => ({
  name: "CSV file",
  bodies: textLike(CSV),
  send: async (text) => {
    const { app, shop } = opened;
    const log = createLogger({ level: "silent", name: "test" });
    const signIn = signInWith(app.opened, log, async () => ({ session: { shop }, sessionToken: { sub: "1" } }));
    const body = new FormData();
    const fields = { intent: "import", mapping: JSON.stringify(CSV_MAPPING), isLast: "true" };
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    body.set("rows", new Blob([new Uint8Array(Buffer.from(text))]));
    const request = new Request("https://tandem.example/app/lead-rows", { method: "POST", body });
    // The route reads nothing else of its context.
    const args = { request, context: { signIn }, params: {} } as unknown as Parameters<typeof action>[0];
    return (await action(args)).init?.status ?? 200;
  },
});

test("none of the hostile bodies, sent with the right proof to any of the ways in, is answered with an error of the app", async () => {
  const answers: Record<string, unknown> = {};
  for (const way of [...opened.ways, csvWay()]) {
    answers[way.name] = (await fuzzOverHttp(way, { cases: CASES, seed: SEED })).failures;
  }
  expect(answers).toEqual(Object.fromEntries(Object.keys(answers).map((name) => [name, []])));
  expect((await fetch(`${opened.app.url}/readyz`)).status).toBe(200);
});

test("the right proof lets a body in: what the samples say is listed", async () => {
  const { app, shop } = opened;
  const reports = await app.opened.database.prisma.stageReport.groupBy({ by: ["source"], where: { shop } });
  expect(reports.map(({ source }) => source).toSorted()).toEqual(["api", "crm", "csv", "flow", "metafield", "tag"]);
});

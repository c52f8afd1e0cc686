import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { PRESETS } from "../../app/leads/hooks/presets.ts";
import { HOOK_PRESETS, type HookPreset } from "../../app/leads/hooks/types.ts";
import { ACCOUNTS, type CrmRequest, crmRequest } from "../support/crm-sender.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

// As the app's environment says, before a port is known; HubSpot signs it.
const APP_URL = "http://localhost:0";
const HOUR_MS = 3_600_000;
const HIGHLEVEL = generateKeyPairSync("ed25519");
const SOMEBODY = generateKeyPairSync("ed25519");

type Hook = { readonly id: string; readonly secret: string };

let app: TestApp;
let shop: string;
let hooks: ReadonlyMap<HookPreset, Hook>;
/** The addresses of the same presets in another shop. */
let others: ReadonlyMap<HookPreset, Hook>;

beforeAll(async () => {
  const key = HIGHLEVEL.publicKey.export({ format: "der", type: "spki" }).toString("base64");
  const environment = { TANDEM_GOHIGHLEVEL_KEY: key };
  app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9", environment });
  shop = await aShop("1");
  hooks = await everyHook(shop, (preset) => ACCOUNTS[preset] ?? null);
  others = await everyHook(await aShop("2"), (preset) => (PRESETS[preset].needsAccount ? "another-account" : null));
});
afterAll(() => app.close());
afterEach(() => void vi.useRealTimers());

const aShop = (n: string): Promise<string> =>
  app.connectedShop({ metaPixelId: `123456789012345${n}`, token: "EAAtest-token-of-the-simulator" });

async function everyHook(of: string, accountOf: (preset: HookPreset) => string | null) {
  const made = HOOK_PRESETS.map(async (preset) => {
    const secret = `the-secret-of-${preset}-in-${of}`;
    const hook = { name: preset, preset, mapping: PRESETS[preset].mapping, account: accountOf(preset), by: "test" };
    const { id } = await app.opened.crmHooks.make(app.domain(of), {
      ...hook,
      secret: PRESETS[preset].secretFrom === "none" ? null : secret,
    });
    return [preset, { id, secret }] as const;
  });
  return new Map(await Promise.all(made));
}

const hookOf = (preset: HookPreset, of = hooks): Hook => of.get(preset) ?? expect.fail(`no address for ${preset}`);

const REPORT = { email: "nobody@example.com", reference: "4711", stage: "qualified", delivery: 1 };

type Proof = { readonly secret: string; readonly privateKey?: KeyObject; readonly at?: Date };

/** What the CRM sends to its address with this proof, at this time. */
function requestOf(preset: HookPreset, { secret, privateKey = HIGHLEVEL.privateKey, at = new Date() }: Proof) {
  vi.useFakeTimers({ toFake: ["Date"], now: at });
  const url = `${APP_URL}/api/leads/hooks/${hookOf(preset).id}`;
  const request = crmRequest(preset, { ...REPORT, at }, { url, secret, privateKey });
  vi.useRealTimers();
  return { ...request, query: preset === "salesforce-message" ? `?secret=${encodeURIComponent(secret)}` : "" };
}

/** The status of the answer, and the problem that it names. */
async function answerTo(preset: HookPreset, { headers, body, query = "" }: CrmRequest & { query?: string }) {
  const url = `${app.url}/api/leads/hooks/${hookOf(preset).id}${query}`;
  const response = await fetch(url, { method: "POST", headers, body });
  const type = /urn:tandem:problem:([\w-]+)/.exec(await response.text())?.[1] ?? "none";
  return `${response.status} ${type}`;
}

const kept = async () => [
  await app.opened.database.prisma.stageReport.count({ where: { shop } }),
  (await app.opened.quarantine.list({ shop: app.domain(shop), replayed: false })).length,
];

const right = (preset: HookPreset) => requestOf(preset, { secret: hookOf(preset).secret });

const withoutProof = ({ headers, body }: CrmRequest): CrmRequest => ({
  headers: { "content-type": headers["content-type"] ?? "application/json" },
  body,
});

/** What is wrong with the proof, and what each preset answers; a preset that cannot have the flaw has no row. */
const WRONG: readonly (readonly [what: string, preset: HookPreset, answer: string, send: () => CrmRequest])[] =
  HOOK_PRESETS.flatMap((preset) => {
    const signsTime = ["hubspot", "gohighlevel", "generic"].includes(preset);
    const isOfEverybody = PRESETS[preset].secretFrom === "none";
    return [
      ["a wrong secret", preset, "401 bad-signature", () => wrong(preset)] as const,
      ["no proof at all", preset, "401 no-signature", () => withoutProof(right(preset))] as const,
      ...(signsTime ? [["a proof of three hours ago", preset, "401 stale", () => stale(preset)] as const] : []),
      ...(isOfEverybody
        ? []
        : [["the secret of another shop", preset, "401 bad-signature", () => foreign(preset)] as const]),
      ...(preset === "generic" || preset === "hubspot" || preset === "gohighlevel"
        ? [["a body that nobody signed", preset, "401 bad-signature", () => altered(preset)] as const]
        : []),
    ];
  });

const wrong = (preset: HookPreset) =>
  requestOf(preset, { secret: "the-secret-of-nobody", privateKey: SOMEBODY.privateKey });
const stale = (preset: HookPreset) =>
  requestOf(preset, { secret: hookOf(preset).secret, at: new Date(Date.now() - 3 * HOUR_MS) });
const foreign = (preset: HookPreset) => requestOf(preset, { secret: hookOf(preset, others).secret });
const altered = (preset: HookPreset) => {
  const { body, ...request } = right(preset);
  return { ...request, body: body.replace("qualified", "won") };
};

test.each(WRONG)("%s, as %s sends it, is answered %s, and nothing is kept", async (_what, preset, answer, send) => {
  const before = await kept();
  expect(await answerTo(preset, send())).toBe(answer);
  expect(await kept()).toEqual(before);
});

test("HighLevel's right signature at the address of another location is answered 403, and nothing is kept", async () => {
  const before = await kept();
  const { headers, body } = right("gohighlevel");
  const url = `${app.url}/api/leads/hooks/${hookOf("gohighlevel", others).id}`;
  const response = await fetch(url, { method: "POST", headers, body });
  expect([response.status, await response.text()]).toEqual([403, expect.stringContaining("foreign-account")]);
  expect(await kept()).toEqual(before);
});

const PAIRS = HOOK_PRESETS.flatMap((own) => HOOK_PRESETS.flatMap((other) => (own === other ? [] : [[own, other]])));

test.each(PAIRS as [HookPreset, HookPreset][])(
  "the address of %s does not take the right signature of %s, even with its own secret",
  async (own, other) => {
    const before = await kept();
    const request = requestOf(other, { secret: hookOf(own).secret });
    expect(await answerTo(own, request)).toBe("401 no-signature");
    expect(await kept()).toEqual(before);
  },
);

test.each(HOOK_PRESETS)("the right proof of %s is taken", async (preset) => {
  expect(await answerTo(preset, right(preset))).toBe("200 none");
});

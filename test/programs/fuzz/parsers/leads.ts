import { createHmac } from "node:crypto";
import fc from "fast-check";
import { CsvProblem } from "../../../../app/leads/csv-mapping.ts";
import { HookMapping } from "../../../../app/leads/hooks/mapping-schema.ts";
import { PRESETS } from "../../../../app/leads/hooks/presets.ts";
import { HOOK_PRESETS, type HookPreset } from "../../../../app/leads/hooks/types.ts";
import { verifyHook } from "../../../../app/leads/hooks/verify-hook.server.ts";
import { ENGLISH } from "../../../../app/wording/english.ts";
import { problemIn } from "../../../../app/wording/field-problem-words.ts";
import { previewStages } from "../../../../app/pipeline/import-stages.server.ts";
import { reportFromItem } from "../../../../app/pipeline/reports-from-request.ts";
import { tryMapping } from "../../../../app/pipeline/try-mapping.ts";
import { parseCustomerUpdate } from "../../../../app/shopify/webhooks/parse-customer-update.ts";
import { parseCustomerTags } from "../../../../app/shopify/webhooks/parse-customer-tags.ts";
import {
  GENERIC,
  GOHIGHLEVEL,
  HUBSPOT,
  PIPEDRIVE,
  SALESFORCE_FLOW,
  SALESFORCE_MESSAGE,
} from "../../../fixtures/crm-bodies.ts";
import { jsonLike, valueLike } from "../hostile-json.ts";
import { hostileText, textLike } from "../hostile-text.ts";
import { expectStorable, expectThat } from "../invariants.ts";
import { fuzzed, fuzzedAsync } from "../of-inputs.ts";

const ITEM = JSON.stringify({
  lead: { email: "ada@example.com" },
  stage: "won",
  at: 1796030100,
  value: 1,
  currency: "EUR",
});

export const stageItems = fuzzed("stages of the API", valueLike(ITEM), (item) => {
  const read = reportFromItem(item, 0, { idempotencyKey: "k", crm: undefined, bodyDigest: "" });
  expectStorable(read);
  if (read.ok) expectThat(read.report.lead.by !== "email" || /^[0-9a-f]{64}$/.test(read.report.lead.value), "hashed");
});

function expectTried(body: string, preset: HookPreset, mapping = PRESETS[preset].mapping): void {
  const tried = tryMapping(body, preset, mapping);
  if (!tried.ok) {
    return expectThat(problemIn(ENGLISH, { message: tried.problem }) !== "", "an unreadable body says why");
  }
  const { items, reports } = tried.value;
  expectThat(items.length <= 500 && reports <= items.length, "a body has no more reports than items");
  for (const one of items) if (one.kind === "report") expectStorable(one.stated);
}

const crmBodies = (preset: HookPreset, sample: object) =>
  fuzzed(`CRM webhook: ${preset}`, jsonLike(JSON.stringify(sample)), (body) => expectTried(body, preset));

export const hubspot = crmBodies("hubspot", HUBSPOT);
export const pipedrive = crmBodies("pipedrive", PIPEDRIVE);
export const salesforceFlow = crmBodies("salesforce-flow", SALESFORCE_FLOW);
export const gohighlevel = crmBodies("gohighlevel", GOHIGHLEVEL);
export const generic = crmBodies("generic", GENERIC);

export const outboundMessages = fuzzed("CRM webhook: salesforce-message", textLike(SALESFORCE_MESSAGE), (body) =>
  expectTried(body, "salesforce-message"),
);

const MAPPING = JSON.stringify(PRESETS.pipedrive.mapping);
export const mappings = fuzzed("mapping of a CRM", fc.tuple(valueLike(MAPPING), jsonLike(MAPPING)), ([given, body]) => {
  const mapping = HookMapping.safeParse(given);
  if (mapping.success) expectTried(body, "generic", mapping.data);
});

const SECRET = "fuzz-secret-of-a-crm";
const NAMES = ["authorization", "x-ghl-signature", "x-hubspot-signature-v3", "x-hubspot-request-timestamp"];
const header = fc.tuple(fc.constantFrom(...NAMES, "x-tandem-signature", "x-tandem-timestamp"), hostileText);
const address = textLike("https://tandem.example.com/api/leads/hooks/x?secret=1%40%3A").map((text) =>
  encodeURI(text.replace(/[\p{Cs}%]/gu, "")),
);

export const hookProofs = fuzzed(
  "proof of a CRM webhook",
  fc.tuple(fc.constantFrom(...HOOK_PRESETS), fc.array(header, { maxLength: 6 }), address, hostileText),
  ([preset, headers, url, text]) => {
    const body = Buffer.from(text);
    const request = { headers: Object.fromEntries(headers), url, body, receivedAt: new Date() };
    const check = verifyHook(request, PRESETS[preset].scheme, { secrets: [SECRET] });
    const isSigned = headers.some(([, value]) =>
      value.includes(createHmac("sha256", SECRET).update(text).digest("hex")),
    );
    expectThat(check !== "verified" || isSigned, "nobody guesses a secret");
  },
);

const TAGS = '{"customerId":"gid://shopify/Customer/1","tags":["tag1","tag2"],"occurredAt":"2005-05-05T05:00:00.000Z"}';

export const customerTags = fuzzed("tags of customers", jsonLike(TAGS), (body) => {
  const parsed = parseCustomerTags("customer.tags_added", body);
  expectStorable(parsed.ok ? parsed.value : parsed.problem);
});

const UPDATE = JSON.stringify({
  id: 191167,
  admin_graphql_api_id: "gid://shopify/Customer/191167",
  updated_at: "2026-11-30T04:15:00-05:00",
  metafields: [
    { id: 1, namespace: "custom", key: "lead_stage", value: "won", type: "string", updated_at: "2026-11-30T09:15:00Z" },
  ],
});

export const customerMetafields = fuzzed("metafields of customers", jsonLike(UPDATE), (body) => {
  const parsed = parseCustomerUpdate(body);
  expectStorable(parsed.ok ? parsed.value : parsed.problem);
});

const CSV = 'external_id;stage;at\r\ndeal-1;won;2026-11-30T09:00:00Z\r\n"deal; 2";qualified;1796030100\r\n';

export const csvFiles = fuzzedAsync("CSV of stages", fc.tuple(textLike(CSV), fc.nat(20)), async ([text, at]) => {
  const bytes = Buffer.from(text);
  async function* file() {
    yield bytes.subarray(0, at);
    yield bytes.subarray(at);
  }
  try {
    for (const row of await previewStages({ bytes: file() }, new Date())) {
      if ("report" in row) expectStorable(row.report);
      else expectStorable(row.problems);
    }
  } catch (error) {
    expectThat(error instanceof CsvProblem, "what is no CSV says why");
  }
});

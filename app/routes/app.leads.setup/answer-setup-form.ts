import type { ShopDomain } from "../../event-contract/event-id.ts";
import { HOOK_PRESETS } from "../../leads/hooks/types.ts";
import { PRESETS } from "../../leads/hooks/presets.ts";
import { problem } from "../../settings/field-problem.ts";
import type { AdminPorts } from "../../server/admin-ports.ts";
import type { HookChange } from "../../server/lead-port-types.ts";
import type { FormFields } from "../app/fields-of-form.ts";
import { funnelFromForm, problemsInForm } from "./funnel-from-form.ts";
import type { SetupOutcome } from "./setup-outcome.ts";

type Ports = Pick<
  AdminPorts,
  | "saveSettings"
  | "leadSetup"
  | "makeApiKey"
  | "rotateApiKey"
  | "revokeApiKey"
  | "tryCrmMapping"
  | "connectCrm"
  | "remapCrm"
  | "renewCrmSecret"
  | "revokeCrm"
>;
type Sender = { readonly shop: ShopDomain; readonly admin: Ports };
type Answer = (form: FormFields, sender: Sender) => Promise<SetupOutcome>;

const LONGEST_NAME = 50;
const KEY_OVERLAP_HOURS = 24;
const GONE: SetupOutcome = { kind: "gone" };

const saveFunnel: Answer = async (form, { shop, admin }) => {
  const { seenVersion = "", intent = "" } = form;
  const problems = problemsInForm(form);
  if (problems.length > 0) return { kind: "stages-invalid", problems };
  const saved = await admin.saveSettings(shop, { seenVersion, funnel: funnelFromForm(form) });
  if (saved.kind === "saved") return { kind: "stages-saved" };
  return saved.kind === "superseded" ? { ...saved, intent } : { kind: "stages-invalid", problems: saved.problems };
};

const makeKey: Answer = async ({ name = "" }, { shop, admin }) => {
  const named = name.trim();
  if (named === "" || named.length > LONGEST_NAME) {
    return { kind: "key-invalid", problems: [{ field: "name", message: problem("key.name", { most: LONGEST_NAME }) }] };
  }
  return { kind: "key-made", key: (await admin.makeApiKey(shop, named)).key };
};

const rotateKey: Answer = async ({ id = "" }, { shop, admin }) => {
  const made = await admin.rotateApiKey(shop, id, KEY_OVERLAP_HOURS);
  return made === null ? GONE : { kind: "key-made", key: made.key };
};

const revokeKey: Answer = async ({ id = "" }, { shop, admin }) =>
  (await admin.revokeApiKey(shop, id)) ? { kind: "revoked" } : GONE;

const connect: Answer = async (form, { shop, admin }) => {
  const made = await admin.connectCrm(shop, form);
  if (!made.ok) return { kind: "hook-invalid", hookId: null, problems: made.problems };
  const { hook, secret } = made.value;
  return { kind: "hook-made", path: pathOf(hook, secret), secret };
};

/** An outbound message of Salesforce can carry its secret in the address alone. */
const pathOf = ({ id, preset }: { id: string; preset: keyof typeof PRESETS }, secret: string | null): string =>
  `/api/leads/hooks/${id}${PRESETS[preset].scheme === "secret-in-address" && secret !== null ? `?secret=${secret}` : ""}`;

const tryMapping: Answer = async (form, { admin }) => {
  const hookId = form["id"] ?? null;
  const preset = HOOK_PRESETS.find((known) => known === form["preset"]) ?? "generic";
  const tried = await admin.tryCrmMapping(preset, form);
  if (!tried.ok) return { kind: "hook-invalid", hookId, problems: tried.problems };
  return { kind: "tried", hookId, items: tried.value.tried ?? [] };
};

const remap: Answer = async (form, { shop, admin }) => {
  const { id = "" } = form;
  return changed(id, await admin.remapCrm(shop, id, form));
};

const renew: Answer = async ({ id = "", secret = "" }, { shop, admin }) =>
  changed(id, await admin.renewCrmSecret(shop, id, secret), (await admin.leadSetup(shop)).hooks);

type Known = readonly { readonly id: string; readonly preset: keyof typeof PRESETS }[];

function changed(hookId: string, change: HookChange, hooks: Known = []): SetupOutcome {
  switch (change.kind) {
    case "mapped":
      return { kind: "hook-mapped" };
    case "renewed": {
      const hook = hooks.find(({ id }) => id === hookId) ?? { id: hookId, preset: "generic" as const };
      return { kind: "hook-made", path: pathOf(hook, change.secret), secret: change.secret };
    }
    case "invalid":
      return { kind: "hook-invalid", hookId, problems: change.problems };
    case "no-such-hook":
      return GONE;
  }
}

const revokeHook: Answer = async ({ id = "" }, { shop, admin }) =>
  (await admin.revokeCrm(shop, id)) ? { kind: "revoked" } : GONE;

const ANSWERS: ReadonlyMap<string, Answer> = new Map([
  ["save-funnel", saveFunnel],
  ["make-key", makeKey],
  ["rotate-key", rotateKey],
  ["revoke-key", revokeKey],
  ["connect-crm", connect],
  ["try-mapping", tryMapping],
  ["remap-crm", remap],
  ["renew-crm", renew],
  ["revoke-crm", revokeHook],
]);

/** Passes each of the page's forms, named by its `intent`, to its port. */
export async function answerSetupForm(form: FormFields, sender: Sender): Promise<SetupOutcome> {
  const answer = ANSWERS.get(form["intent"] ?? "");
  if (answer === undefined) throw new Response("Unknown form", { status: 400 });
  return answer(form, sender);
}

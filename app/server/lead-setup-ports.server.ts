import type { Subject } from "../access/subjects.ts";
import type { Change } from "../access/types.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import { API_SCOPES } from "../leads/api-keys.server.ts";
import type { HookFacts } from "../leads/hooks/hook-store.server.ts";
import { type Preset, PRESETS } from "../leads/hooks/presets.ts";
import { connectCrm, nextSecret, remapHook } from "../pipeline/connect-crm.server.ts";
import { crmMapping } from "../pipeline/crm-mapping.ts";
import { newsletterMakesLeads } from "../settings/form-rules.ts";
import { funnelOf, funnelWarnings } from "../settings/funnel.ts";
import type { AdminPorts } from "./admin-ports.ts";
import type { PortsUser } from "./admin-ports.server.ts";
import type { HookChange, ListedHook, NextSecret } from "./lead-port-types.ts";
import type { OpenApp } from "./open-app.server.ts";

type App = Pick<OpenApp, "apiKeys" | "appUrl" | "crmHooks" | "access" | "profile" | "now">;

const HOUR_MS = 3_600_000;
/** As long as a weekend, in which nobody exchanges a secret in a CRM. */
const SECRET_OVERLAP_MS = 72 * HOUR_MS;

/** API keys and CRMs' addresses. Each change is recorded with who made it, without keys and secrets. */
export const leadSetupPorts = (
  app: App,
  { by }: Pick<PortsUser, "by">,
): Pick<AdminPorts, "leadSetup"> & KeyPorts & HookPorts => {
  const note: Note = (shop, subject, action) =>
    app.access.noteChange(shop, { by, subject, action, before: null, after: null });
  return {
    leadSetup: async (shop) => {
      const [{ settings }, keys, hooks] = await Promise.all([
        app.profile(shop),
        app.apiKeys.list(shop),
        app.crmHooks.list(shop),
      ]);
      const funnel = funnelOf(settings);
      const warnings = funnelWarnings(funnel, { newsletter: newsletterMakesLeads(settings.forms) });
      const origin = app.appUrl;
      return {
        funnel,
        settingsVersion: settings.version,
        warnings,
        keys,
        hooks: hooks.map((hook) => listed(hook, app.now())),
        origin,
      };
    },
    ...keyPorts(app, by, note),
    ...hookPorts(app, by, note),
  };
};

const listed = (hook: HookFacts, now: Date): ListedHook => ({
  ...hook,
  formerUntil: hook.formerUntil !== null && hook.formerUntil > now ? hook.formerUntil : null,
  nextSecret: nextSecretOf(PRESETS[hook.preset]),
});

function nextSecretOf({ secretFrom, scheme }: Preset): NextSecret {
  if (secretFrom === "none") return null;
  if (secretFrom === "crm") return "given";
  return scheme === "secret-in-address" ? "made" : "either";
}

type Note = (shop: ShopDomain, subject: Subject, action: Change["action"]) => Promise<void>;
type KeyPorts = Pick<AdminPorts, "makeApiKey" | "rotateApiKey" | "revokeApiKey">;
type HookPorts = Pick<AdminPorts, "tryCrmMapping" | "connectCrm" | "remapCrm" | "renewCrmSecret" | "revokeCrm">;

const keyPorts = ({ apiKeys }: App, by: string, note: Note): KeyPorts => ({
  makeApiKey: async (shop, name) => {
    const made = await apiKeys.make(shop, { name, scopes: API_SCOPES, by });
    await note(shop, { kind: "api-key", name: made.id }, "made");
    return made;
  },
  rotateApiKey: async (shop, id, overlapHours) => {
    const made = await apiKeys.rotate(shop, id, { overlapMs: overlapHours * HOUR_MS, by });
    if (made !== null) await note(shop, { kind: "api-key", name: id }, "rotated");
    return made;
  },
  revokeApiKey: async (shop, id) => {
    const isRevoked = await apiKeys.revoke(shop, id);
    if (isRevoked) await note(shop, { kind: "api-key", name: id }, "revoked");
    return isRevoked;
  },
});

const hookPorts = ({ crmHooks }: App, by: string, note: Note): HookPorts => {
  const changed = async (
    shop: ShopDomain,
    id: string,
    change: (hook: HookFacts) => Promise<HookChange>,
  ): Promise<HookChange> => {
    const hook = (await crmHooks.list(shop)).find((one) => one.id === id && one.revokedAt === null);
    if (hook === undefined) return { kind: "no-such-hook" };
    const answer = await change(hook);
    const action = answer.kind === "mapped" ? "mapped" : "rotated";
    if (answer.kind === "mapped" || answer.kind === "renewed") {
      await note(shop, { kind: "crm-address", name: hook.name }, action);
    }
    return answer;
  };
  return {
    tryCrmMapping: (preset, input) => Promise.resolve(crmMapping(preset, input)),
    connectCrm: async (shop, input) => {
      const made = await connectCrm(shop, input, { hooks: crmHooks, by });
      if (made.ok) await note(shop, { kind: "crm-address", name: made.value.hook.name }, "made");
      return made;
    },
    remapCrm: (shop, id, input) =>
      changed(shop, id, async (hook) => {
        const mapped = await remapHook(hook, input, { hooks: crmHooks });
        return mapped.ok
          ? { kind: "mapped", tried: mapped.value.tried }
          : { kind: "invalid", problems: mapped.problems };
      }),
    renewCrmSecret: (shop, id, given) =>
      changed(shop, id, async (hook) => {
        const next = nextSecret(hook, given);
        if (!next.ok) return { kind: "invalid", problems: next.problems };
        const { secret, isOurs } = next.value;
        await crmHooks.rotate(shop, id, { secret, overlapMs: SECRET_OVERLAP_MS });
        return { kind: "renewed", secret: isOurs ? secret : null };
      }),
    revokeCrm: async (shop, id) => {
      // The ID is a part of the address, so records name it by what the merchant calls it.
      const name = (await crmHooks.list(shop)).find((one) => one.id === id)?.name ?? "";
      const isRevoked = await crmHooks.revoke(shop, id);
      if (isRevoked) await note(shop, { kind: "crm-address", name }, "revoked");
      return isRevoked;
    },
  };
};

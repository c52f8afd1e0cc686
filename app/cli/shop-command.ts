import { shopDomain, type ShopDomain } from "../event-contract/event-id.ts";
import type { Pixel, Settings, ShopProfile } from "../settings/types.ts";
import { parsePixelInput, parseSettingsInput } from "../settings/validate-settings.ts";
import { changesIn, inOptionNames, parseShopOptions, SHOP_HELP, type ShopOptions as Values } from "./shop-options.ts";
import { type Answer, knownShop, optionProblemIn, pixelFacts, refused } from "./shop-answer.ts";
import { listKeys, makeKey, revokeKey, rotateKey } from "./shop-keys.ts";
import { importFile } from "./shop-import.ts";
import { listHooks, makeHook, mapHook, revokeHook, rotateHook } from "./shop-hooks.ts";
import { listStaff, setRole } from "./shop-roles.ts";
import { filterPixel, mapEvent } from "./shop-routing.ts";
import { newsletterMakesLeads } from "../settings/form-rules.ts";
import { funnelOf, funnelWarnings } from "../settings/funnel.ts";
import { costProblemIn } from "../wording/cost-problem-in-words.ts";
import { ENGLISH } from "../wording/english.ts";
import { funnelWarningIn } from "../wording/lead-words.ts";
import type { Access } from "../access/access.server.ts";
import type { PixelEdits } from "../server/recorded-edits.server.ts";
import type { CostState } from "../costs/types.ts";
import type { UnitCosts } from "../costs/unit-costs.server.ts";
import type { ApiKeys } from "../leads/api-keys.server.ts";
import type { HookStore } from "../leads/hooks/hook-store.server.ts";
import type { ReachStagesDeps } from "../pipeline/reach-stages.ts";
import type { SettingsStore } from "../settings/settings-store.server.ts";

export type ShopCommandResult = { readonly exitCode: 0 | 1 | 2; readonly stdout: string; readonly stderr: string };

export type ShopCommandPorts = {
  readonly settings: Omit<SettingsStore, keyof PixelEdits>;
  /** The changes to pixels, recorded as the operator's. */
  readonly edits: Omit<PixelEdits, "disconnect">;
  readonly access: Pick<Access, "staff" | "setRole">;
  readonly apiKeys: ApiKeys;
  readonly crmHooks: HookStore;
  readonly reachStages: ReachStagesDeps;
  readonly unitCosts: Pick<UnitCosts, "stateOf">;
  /** Deletes the pixel and refuses its waiting deliveries; false if the shop has no such pixel. */
  readonly disconnect: (shop: ShopDomain, metaPixelId: string) => Promise<boolean>;
  /** Called after a change, to publish it to the browser legs if the app is installed. */
  readonly changed: (shop: ShopDomain) => Promise<void>;
  /** Requeues the held deliveries of a repaired pixel. */
  readonly releaseHeld: (pixel: Pixel) => Promise<void>;
};

/** Runs one `npm run shop` command. Prints nothing itself, because a running app answers other processes. */
export async function runShopCommand(argv: readonly string[], ports: ShopCommandPorts): Promise<ShopCommandResult> {
  let parsed: ReturnType<typeof parseShopOptions>;
  try {
    parsed = parseShopOptions(argv);
  } catch (error) {
    return {
      exitCode: 2,
      stdout: "",
      stderr: `${error instanceof Error ? error.message : String(error)}\n\n${SHOP_HELP}\n`,
    };
  }
  const [command = "", file] = parsed.positionals;
  const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (!run) {
    return {
      exitCode: 2,
      stdout: "",
      stderr: `${command ? `unknown command "${command}"` : "no command given"}\n\n${SHOP_HELP}\n`,
    };
  }
  return printed(
    await run({ ...(file !== undefined && { file }), ...parsed.values }, ports),
    parsed.values.json === true,
  );
}

function printed(answer: Answer, asJson: boolean): ShopCommandResult {
  if (answer.kind === "done") {
    return { exitCode: 0, stdout: `${asJson ? JSON.stringify(answer.facts) : answer.text}\n`, stderr: "" };
  }
  const problems = answer.problems.map(optionProblemIn);
  const text = problems.map(({ field, message }) => `--${field}: ${message}`).join("\n");
  return {
    exitCode: 1,
    stdout: asJson ? `${JSON.stringify({ problems })}\n` : "",
    stderr: `${text}\n`,
  };
}

const COMMANDS: Readonly<Record<string, (values: Values, ports: ShopCommandPorts) => Promise<Answer>>> = {
  async connect(values, ports) {
    const shop = shopDomain(values.shop);
    if (shop === null) return refused("shop", "give the shop's permanent domain, such as example.myshopify.com");
    const { pixel: pixelId = "", token = "", "test-code": testEventCode = "" } = values;
    const input = parsePixelInput({ pixelId, token, testEventCode });
    if (!input.ok) return { kind: "refused", problems: input.problems.map(inOptionNames) };
    const { pixels } = await ports.settings.ensureShop(shop, "operator");
    const hasToken = pixels.some((known) => known.metaPixelId === input.value.metaPixelId && known.hasToken);
    if (input.value.token === null && !hasToken) {
      return refused(
        "token",
        "this pixel has no token yet; make one in Events Manager: your pixel, Settings, Conversions API",
      );
    }
    const pixel = await ports.edits.connect(shop, input.value);
    await ports.releaseHeld(pixel);
    await ports.changed(shop);
    return {
      kind: "done",
      facts: { shop, destination: pixelFacts(pixel) },
      text: `${shop}: pixel ${pixel.metaPixelId} is connected and ${pixel.state}.`,
    };
  },

  async list(_values, ports) {
    const profiles = await ports.settings.list();
    const text =
      profiles.map(inOneLine).join("\n") || "No shop is connected yet. Start with: npm run shop -- connect --help";
    return { kind: "done", facts: { shops: profiles.map(shown) }, text };
  },

  async show(values, ports) {
    const profile = await knownShop(values, ports);
    if ("kind" in profile) return profile;
    const settings = Object.entries(profile.settings).map(
      ([name, value]) => `  ${name}: ${typeof value === "object" ? JSON.stringify(value) : value}`,
    );
    const unitCosts = await ports.unitCosts.stateOf(profile.shop);
    const lines = [
      `  collector: /collect/${profile.ingestKey}`,
      `  unit costs: ${costsInWords(unitCosts)}`,
      ...settings,
    ];
    return {
      kind: "done",
      facts: { ...shown(profile), unitCosts },
      text: [inOneLine(profile), ...lines].join("\n"),
    };
  },

  async set(values, ports) {
    const profile = await knownShop(values, ports);
    if ("kind" in profile) return profile;
    const input = parseSettingsInput(changesIn(values));
    if (!input.ok) return { kind: "refused", problems: input.problems.map(inOptionNames) };
    const saved = await ports.settings.save(profile.shop, input.value, "operator");
    await ports.changed(profile.shop);
    return {
      kind: "done",
      facts: { shop: profile.shop, settings: saved },
      text: [`${profile.shop}: settings version ${saved.version} saved.`, ...warningsOf(saved, values)].join("\n"),
    };
  },

  filter: filterPixel,
  map: mapEvent,
  staff: listStaff,
  "set-role": setRole,
  "make-key": makeKey,
  keys: listKeys,
  "rotate-key": rotateKey,
  "revoke-key": revokeKey,
  "import-stages": importFile,
  "make-hook": makeHook,
  hooks: listHooks,
  "map-hook": mapHook,
  "rotate-hook": rotateHook,
  "revoke-hook": revokeHook,

  pause: (values, ports) => setState(values, ports, "paused"),
  resume: (values, ports) => setState(values, ports, "active"),

  "remove-code": async (values, ports) => {
    const profile = await knownShop(values, ports);
    if ("kind" in profile) return profile;
    const pixel = profile.pixels.find(({ metaPixelId }) => metaPixelId === values.pixel);
    if (pixel === undefined || !(await ports.edits.removeTestCode(profile.shop, pixel.id))) {
      return refused("pixel", `${profile.shop} has no pixel ${values.pixel ?? ""} with a test event code`);
    }
    return {
      kind: "done",
      facts: { shop: profile.shop, pixel: pixel.metaPixelId, testEventCode: null },
      text: `${profile.shop}: pixel ${pixel.metaPixelId} has no test event code any more.`,
    };
  },

  async disconnect(values, ports) {
    const profile = await knownShop(values, ports);
    if ("kind" in profile) return profile;
    if (values.pixel === undefined) return refused("pixel", "say which pixel to disconnect");
    if (!(await ports.disconnect(profile.shop, values.pixel))) {
      return refused("pixel", `${profile.shop} has no pixel ${values.pixel}`);
    }
    await ports.changed(profile.shop);
    return {
      kind: "done",
      facts: { shop: profile.shop, disconnected: values.pixel },
      text: `${profile.shop}: pixel ${values.pixel} is disconnected and its token forgotten.`,
    };
  },
};

async function setState(values: Values, ports: ShopCommandPorts, state: "active" | "paused"): Promise<Answer> {
  const profile = await knownShop(values, ports);
  if ("kind" in profile) return profile;
  const meant = profile.pixels.filter(({ metaPixelId }) => values.pixel === undefined || metaPixelId === values.pixel);
  if (meant.length === 0) {
    return refused("pixel", `${profile.shop} has no ${values.pixel === undefined ? "pixel" : `pixel ${values.pixel}`}`);
  }
  for (const pixel of meant) {
    await ports.edits.setState(profile.shop, pixel.id, state, null);
    if (state === "active") await ports.releaseHeld(pixel);
  }
  await ports.changed(profile.shop);
  const metaPixelIds = meant.map(({ metaPixelId }) => metaPixelId);
  return {
    kind: "done",
    facts: { shop: profile.shop, state, pixelIds: metaPixelIds },
    text: `${profile.shop}: ${metaPixelIds.join(", ")} ${state}.`,
  };
}

const costsInWords = ({ withCost, variants, problem }: CostState): string =>
  `known for ${withCost} of ${variants} variants sold${problem === null ? "" : `. ${costProblemIn(ENGLISH, problem)}`}`;

const inOneLine = ({ shop, installed, pixels }: ShopProfile): string =>
  `${shop}${installed ? "" : " (uninstalled)"}: ${
    pixels
      .map(
        ({ metaPixelId, state, stateReason }) =>
          `${metaPixelId} ${state}${stateReason === null ? "" : ` (${stateReason})`}`,
      )
      .join(", ") || "no pixel"
  }`;

const shown = ({ shop, installed, ingestKey, settings, pixels }: ShopProfile): object => ({
  shop,
  installed,
  collectPath: `/collect/${ingestKey}`,
  settings,
  destinations: pixels.map(pixelFacts),
});

/** What a merchant should know of the funnel that was saved. */
const warningsOf = (settings: Settings, { funnel }: Pick<Values, "funnel">): readonly string[] =>
  funnel === undefined
    ? []
    : funnelWarnings(funnelOf(settings), { newsletter: newsletterMakesLeads(settings.forms) }).map((warning) =>
        funnelWarningIn(ENGLISH, warning),
      );

import type { ShopDomain } from "../../event-contract/event-id.ts";
import type { AdminPorts, PixelChanged } from "../../server/admin-ports.ts";
import type { FormFields } from "../app/fields-of-form.ts";
import { withFormRules } from "./forms-view.ts";
import type { InvalidSettings, SettingsOutcome } from "./settings-outcome.ts";

/** The ports that the settings page's forms use. */
export type FormPorts = Pick<
  AdminPorts,
  "saveSettings" | "connectPixel" | "filterPixel" | "setPixelState" | "disconnectPixel"
>;

type Sender = { readonly shop: ShopDomain; readonly admin: FormPorts };

/** Passes each of the settings page's forms, named by its `intent`, to the port that answers it. */
export async function answerSettingsForm(form: FormFields, { shop, admin }: Sender): Promise<SettingsOutcome> {
  const { intent = "", ...fields } = form;
  const invalid = SAVES.get(intent);
  if (invalid === undefined) return answerPixelForm(intent, fields, { shop, ports: admin });
  const answer = await admin.saveSettings(shop, withFormRules(fields));
  switch (answer.kind) {
    case "saved":
      return { ...answer, kind: "settings-saved" };
    case "superseded":
      return { ...answer, intent };
    case "invalid":
      return { ...answer, kind: invalid };
  }
}

/** The forms that save settings, and the outcome of each when its input is invalid. */
const SAVES: ReadonlyMap<string, InvalidSettings> = new Map([
  ["save-settings", "settings-invalid"],
  ["save-mapping", "mapping-invalid"],
  ["save-orders", "orders-invalid"],
  ["save-consent", "consent-invalid"],
  ["save-forms", "forms-invalid"],
]);

type FormDeps = { readonly shop: ShopDomain; readonly ports: FormPorts };

async function answerPixelForm(
  intent: string,
  fields: FormFields,
  { shop, ports }: FormDeps,
): Promise<SettingsOutcome> {
  const { pixelId: metaPixelId = "", destinationId: pixelId = "", token = "", testEventCode = "" } = fields;
  switch (intent) {
    case "connect-pixel": {
      const answer = await ports.connectPixel(shop, { pixelId: metaPixelId, token, testEventCode });
      return answer.kind === "connected"
        ? { ...answer, kind: "pixel-connected" }
        : { ...answer, kind: "pixel-invalid" };
    }
    case "filter-pixel":
      return filteredOutcome(metaPixelId, await ports.filterPixel(shop, metaPixelId, filterFrom(fields)));
    case "pause-pixel":
      return changedOutcome("paused", await ports.setPixelState(shop, pixelId, "paused"));
    case "resume-pixel":
      return changedOutcome("resumed", await ports.setPixelState(shop, pixelId, "active"));
    case "disconnect-pixel":
      return changedOutcome("disconnected", await ports.disconnectPixel(shop, metaPixelId));
    default:
      throw new Response("Unknown form", { status: 400 });
  }
}

type Filtered = Awaited<ReturnType<AdminPorts["filterPixel"]>>;

function filteredOutcome(metaPixelId: string, answer: Filtered): SettingsOutcome {
  if (answer.kind === "no-such-pixel") return { kind: "pixel-missing" };
  return answer.kind === "saved"
    ? { kind: "pixel-filtered", publishProblem: answer.publishProblem }
    : { kind: "filter-invalid", metaPixelId, problems: answer.problems };
}

type Change = Extract<SettingsOutcome, { kind: "pixel-changed" }>["change"];

const changedOutcome = (change: Change, answer: PixelChanged): SettingsOutcome =>
  answer === "changed" ? { kind: "pixel-changed", change } : { kind: "pixel-missing" };

const filterFrom = (fields: FormFields) => ({
  countries: fields["countries"] ?? "",
  channels: checkedIn(fields, "channels."),
  events: checkedIn(fields, "events."),
});

/** The boxes of a group that are checked, by what follows the group's prefix. */
const checkedIn = (fields: FormFields, prefix: string): readonly string[] =>
  Object.keys(fields).flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));

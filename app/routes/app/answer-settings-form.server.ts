import { changesNothing } from "../../dry-run/rehearsal.ts";
import type { ShopDomain } from "../../event-contract/event-id.ts";
import type { AdminPorts, PixelChanged } from "../../server/admin-ports.ts";
import type { SettingsOutcome } from "../../components/settings/settings-outcome.ts";
import { withFormRules } from "../../settings/form-fields.ts";
import type { FormFields } from "./fields-of-form.ts";

/** The ports that the forms of settings use. */
export type FormPorts = Pick<
  AdminPorts,
  "saveSettings" | "rehearse" | "connectPixel" | "filterPixel" | "setPixelState" | "removeTestCode" | "disconnectPixel"
>;

type Sender = { readonly shop: ShopDomain; readonly admin: FormPorts };

/** Passes each form of the settings, named by its `intent`, to the port that answers it. */
export async function answerSettingsForm(form: FormFields, { shop, admin }: Sender): Promise<SettingsOutcome> {
  const { intent = "", ...fields } = form;
  if (intent !== "save-settings") return answerPixelForm(intent, fields, { shop, ports: admin });
  return answerSave(withFormRules(fields), { shop, admin });
}

/** Saves, unless the author has yet to see what it would have changed, or that nobody knows. */
async function answerSave({ rehearsed, ...input }: FormFields, { shop, admin }: Sender): Promise<SettingsOutcome> {
  const rehearsal = rehearsed === "yes" ? null : await admin.rehearse(shop, input);
  if (rehearsal === "failed") return { kind: "not-rehearsed" };
  if (rehearsal !== null && !changesNothing(rehearsal)) return { kind: "rehearsed", rehearsal };
  const answer = await admin.saveSettings(shop, input);
  switch (answer.kind) {
    case "saved":
      return { ...answer, kind: "settings-saved", unrehearsed: rehearsal?.unrehearsed ?? [] };
    case "superseded":
      return { ...answer, intent: "save-settings" };
    case "invalid":
      return { ...answer, kind: "settings-invalid" };
  }
}

type FormDeps = { readonly shop: ShopDomain; readonly ports: FormPorts };

async function answerPixelForm(
  intent: string,
  fields: FormFields,
  { shop, ports }: FormDeps,
): Promise<SettingsOutcome> {
  const { pixelId: metaPixelId = "", destinationId: pixelId = "" } = fields;
  switch (intent) {
    case "connect-pixel":
      return connected(fields, { shop, ports });
    case "filter-pixel":
      return filteredOutcome(metaPixelId, await ports.filterPixel(shop, metaPixelId, filterFrom(fields)));
    case "pause-pixel":
      return changedOutcome("paused", await ports.setPixelState(shop, pixelId, "paused"));
    case "resume-pixel":
      return changedOutcome("resumed", await ports.setPixelState(shop, pixelId, "active"));
    case "remove-test-code":
      return testCodeOutcome(await ports.removeTestCode(shop, pixelId));
    case "disconnect-pixel":
      return changedOutcome("disconnected", await ports.disconnectPixel(shop, metaPixelId));
    default:
      throw new Response("Unknown form", { status: 400 });
  }
}

/** Connects a pixel. The form of the first one also has the choice when an order counts. */
async function connected(fields: FormFields, { shop, ports }: FormDeps): Promise<SettingsOutcome> {
  const { pixelId = "", token = "", testEventCode = "", purchaseTrigger, triggerTag } = fields;
  const choices = {
    ...(purchaseTrigger !== undefined && { purchaseTrigger }),
    ...(triggerTag !== undefined && { triggerTag }),
  };
  const answer = await ports.connectPixel(shop, { pixelId, token, testEventCode, ...choices });
  return answer.kind === "connected" ? { ...answer, kind: "pixel-connected" } : { ...answer, kind: "pixel-invalid" };
}

type Filtered = Awaited<ReturnType<AdminPorts["filterPixel"]>>;

function filteredOutcome(metaPixelId: string, answer: Filtered): SettingsOutcome {
  if (answer.kind === "no-such-pixel") return { kind: "pixel-missing" };
  return answer.kind === "saved"
    ? { kind: "pixel-filtered" }
    : { kind: "filter-invalid", metaPixelId, problems: answer.problems };
}

type Change = Extract<SettingsOutcome, { kind: "pixel-changed" }>["change"];

const changedOutcome = (change: Change, answer: PixelChanged): SettingsOutcome =>
  answer === "changed" ? { kind: "pixel-changed", change } : { kind: "pixel-missing" };

const testCodeOutcome = (answer: PixelChanged): SettingsOutcome => ({
  kind: "test-code",
  done: answer === "changed" ? "code-removed" : "code-gone",
});

const filterFrom = (fields: FormFields) => ({
  countries: fields["countries"] ?? "",
  channels: checkedIn(fields, "channels."),
  events: checkedIn(fields, "events."),
});

/** The boxes of a group that are checked, by what follows the group's prefix. */
const checkedIn = (fields: FormFields, prefix: string): readonly string[] =>
  Object.keys(fields).flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));

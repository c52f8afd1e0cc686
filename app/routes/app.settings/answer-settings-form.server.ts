import type { ShopDomain } from "../../event-contract/event-id.ts";
import type { AdminPorts } from "../../journey/admin-ports.ts";
import type { SettingsOutcome } from "../../dashboard/settings-outcome.ts";

type Sender = { readonly shop: ShopDomain; readonly userId: string };

/** Passes each of the settings page's forms, named by its `intent`, to the port that answers it. */
export async function answerSettingsForm(
  form: FormData,
  { shop, userId }: Sender,
  ports: AdminPorts,
): Promise<SettingsOutcome> {
  const fields = textFields(form);
  switch (fields["intent"] ?? "") {
    case "save-settings":
      return savedOutcome(await ports.saveSettings(shop, withoutIntent(fields), `shopify-user ${userId}`));
    case "save-mapping": {
      const answer = await ports.saveSettings(shop, withoutIntent(fields), `shopify-user ${userId}`);
      return answer.kind === "saved" ? savedOutcome(answer) : { ...answer, kind: "mapping-invalid" };
    }
    default:
      return answerPixelForm(fields, shop, ports);
  }
}

async function answerPixelForm(fields: Fields, shop: ShopDomain, ports: AdminPorts): Promise<SettingsOutcome> {
  const { pixelId = "", destinationId = "", token = "", testEventCode = "" } = fields;
  switch (fields["intent"] ?? "") {
    case "connect-pixel": {
      const answer = await ports.connectPixel(shop, { pixelId, token, testEventCode });
      return answer.kind === "connected"
        ? { ...answer, kind: "pixel-connected" }
        : { ...answer, kind: "pixel-invalid" };
    }
    case "filter-pixel":
      return filteredOutcome(pixelId, await ports.filterPixel(shop, pixelId, filterFrom(fields)));
    case "pause-pixel":
      await ports.setPixelState(shop, destinationId, "paused");
      return { kind: "pixel-changed", change: "paused" };
    case "resume-pixel":
      await ports.setPixelState(shop, destinationId, "active");
      return { kind: "pixel-changed", change: "resumed" };
    case "disconnect-pixel":
      await ports.disconnectPixel(shop, pixelId);
      return { kind: "pixel-changed", change: "disconnected" };
    default:
      throw new Response("Unknown form", { status: 400 });
  }
}

type Fields = Readonly<Record<string, string>>;
type Saved = Awaited<ReturnType<AdminPorts["saveSettings"]>>;

const savedOutcome = (answer: Saved): SettingsOutcome =>
  answer.kind === "saved" ? { ...answer, kind: "settings-saved" } : { ...answer, kind: "settings-invalid" };

type Filtered = Awaited<ReturnType<AdminPorts["filterPixel"]>>;

const filteredOutcome = (pixelId: string, answer: Filtered): SettingsOutcome =>
  answer.kind === "saved"
    ? { kind: "pixel-filtered", publishProblem: answer.publishProblem }
    : { kind: "filter-invalid", pixelId, problems: answer.problems };

const filterFrom = (fields: Fields) => ({
  countries: fields["countries"] ?? "",
  channels: listIn(fields["channels"]),
  events: listIn(fields["events"]),
});

const listIn = (text = ""): readonly string[] => text.split(",").filter((name) => name !== "");

// Files are not part of any of these forms.
const textFields = (form: FormData): Fields =>
  Object.fromEntries([...form].filter((entry): entry is [string, string] => typeof entry[1] === "string"));

const withoutIntent = ({ intent: _, ...fields }: Fields): Fields => fields;

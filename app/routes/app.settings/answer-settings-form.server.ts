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
  const pixelId = fields["pixelId"] ?? "";
  const destinationId = fields["destinationId"] ?? "";
  switch (fields["intent"] ?? "") {
    case "save-settings":
      return savedOutcome(await ports.saveSettings(shop, withoutIntent(fields), `shopify-user ${userId}`));
    case "connect-pixel": {
      const input = { pixelId, token: fields["token"] ?? "", testEventCode: fields["testEventCode"] ?? "" };
      const answer = await ports.connectPixel(shop, input);
      return answer.kind === "connected"
        ? { ...answer, kind: "pixel-connected" }
        : { ...answer, kind: "pixel-invalid" };
    }
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

type Saved = Awaited<ReturnType<AdminPorts["saveSettings"]>>;

const savedOutcome = (answer: Saved): SettingsOutcome =>
  answer.kind === "saved" ? { ...answer, kind: "settings-saved" } : { ...answer, kind: "settings-invalid" };

// Files are not part of any of these forms.
const textFields = (form: FormData): Readonly<Record<string, string>> =>
  Object.fromEntries([...form].filter((entry): entry is [string, string] => typeof entry[1] === "string"));

const withoutIntent = ({ intent: _, ...fields }: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  fields;

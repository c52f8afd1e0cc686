import { describe, expect, test } from "vitest";
import { answerSettingsForm, type FormPorts } from "../../app/routes/app/answer-settings-form.server.ts";
import { statusOf, toastFor } from "../../app/components/settings/settings-outcome.ts";
import { shopDomain } from "../../app/event-contract/event-id.ts";
import { fieldsOfForm } from "../../app/routes/app/fields-of-form.ts";
import { ENGLISH } from "../../app/wording/english.ts";

const unexpected = async (): Promise<never> => {
  throw new Error("this form has nothing to do with it");
};

/** The ports of a shop without a pixel. */
const admin: FormPorts = {
  saveSettings: unexpected,
  rehearse: unexpected,
  connectPixel: unexpected,
  setPixelState: async () => "no-such-pixel",
  removeTestCode: async () => "no-such-pixel",
  filterPixel: async () => ({ kind: "no-such-pixel" }),
  disconnectPixel: async () => "no-such-pixel",
};

test.each(["pause-pixel", "resume-pixel", "filter-pixel", "disconnect-pixel"])(
  "%s of a pixel that the shop does not have says so, with 404",
  async (intent) => {
    const shop = shopDomain("tea.myshopify.com");
    if (shop === null) throw new Error("not a shop domain");
    const form = { intent, pixelId: "not-a-uuid", metaPixelId: "1" };

    const outcome = await answerSettingsForm(form, { shop, admin });

    expect(statusOf(outcome)).toBe(404);
    expect(toastFor(outcome, ENGLISH)).toEqual({
      message: "Nothing changed: this shop has no such pixel. Reload the page",
      isError: true,
    });
  },
);

test("a test event code that somebody removed before is said to be gone", async () => {
  const shop = shopDomain("tea.myshopify.com");
  if (shop === null) throw new Error("not a shop domain");
  const gone = await answerSettingsForm({ intent: "remove-test-code", destinationId: "1" }, { shop, admin });
  expect(toastFor(gone, ENGLISH)).toEqual({ message: "This pixel has no test event code any more.", isError: true });
  const ports: FormPorts = { ...admin, removeTestCode: async () => "changed" };
  const removed = await answerSettingsForm({ intent: "remove-test-code", destinationId: "1" }, { shop, admin: ports });
  expect(toastFor(removed, ENGLISH).isError).toBe(false);
});

describe("a posted form", () => {
  const posted = (body: string, type = "application/x-www-form-urlencoded"): Request =>
    new Request("https://tandem.example/app/settings", { method: "POST", headers: { "content-type": type }, body });

  test("contains no text that the database would refuse", async () => {
    expect(await fieldsOfForm(posted("pixelId=1%00"))).toEqual({ pixelId: "1\uFFFD" });
  });

  test("has only its own fields, whatever their names", async () => {
    const fields = await fieldsOfForm(posted("__proto__=1&constructor=2"));
    expect(Object.keys(fields)).toEqual(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
  });

  test.each([
    ["{}", "application/json"],
    ["--x", "multipart/form-data; boundary=y"],
    ["a=b", "nonsense"],
  ])("that is none is a 400: %s as %s", async (body, type) => {
    const refusal: unknown = await fieldsOfForm(posted(body, type)).catch((thrown: unknown) => thrown);
    expect(refusal).toMatchObject({ status: 400 });
  });
});

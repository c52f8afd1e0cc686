import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { describe, expect, test } from "vitest";
import { ACTION_FIELDS, SEND_STAGE } from "../../app/shopify/flow/parse-action-run.ts";
import {
  EVENT_REFUSED,
  eventRefused,
  LEAD_REACHED_STAGE,
  leadReachedStage,
  TRIGGERS,
} from "../../app/shopify/flow/triggers.ts";
import { readFlowExtensions } from "../simulators/shopify/flow-extensions.ts";

const toml = (path: string) => parse(readFileSync(path, "utf8"));

describe("the triggers of Shopify Flow", () => {
  const { triggers, lifecycleUrl } = readFlowExtensions("extensions", "https://tandem.example.com");
  const names = (handle: string): unknown => {
    const folder = handle.replace("tandem-", "tandem-flow-");
    return (toml(`extensions/${folder}/shopify.extension.toml`)["extensions"] as { readonly name: string }[])[0]?.name;
  };

  test("have the handles, names and fields of what is sent", () => {
    const stage = { stage: "", reference: null, leadId: "", eventId: null, reachedAt: new Date(0), source: "api" };
    const refused = { eventName: "", eventId: "", pixelId: "", reason: "", refusedAt: "" };
    const payloads = {
      [LEAD_REACHED_STAGE]: leadReachedStage(stage),
      [EVENT_REFUSED]: eventRefused(refused, { orderName: null, metaPixelId: null }),
    };
    const declared = triggers.map(({ handle, fields }) => [handle, fields.map(({ key }) => key)]);
    expect(Object.fromEntries(declared)).toEqual(
      Object.fromEntries(Object.entries(payloads).map(([handle, payload]) => [handle, Object.keys(payload)])),
    );
    for (const [handle, name] of Object.entries(TRIGGERS)) expect(names(handle)).toBe(name);
  });

  test("have an address that hears which shops use them", () => {
    expect(lifecycleUrl).toBe("https://tandem.example.com/api/flow/triggers");
  });
});

describe("the action of Shopify Flow", () => {
  const [action = {}] = toml("extensions/tandem-flow-send-stage/shopify.extension.toml")["extensions"] as object[];
  const { actions } = readFlowExtensions("extensions", "https://tandem.example.com");

  test("is at the address that answers it, under the handle that is looked for there", () => {
    expect(action).toMatchObject({ type: "flow_action", handle: SEND_STAGE, runtime_url: "/api/flow/stages" });
    expect(actions.map(({ handle, url }) => [handle, url])).toEqual([
      [SEND_STAGE, "https://tandem.example.com/api/flow/stages"],
    ]);
  });

  test("has the fields that are read, of which the stage alone is required", () => {
    const fields = actions[0]?.fields ?? [];
    expect(fields.map(({ key }) => key).sort()).toEqual([...ACTION_FIELDS].sort());
    expect(fields.filter(({ required }) => required).map(({ key }) => key)).toEqual(["stage"]);
  });
});

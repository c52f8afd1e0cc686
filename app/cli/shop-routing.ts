import { warningIn } from "../wording/mapping-words.ts";
import { ENGLISH } from "../wording/english.ts";
import { EVENT_NAMES, isEventName } from "../event-contract/event-name.ts";
import { type FilterInput, parsePixelFilter, SALES_CHANNELS } from "../settings/pixel-filter.ts";
import { DEFAULT_MAPPING, eventRule, mappingWarnings } from "../settings/event-mapping.ts";
import { mappingField, parseEventMapping, PRIMARY_FIELD } from "../settings/parse-event-mapping.ts";
import type { Pixel } from "../settings/types.ts";
import { type Answer, knownShop, pixelFacts, refused } from "./shop-answer.ts";
import type { ShopCommandPorts } from "./shop-command.ts";
import type { ShopOptions } from "./shop-options.ts";

/** `shop filter`: limits which events one pixel gets. An option that is not given stays; `all` removes a limit. */
export async function filterPixel(values: ShopOptions, ports: ShopCommandPorts): Promise<Answer> {
  const profile = await knownShop(values, ports);
  if ("kind" in profile) return profile;
  const { shop } = profile;
  const pixel = profile.pixels.find(({ metaPixelId }) => metaPixelId === values.pixel);
  if (!pixel) return refused("pixel", `${shop} has no pixel ${values.pixel ?? ""}; say which one to limit`);
  const filter = parsePixelFilter({ ...inputOf(pixel), ...givenLimits(values) });
  if (!filter.ok) return { kind: "refused", problems: filter.problems };
  await ports.edits.setFilter(shop, pixel.metaPixelId, filter.value);
  await ports.changed(shop);
  const limited = { ...pixel, ...filter.value };
  return {
    kind: "done",
    facts: { shop, destination: pixelFacts(limited) },
    text: `${shop}: ${limitsInWords(limited)}`,
  };
}

const inputOf = ({ countries, channels, eventsOff }: Pixel): FilterInput => ({
  countries: countries?.join(",") ?? "all",
  channels: channels ?? SALES_CHANNELS,
  events: EVENT_NAMES.filter((name) => !eventsOff.includes(name)),
});

const givenLimits = ({ countries, channels, events }: ShopOptions): Partial<FilterInput> => ({
  ...(countries !== undefined && { countries }),
  ...(channels !== undefined && { channels: listed(channels, SALES_CHANNELS) }),
  ...(events !== undefined && { events: listed(events, EVENT_NAMES) }),
});

/** The names in a list such as `a,b`; all names for `all`. */
const listed = (text: string, every: readonly string[]): readonly string[] =>
  text.trim() === "all" ? every : text.split(",").map((name) => name.trim());

const limitsInWords = ({ metaPixelId, countries, channels, eventsOff }: Pixel): string =>
  `pixel ${metaPixelId} takes countries ${countries?.join(", ") ?? "all"}; channels ${channels?.join(", ") ?? "all"}; ` +
  `events ${eventsOff.length === 0 ? "all" : `all but ${eventsOff.join(", ")}`}.`;

/** `shop map`: how one action is reported, and which action is the primary one. */
export async function mapEvent(values: ShopOptions, ports: ShopCommandPorts): Promise<Answer> {
  const profile = await knownShop(values, ports);
  if ("kind" in profile) return profile;
  const { shop, settings } = profile;
  const { event: action, as, legs, primary } = values;
  if (!isEventName(action)) return refused("event", `name one of ${EVENT_NAMES.join(", ")}`);
  const change = {
    ...(as !== undefined && { [mappingField(action, "as")]: as }),
    ...(legs !== undefined && { [mappingField(action, "legs")]: legs }),
    ...(primary === true && { [PRIMARY_FIELD]: action }),
  };
  const mapping = parseEventMapping(change, settings.mapping ?? DEFAULT_MAPPING);
  if (!mapping.ok) {
    const options = mapping.problems.map(({ field, message }) => ({
      field: field.split(".").at(-1) ?? field,
      message,
    }));
    return { kind: "refused", problems: options };
  }
  const saved = await ports.settings.save(shop, { mapping: mapping.value }, "operator");
  await ports.changed(shop);
  const rule = eventRule(mapping.value, action);
  const warnings = mappingWarnings(mapping.value).map((warning) => warningIn(ENGLISH, warning));
  const said = `${shop}: settings version ${saved.version} saved. ${action} is sent as ${rule.as}, legs: ${rule.legs}.`;
  return {
    kind: "done",
    facts: { shop, version: saved.version, mapping: mapping.value, warnings },
    text: [said, ...warnings.map((warning) => `Warning: ${warning}`)].join("\n"),
  };
}

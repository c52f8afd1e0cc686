import type { ShopDomain } from "../event-contract/event-id.ts";
import type { ChangeLog } from "../access/change-log.server.ts";
import type { Subject } from "../access/subjects.ts";
import type { Actor, Change, Facts } from "../access/types.ts";
import type { PixelStore } from "../settings/pixel-store.server.ts";
import type { SettingsStore } from "../settings/settings-store.server.ts";
import type { Pixel } from "../settings/types.ts";

/** The changes to pixels that people make. Whoever offers them to people offers these, not the store's own. */
export type PixelEdits = Pick<PixelStore, "connect" | "removeTestCode" | "setState" | "setFilter" | "disconnect">;

type Parts = {
  readonly settings: PixelEdits & Pick<SettingsStore, "profile">;
  readonly noteChange: ChangeLog["add"];
};

/** The store's changes to pixels, each recorded with who made it and what it was before. Tokens are not recorded. */
export function recordedEdits({ settings, noteChange }: Parts, by: Actor): PixelEdits {
  const pixelsOf = async (shop: ShopDomain): Promise<readonly Pixel[]> => (await settings.profile(shop))?.pixels ?? [];
  const recorded = async (
    shop: ShopDomain,
    isMeant: (pixel: Pixel) => boolean,
    { action, change }: { readonly action: Change["action"]; readonly change: () => Promise<boolean> },
  ): Promise<boolean> => {
    const before = (await pixelsOf(shop)).find(isMeant);
    if (!(await change())) return false;
    const after = (await pixelsOf(shop)).find(isMeant);
    const subject = subjectOf(before ?? after);
    await noteChange(shop, { by, subject, action, before: factsOf(before), after: factsOf(after) });
    return true;
  };

  return {
    connect: async (shop, input) => {
      const before = (await pixelsOf(shop)).find(({ metaPixelId }) => metaPixelId === input.metaPixelId);
      const after = await settings.connect(shop, input);
      const again = input.token === null ? "connected-again" : "token-replaced";
      const action = before === undefined ? "connected" : again;
      await noteChange(shop, { by, subject: subjectOf(after), action, before: factsOf(before), after: factsOf(after) });
      return after;
    },
    removeTestCode: (shop, id) =>
      recorded(shop, (pixel) => pixel.id === id, {
        action: "test-code-removed",
        change: () => settings.removeTestCode(shop, id),
      }),
    setState: (shop, id, ...next) =>
      recorded(shop, (pixel) => pixel.id === id, {
        action: next[0] === "paused" ? "paused" : "resumed",
        change: () => settings.setState(shop, id, ...next),
      }),
    setFilter: (shop, metaPixelId, filter) =>
      recorded(shop, (pixel) => pixel.metaPixelId === metaPixelId, {
        action: "limited",
        change: () => settings.setFilter(shop, metaPixelId, filter),
      }),
    disconnect: (shop, metaPixelId) =>
      recorded(shop, (pixel) => pixel.metaPixelId === metaPixelId, {
        action: "disconnected",
        change: () => settings.disconnect(shop, metaPixelId),
      }),
  };
}

const subjectOf = (pixel: Pixel | undefined): Subject =>
  pixel === undefined ? { kind: "unknown-pixel" } : { kind: "pixel", name: pixel.metaPixelId };

const factsOf = (pixel: Pixel | undefined): Facts | null => {
  if (pixel === undefined) return null;
  const { state, hasToken, testEventCode, countries, channels, eventsOff } = pixel;
  return { state, hasToken, testEventCode, countries, channels, eventsOff };
};

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { Log } from "../logging/logger.server.ts";
import type { SettingsStore } from "../settings/settings-store.server.ts";

export type Publisher = {
  /** Publishes the shop's settings if Shopify does not have the newest ones. Throws what the database throws. */
  readonly publish: (shop: ShopDomain) => Promise<void>;
  /** Publishes them even so: Shopify may have forgotten what it had. */
  readonly publishAnew: (shop: ShopDomain) => Promise<void>;
  /**
   * Begins `publish` after a save, without waiting for Shopify. From now on the shop's pages show that the settings are
   * on their way. An error is only logged: the next round publishes what is still missing.
   */
  readonly begin: (shop: ShopDomain) => Promise<void>;
};

type PublisherDeps = {
  readonly publishSettings: (shop: ShopDomain) => Promise<unknown>;
  readonly settings: Pick<SettingsStore, "profile" | "publishState" | "forgetPublishProblem">;
  /** Keeps a stop from ending before this has. */
  readonly underWay: (work: Promise<void>) => void;
  readonly log: Log;
};

/** A publication, and the one that follows it for whatever was saved since it began. */
type Turn = { readonly ended: Promise<void>; next: { readonly ended: Promise<void>; anew: boolean } | null };

/**
 * Publications of one shop in this process, one after another, so that none overtakes a newer one. Whatever is saved
 * during a publication is published by one more, together. Between processes `markPublished` guards.
 */
export function createPublisher({ publishSettings, settings, underWay, log }: PublisherDeps): Publisher {
  const turns = new Map<ShopDomain, Turn>();

  const publishUnlessDone = async (shop: ShopDomain): Promise<void> => {
    const [profile, state] = await Promise.all([settings.profile(shop), settings.publishState(shop)]);
    const isDone = state.problem === null && state.publishedVersion >= (profile?.settings.version ?? 0);
    if (!isDone) await publishSettings(shop);
  };
  const start = (shop: ShopDomain, anew: boolean): Promise<void> => {
    const ended = anew ? publishSettings(shop).then(() => undefined) : publishUnlessDone(shop);
    const turn: Turn = { ended, next: null };
    turns.set(shop, turn);
    const leave = (): void => {
      if (turn.next === null) turns.delete(shop);
    };
    ended.then(leave, leave);
    return ended;
  };
  const afterwards = (shop: ShopDomain, turn: Turn): NonNullable<Turn["next"]> => {
    const begun = async (): Promise<void> => {
      await turn.ended.catch(() => undefined);
      // What Shopify said of the settings before is no longer the answer to those on their way.
      await settings.forgetPublishProblem(shop).catch(() => undefined);
      return start(shop, next.anew);
    };
    const next = { ended: Promise.resolve().then(begun), anew: false };
    return next;
  };
  const inTurn = (shop: ShopDomain, anew: boolean): Promise<void> => {
    const turn = turns.get(shop);
    if (turn === undefined) return start(shop, anew);
    turn.next ??= afterwards(shop, turn);
    turn.next.anew ||= anew;
    return turn.next.ended;
  };
  const logged = (shop: ShopDomain, work: Promise<void>): Promise<void> =>
    work.catch((error: unknown) => log.error("settings.publish-failed", { shop, error }));

  return {
    publish: (shop) => inTurn(shop, false),
    publishAnew: (shop) => inTurn(shop, true),
    begin: async (shop) => {
      await logged(shop, settings.forgetPublishProblem(shop));
      underWay(logged(shop, inTurn(shop, false)));
    },
  };
}

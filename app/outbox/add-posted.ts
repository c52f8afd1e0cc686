import type { DecidedAdded, PostAdded } from "./add-events.server.ts";
import type { PostedEvent } from "./rows-to-add.server.ts";
import { isStorefront } from "./storefront-row.ts";

export type AddPostedDeps = {
  readonly addOthers: (events: readonly [PostedEvent, ...PostedEvent[]]) => Promise<PostAdded>;
  readonly addStorefront: (events: readonly PostedEvent[]) => Promise<readonly DecidedAdded[]>;
};

/** Adds each event of a post to the table that it belongs to. */
export async function addPosted(
  posted: readonly PostedEvent[],
  { addOthers, addStorefront }: AddPostedDeps,
): Promise<PostAdded> {
  const visits = posted.filter(isStorefront);
  const [first, ...rest] = posted.filter((one) => !isStorefront(one));
  const [ofVisits, others] = await Promise.all([
    visits.length > 0 ? addStorefront(visits) : [],
    first === undefined ? { due: false, added: [] } : addOthers([first, ...rest]),
  ]);
  const [nextVisit, nextOther] = [ofVisits.values(), others.added.values()];
  const added = posted.flatMap((one) => (isStorefront(one) ? nextVisit : nextOther).next().value ?? []);
  return { due: others.due, added };
}

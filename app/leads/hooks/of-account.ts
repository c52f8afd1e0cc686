import { valueAt } from "./map-body.ts";

/**
 * What of a body is from this account; null: nothing is. HubSpot sends changes of several accounts in one list where one
 * app there is installed in them.
 */
export function ofAccount(body: unknown, { path, account }: { path: string; account: string }): unknown {
  const isOwn = (item: unknown): boolean => {
    const sent = valueAt(item, path);
    return (typeof sent === "string" || typeof sent === "number") && String(sent) === account;
  };
  if (!Array.isArray(body)) return isOwn(body) ? body : null;
  const own = body.filter(isOwn);
  return own.length > 0 ? own : null;
}

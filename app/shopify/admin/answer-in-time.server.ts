import type { AdminAnswer } from "./admin-graphql.server.ts";

/** Shopify's answer, or `unavailable` after the time-out; the request itself may continue. */
export async function inTime(asking: Promise<AdminAnswer>, withinMs: number): Promise<AdminAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<AdminAnswer>((resolve) => {
    const message = `Shopify did not answer within ${withinMs / 1000} seconds.`;
    timer = setTimeout(() => resolve({ kind: "unavailable", message }), withinMs);
  });
  try {
    return await Promise.race([asking, late]);
  } finally {
    clearTimeout(timer);
  }
}

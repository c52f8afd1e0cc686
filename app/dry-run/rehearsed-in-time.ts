import type { Rehearsal } from "./rehearsal.ts";

/** `failed`: it broke off or took too long, and nothing is known of what the change would do. */
export type Rehearsed = Rehearsal | "failed";

/**
 * The rehearsal, or `failed`. A save never depends on it: an error is reported to `onFailure` and not thrown, and a
 * database that does not answer is waited for no longer than this.
 */
export async function rehearsedInTime(
  rehearsing: Promise<Rehearsal>,
  { withinMs, onFailure }: { readonly withinMs: number; readonly onFailure: (error: unknown) => void },
): Promise<Rehearsed> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`The rehearsal took more than ${String(withinMs)} ms.`)), withinMs);
  });
  try {
    return await Promise.race([rehearsing, late]);
  } catch (error) {
    onFailure(error);
    return "failed";
  } finally {
    clearTimeout(timer);
  }
}

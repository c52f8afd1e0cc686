import { isRouteErrorResponse, type ShouldRevalidateFunction } from "@remix-run/react";

/**
 * For every route around a form. A save that got no answer reads nothing anew: that reading would fail the same way, and
 * its error page would replace what was typed. While work is running that a page follows, there is nothing new to read.
 */
export const revalidatesUnlessLost: ShouldRevalidateFunction = ({ actionResult, defaultShouldRevalidate }) => {
  const outcome: unknown = actionResult;
  const isNews = typeof outcome !== "object" || outcome === null || !(isLostSave(outcome) || isRunning(outcome));
  return isNews && defaultShouldRevalidate;
};

const isLostSave = (outcome: object): boolean => "kind" in outcome && outcome.kind === "lost";
/** Work that has not ended (followed-work.server.ts). */
const isRunning = (outcome: object): boolean => "state" in outcome && outcome.state === "running";

/** The outcome of a form without an answer. */
export type LostSave = { readonly kind: "lost"; readonly intent: string };

type Sent<Answer> = { readonly request: Request; readonly serverAction: () => Promise<Answer> };

/** A form without an answer keeps the page and what was typed into it; a refusal (sign in again) goes its way. */
export async function answeredOrLost<Answer>({ request, serverAction }: Sent<Answer>): Promise<Answer | LostSave> {
  const intent = (await request.clone().formData()).get("intent");
  try {
    return await serverAction();
  } catch (error) {
    if (!isLost(error)) throw error;
    return { kind: "lost", intent: typeof intent === "string" ? intent : "" };
  }
}

const isLost = (error: unknown): boolean =>
  !(error instanceof Response) && !(isRouteErrorResponse(error) && error.status < 500);

/** `gone`: its 30 days are over, or the customer was erased. */
export type DownloadProblem = "gone" | "no-answer";

/**
 * Saves the file of a request. A link would not do: the page runs in a frame, and only a request made by a script
 * carries the session token. Returns what went wrong.
 */
export async function downloadFile(requestId: string): Promise<DownloadProblem | null> {
  const body = new URLSearchParams({ requestId });
  const answer = await fetch("/app/data-request-file", { method: "POST", body }).catch(() => null);
  if (answer === null || !answer.ok) return answer?.status === 404 ? "gone" : "no-answer";
  const url = URL.createObjectURL(await answer.blob());
  const link = Object.assign(document.createElement("a"), { href: url, download: `data-request-${requestId}.json` });
  link.click();
  URL.revokeObjectURL(url);
  return null;
}

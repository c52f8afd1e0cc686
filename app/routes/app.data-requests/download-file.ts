const NOT_THERE =
  "This file is no longer there: its 30 days are over, or the customer was erased. Reload the page to see what is left.";
const NO_ANSWER = "The file could not be downloaded, because Tandem did not answer. Try again in a minute.";

/**
 * Saves the file of a request. A link would not do: the page runs in a frame, and only a request made by a script
 * carries the session token. Returns what went wrong, for the merchant.
 */
export async function downloadFile(requestId: string): Promise<string | null> {
  const body = new URLSearchParams({ requestId });
  const answer = await fetch("/app/data-request-file", { method: "POST", body }).catch(() => null);
  if (answer === null || !answer.ok) return answer?.status === 404 ? NOT_THERE : NO_ANSWER;
  const url = URL.createObjectURL(await answer.blob());
  const link = Object.assign(document.createElement("a"), { href: url, download: `data-request-${requestId}.json` });
  link.click();
  URL.revokeObjectURL(url);
  return null;
}

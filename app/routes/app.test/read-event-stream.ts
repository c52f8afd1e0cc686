/** One server-sent event. */
export type StreamedEvent = { readonly event: string; readonly data: string };

/**
 * The server-sent events in a response. A browser's own EventSource cannot carry the session token that App Bridge puts
 * into a fetch.
 */
export async function* readEventStream(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamedEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += decoder.decode(value, { stream: true });
      const frames = text.split("\n\n");
      text = frames.pop() ?? "";
      for (const frame of frames) {
        const read = eventIn(frame);
        if (read !== null) yield read;
      }
    }
  } finally {
    // The reader may have failed already, which its caller knows.
    await reader.cancel().catch(() => undefined);
  }
}

/** Null for a comment. */
function eventIn(frame: string): StreamedEvent | null {
  const fields = new Map(
    frame.split("\n").flatMap((line): [string, string][] => {
      const at = line.indexOf(": ");
      return at > 0 ? [[line.slice(0, at), line.slice(at + 2)]] : [];
    }),
  );
  const data = fields.get("data");
  return data === undefined ? null : { event: fields.get("event") ?? "message", data };
}

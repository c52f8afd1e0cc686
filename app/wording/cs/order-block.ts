import type { Translated } from "../catalogue.ts";

export const orderBlock = {
  answer: "{sentence} ({facts})",
  "fact.none": "bez odpovědi",
  "fact.http": "HTTP {status}",
  "fact.code": "kód {code}",
  "fact.trace": "trace ID {traceId}",
} as const satisfies Translated<"orderBlock">;

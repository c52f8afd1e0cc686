import type { Translated } from "../catalogue.ts";

export const orderBlock = {
  answer: "{sentence} ({facts})",
  "fact.none": "keine Antwort",
  "fact.http": "HTTP {status}",
  "fact.code": "Code {code}",
  "fact.trace": "Trace-ID {traceId}",
} as const satisfies Translated<"orderBlock">;

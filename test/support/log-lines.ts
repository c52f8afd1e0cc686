import { Writable } from "node:stream";

import { createLogger, type Log } from "../../app/logging/logger.server.ts";
import type { LogLevel } from "../../app/env/env.server.ts";

/** A real log whose lines a test can read. */
export function logInto(level: LogLevel = "debug"): { readonly lines: readonly string[]; readonly log: Log } {
  const lines: string[] = [];
  const to = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return { lines, log: createLogger({ level, name: "test", to }) };
}

import process from "node:process";
import { type DestinationStream, pino } from "pino";

const TOGETHER_BYTES = 4_096;
const TOGETHER_MS = 100;

/**
 * Standard output for the log of a process. Lines are written in batches of 4 kB or a tenth of a second: one system
 * call per line took a sixteenth of a webhook's CPU time. An orderly exit and an exception lose nothing; SIGKILL loses
 * that tenth of a second.
 */
export function logOutput(): DestinationStream {
  const output = pino.destination({ dest: 1, sync: true, minLength: TOGETHER_BYTES, periodicFlush: TOGETHER_MS });
  process.once("exit", () => output.flushSync());
  return output;
}

import { openSync, writeSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** A clock for the simulators and the app's process, which goes on from where it is put. */
export type SimulatedClock = {
  readonly now: () => Date;
  /** Puts it that far behind the true time. */
  readonly putBehind: (ms: number) => void;
  /** For the app's process: the module to load first, and its environment. */
  readonly module: string;
  readonly env: Readonly<Record<string, string>>;
};

export function aClock(folder: string, startsBehind_ms: number): SimulatedClock {
  const file = path.join(folder, "clock");
  const open = openSync(file, "w");
  let behind = 0;
  const putBehind = (ms: number): void => {
    behind = ms;
    // Eight bytes over eight bytes: whoever reads meanwhile has the time before or the time after, and no part of one.
    writeSync(open, new Float64Array([ms]), 0, Float64Array.BYTES_PER_ELEMENT, 0);
  };
  putBehind(startsBehind_ms);
  return {
    now: () => new Date(Date.now() - behind),
    putBehind,
    module: fileURLToPath(new URL("./clock-behind.ts", import.meta.url)),
    env: { SIMULATED_CLOCK: file },
  };
}

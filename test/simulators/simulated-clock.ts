import { writeFileSync } from "node:fs";
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
  let behind = 0;
  const putBehind = (ms: number): void => {
    behind = ms;
    writeFileSync(file, String(ms));
  };
  putBehind(startsBehind_ms);
  return {
    now: () => new Date(Date.now() - behind),
    putBehind,
    module: fileURLToPath(new URL("./clock-behind.ts", import.meta.url)),
    env: { SIMULATED_CLOCK: file },
  };
}

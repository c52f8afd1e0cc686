import { expect, test } from "vitest";

import { ownTime, type TraceEvent } from "../programs/bench/own-time.ts";

const OWN = "https://cdn.example/tandem-embed.js";
const thread = { pid: 1, tid: 1 };
const node = (id: number, url: string, parent?: number) => ({
  id,
  callFrame: { url },
  ...(parent !== undefined && { parent }),
});

/** Ten samples, one each millisecond, in two tasks: the thread runs in all of the first and in half of the second. */
const TRACE: readonly TraceEvent[] = [
  { ...thread, name: "RunTask", ts: 0, dur: 5_000, tdur: 5_000 },
  { ...thread, name: "RunTask", ts: 5_000, dur: 6_000, tdur: 3_000 },
  { pid: 1, tid: 2, name: "RunTask", ts: 0, dur: 11_000, tdur: 11 },
  { ...thread, name: "Profile", id: "0x1", args: { data: { startTime: 0 } } },
  {
    ...{ pid: 1, tid: 3, name: "ProfileChunk", id: "0x1" },
    args: {
      data: {
        cpuProfile: {
          nodes: [node(1, ""), node(2, OWN, 1), node(3, "https://shop.example/theme.js", 1)],
          samples: [1, 2, 2, 3, 1],
        },
        timeDeltas: [0, 1_000, 1_000, 1_000, 1_000],
      },
    },
  },
  {
    ...{ pid: 1, tid: 3, name: "ProfileChunk", id: "0x1" },
    args: {
      data: {
        cpuProfile: { nodes: [node(4, "", 2)], samples: [1, 2, 2, 4, 3] },
        timeDeltas: [1_000, 1_000, 1_000, 1_000, 1_000],
      },
    },
  },
  // Another process's profile may have the same ID.
  { pid: 2, tid: 2, name: "ProfileChunk", id: "0x1", args: { data: { cpuProfile: { samples: [2] } } } },
];

test("a file's own time is that of its samples, by the thread's clock, and with what it calls where no file is named", () => {
  expect(ownTime(TRACE, (url) => url === OWN)).toEqual({ own_ms: 3, called_ms: 3.5 });
  expect(ownTime([], () => true)).toEqual({ own_ms: 0, called_ms: 0 });
});

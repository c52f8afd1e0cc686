import { setImmediate as turnOfTheLoop } from "node:timers/promises";

import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { PixelId } from "../settings/types.ts";
import { claimDeliveries } from "./claim-deliveries.server.ts";
import { claimStorefront } from "./claim-storefront.server.ts";
import type { ClaimMoment, ClaimRequest } from "./claimed-batches.server.ts";
import { writeDecisions } from "./write-decisions.server.ts";
import { groupCommit } from "./group-commit.ts";
import { isRefusal } from "./is-refusal.server.ts";
import { recordAttempts } from "./record-attempt.server.ts";
import { type SettledCount, settleDeliveries } from "./settle-deliveries.server.ts";
import { settleStorefront } from "./settle-storefront.server.ts";
import { takeUndecided, type UndecidedRequest } from "./take-undecided.server.ts";
import type { AttemptRecord, Claim, Decision, Settled, Undecided } from "./types.ts";

export type ClaimOptions = {
  readonly limit: number;
  /** Unique to this drain; every later write checks it. */
  readonly claimedBy: string;
  /** After this moment any worker may take over the claim. */
  readonly until: Date;
  readonly now: Date;
};

/** The drains' statements. Drains that call at the same time share a statement: decision 42. */
export type WorkerStatements = {
  takeUndecided(shop: ShopDomain, limit: number, now: Date): Promise<readonly Undecided[]>;
  /** Updates only the events that are still undecided. */
  decide(decisions: readonly Decision[], now: Date): Promise<void>;
  claim(pixelId: PixelId, options: ClaimOptions): Promise<readonly Claim[]>;
  /** Stores one request to Meta; returns the ID for `settle`. */
  recordAttempt(attempt: AttemptRecord): Promise<bigint>;
  settle(settled: readonly Settled[], now: Date): Promise<SettledCount>;
};

// Each call may have a thousand events of 2 kB.
const GROUP = 16;

/** The latest of the calls' times, which differ by a few milliseconds. */
const latest = (dates: readonly Date[]): Date => new Date(Math.max(...dates.map((date) => date.getTime())));

const SHARED = {
  limit: GROUP,
  isRefusal,
  // Drains started by one wake-up call within the same turn of the event loop.
  gather: () => turnOfTheLoop(),
  keysOf: (): readonly string[] => [],
};

export function createWorkerStatements(prisma: PrismaClient): WorkerStatements {
  const record = groupCommit<AttemptRecord, bigint>({
    ...SHARED,
    write: (attempts) => recordAttempts(prisma, attempts),
  });
  return {
    ...deciding(prisma),
    claim: claimingBoth(prisma),
    recordAttempt: record,
    settle: settling(prisma),
  };
}

function deciding(prisma: PrismaClient): Pick<WorkerStatements, "takeUndecided" | "decide"> {
  const take = groupCommit<UndecidedRequest & { now: Date }, readonly Undecided[]>({
    ...SHARED,
    keysOf: ({ shop }) => [shop],
    write: (calls) => takeUndecided(prisma, calls, latest(calls.map(({ now }) => now))),
  });
  const decide = groupCommit<{ decisions: readonly Decision[]; now: Date }, "written">({
    ...SHARED,
    keysOf: ({ decisions }) => [...new Set(decisions.map(({ key }) => key.shop))],
    write: async (calls) => {
      const decisions = calls.flatMap((call) => call.decisions);
      await writeDecisions(prisma, decisions, latest(calls.map(({ now }) => now)));
      return calls.map(() => "written");
    },
  });
  return {
    takeUndecided: (shop, limit, now) => take({ shop, limit, now }),
    decide: async (decisions, now) => void (await decide({ decisions, now })),
  };
}

type Claiming = (
  prisma: PrismaClient,
  requested: readonly ClaimRequest[],
  moment: ClaimMoment,
) => Promise<readonly (readonly Claim[])[]>;

/** Deliveries first, then storefront events up to the same limit. */
function claimingBoth(prisma: PrismaClient): WorkerStatements["claim"] {
  const claimOne = claiming(prisma, claimDeliveries);
  const takeLease = claiming(prisma, claimStorefront);
  return async (pixelId, options) => {
    const claims = await claimOne(pixelId, options);
    const limit = options.limit - claims.length;
    return limit > 0 ? [...claims, ...(await takeLease(pixelId, { ...options, limit }))] : claims;
  };
}

function claiming(prisma: PrismaClient, write: Claiming): WorkerStatements["claim"] {
  const claim = groupCommit<ClaimOptions & { pixelId: PixelId }, readonly Claim[]>({
    ...SHARED,
    keysOf: ({ pixelId }) => [pixelId],
    write: (calls) => {
      const moment = { now: latest(calls.map(({ now }) => now)), until: latest(calls.map(({ until }) => until)) };
      return write(prisma, calls, moment);
    },
  });
  return (pixelId, options) => claim({ pixelId, ...options });
}

type Settling = typeof settleDeliveries;

function settling(prisma: PrismaClient): WorkerStatements["settle"] {
  const deliveries = settlingWith(prisma, settleDeliveries);
  const storefront = settlingWith(prisma, settleStorefront);
  return async (settled, now) => {
    const isStorefront = ({ claim }: Settled): boolean => claim.storefront !== undefined;
    const [ofStorefront, others] = [settled.filter(isStorefront), settled.filter((one) => !isStorefront(one))];
    const counts = await Promise.all([
      ...(others.length > 0 ? [deliveries(others, now)] : []),
      ...(ofStorefront.length > 0 ? [storefront(ofStorefront, now)] : []),
    ]);
    return {
      settled: counts.reduce((sum, count) => sum + count.settled, 0),
      lost: counts.reduce((sum, count) => sum + count.lost, 0),
    };
  };
}

function settlingWith(prisma: PrismaClient, write: Settling): WorkerStatements["settle"] {
  const settle = groupCommit<{ settled: readonly Settled[]; now: Date }, SettledCount>({
    ...SHARED,
    write: (calls) => {
      const lists = calls.map(({ settled }) => settled);
      return write(prisma, lists, latest(calls.map(({ now }) => now)));
    },
  });
  return (settled, now) => settle({ settled, now });
}

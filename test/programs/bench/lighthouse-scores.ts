import { setTimeout as wait } from "node:timers/promises";
import lighthouse from "lighthouse";
import type { StorefrontScene } from "./storefront-scene.ts";

// The audits that the performance score is made of, in Lighthouse 13.
const METRICS = [
  "first-contentful-paint",
  "largest-contentful-paint",
  "total-blocking-time",
  "cumulative-layout-shift",
  "speed-index",
] as const;
// A page that never comes to rest is judged by what it did until then; Lighthouse itself would wait for 45 seconds.
const LONGEST_LOAD_MS = 10_000;
const LONGEST_AUDIT_MS = 25_000;

export type ScorePair = { readonly without: number; readonly with_: number };

/**
 * Lighthouse's performance score (0 to 100) of a product's page, in pairs, without and with the embed: its own mobile
 * settings, by simulated throttling. The score is the category's weighted mean, not rounded to whole points. An audit
 * that takes too long is an error, never a wait.
 */
export async function lighthouseScores(scene: StorefrontScene, pairs: number): Promise<readonly ScorePair[]> {
  const scores: ScorePair[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const score = async (embed: boolean): Promise<number> => {
      scene.setEmbed(embed);
      return oneScore(scene);
    };
    // In turn who is first: the first of a pair finds the machine in another state than the second.
    const isWithFirst = pair % 2 === 1;
    const [one, other] = [await score(isWithFirst), await score(!isWithFirst)];
    scores.push(isWithFirst ? { with_: one, without: other } : { without: one, with_: other });
  }
  return scores;
}

async function oneScore({ product, debuggingPort }: StorefrontScene): Promise<number> {
  const audit = lighthouse(product, {
    port: debuggingPort,
    onlyAudits: [...METRICS],
    disableFullPageScreenshot: true,
    maxWaitForLoad: LONGEST_LOAD_MS,
    output: "json",
    logLevel: "silent",
  });
  const result = await Promise.race([audit, wait(LONGEST_AUDIT_MS, null, { ref: false })]);
  if (!result || result.lhr.runtimeError) throw new Error(`Lighthouse gave no score of ${product}`);
  const { categories, audits } = result.lhr;
  const refs = categories["performance"]?.auditRefs.filter(({ weight }) => weight > 0) ?? [];
  const weighted = refs.map(({ id, weight }) => weight * (audits[id]?.score ?? 0));
  return (100 * sum(weighted)) / sum(refs.map(({ weight }) => weight));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

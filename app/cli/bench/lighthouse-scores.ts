import lighthouse from "lighthouse";
import type { StorefrontScene } from "./storefront-scene.ts";

/**
 * Lighthouse's performance score (0 to 100) of a product's page, without and with the embed in turn: its own mobile
 * settings, by simulated throttling. The score is the category's weighted mean, not rounded to whole points.
 */
export async function lighthouseScores(
  scene: StorefrontScene,
  runs: number,
): Promise<{ readonly without: readonly number[]; readonly with_: readonly number[] }> {
  const without: number[] = [];
  const with_: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    scene.setEmbed(false);
    without.push(await oneScore(scene));
    scene.setEmbed(true);
    with_.push(await oneScore(scene));
  }
  return { without, with_ };
}

async function oneScore({ product, debuggingPort }: StorefrontScene): Promise<number> {
  const result = await lighthouse(product, {
    port: debuggingPort,
    onlyCategories: ["performance"],
    output: "json",
    logLevel: "silent",
  });
  if (!result || result.lhr.runtimeError) throw new Error(`Lighthouse gave no score of ${product}`);
  const { categories, audits } = result.lhr;
  const refs = categories["performance"]?.auditRefs.filter(({ weight }) => weight > 0) ?? [];
  const weighted = refs.map(({ id, weight }) => weight * (audits[id]?.score ?? 0));
  return (100 * sum(weighted)) / sum(refs.map(({ weight }) => weight));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** How many of the sold variants have a known unit cost, and why the last reading failed (cost-problem.ts). */
export type CostState = { readonly problem: string | null; readonly variants: number; readonly withCost: number };

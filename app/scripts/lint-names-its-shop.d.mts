import type { Rule } from "eslint";

export function tenantTables(schema?: string): string[];
export const EVERY_SHOP: RegExp;
export const namesItsShop: Rule.RuleModule;

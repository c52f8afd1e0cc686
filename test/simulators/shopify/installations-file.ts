import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Installation, Shop } from "./types.ts";

/**
 * What Shopify remembers of the app between two runs of the simulator: tokens, web pixel, metafields, embeds. Without
 * it, an app that kept its database would hold tokens that the simulator no longer knows.
 */
export function loadInstallations(path: string | null, shops: readonly Shop[]): void {
  if (path === null || !existsSync(path)) return;
  // The file is written by saveInstallations only.
  const saved = JSON.parse(readFileSync(path, "utf8")) as Record<string, Installation>;
  for (const shop of shops) Object.assign(shop.installation, saved[shop.domain] ?? {});
}

export function saveInstallations(path: string | null, shops: readonly Shop[]): void {
  if (path === null) return;
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(Object.fromEntries(shops.map((shop) => [shop.domain, shop.installation]))), {
    mode: 0o600,
  });
  renameSync(draft, path);
}

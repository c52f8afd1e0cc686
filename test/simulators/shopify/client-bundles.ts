import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { readPolarisManifest, readPolarisTokens } from "./polaris-manifest.ts";

const ENTRIES = [
  "shop-page",
  "web-pixel-worker",
  "checkout-page",
  "app-bridge",
  "polaris",
  "admin-shell",
  "admin-order",
  "extension-worker",
] as const;
export type ClientBundles = Readonly<Record<(typeof ENTRIES)[number], string>>;

/** The simulator's own browser scripts, bundled from client/. */
export async function buildClientBundles(): Promise<ClientBundles> {
  const folder = fileURLToPath(new URL("client/", import.meta.url));
  const define = {
    POLARIS_MANIFEST: JSON.stringify(readPolarisManifest()),
    POLARIS_TOKENS: JSON.stringify(readPolarisTokens()),
  };
  const bundled = await Promise.all(
    ENTRIES.map(async (entry) => {
      const result = await build({
        entryPoints: [`${folder}${entry}.ts`],
        bundle: true,
        write: false,
        format: "iife",
        target: "es2022",
        logLevel: "error",
        define,
      });
      return [entry, result.outputFiles[0]?.text ?? ""] as const;
    }),
  );
  // One text per entry, by construction.
  return Object.fromEntries(bundled) as ClientBundles;
}

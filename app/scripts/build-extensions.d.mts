/** The scripts this build makes, with the folder it reads, the file it writes (null: measured only) and the budget in bytes. */
export declare const TARGETS: Readonly<
  Record<
    | "web pixel"
    | "order block"
    | "theme embed"
    | "theme embed, report"
    | "theme embed, cart"
    | "theme embed, extras"
    | "event contract",
    {
      readonly from: string;
      readonly to: string | null;
      readonly budget: number;
      /** Shopify's own, of the file before compression. */
      readonly limit?: number;
      readonly target: string;
    }
  >
>;
/** The script's text, built from the sources as they are now, without writing it anywhere. */
export declare function bundled(name: keyof typeof TARGETS): Promise<string>;
/** The files that the script is made of, by their paths from the root. */
export declare function sourcesOf(name: keyof typeof TARGETS): Promise<readonly string[]>;

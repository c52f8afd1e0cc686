import { createReadStream, createWriteStream, existsSync, linkSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { constants, createBrotliDecompress } from "node:zlib";
import { type Browser, type BrowserContext, chromium, type LaunchOptions } from "playwright-core";
import { PATIENCE_MS } from "../support/patience.ts";

/** Which host goes to which local port; a star covers the names below a domain. Every other host does not exist. */
export type HostMapping = Readonly<Record<string, number>>;

// Our own flags: those of @sparticuz/chromium switch web security and site isolation off, which would hide real bugs.
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const INSTALLED = [
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

const CACHE = fileURLToPath(new URL("../../node_modules/.cache/", import.meta.url));

/** The folder of the package @sparticuz/chromium, when it is installed. A path, because Vite resolves no packages. */
function packagedChromium(): string | null {
  const folder = fileURLToPath(new URL("../../node_modules/@sparticuz/chromium/", import.meta.url));
  return existsSync(join(folder, "bin/chromium.br")) ? folder : null;
}

/** The first of several puts its draft in the place, the others' go. A rename would take it from one already running. */
export function putInPlace(draft: string, target: string): void {
  try {
    linkSync(draft, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  } finally {
    rmSync(draft);
  }
}

/** Unpacks the packaged Chromium once per version, also when several test processes start at once. */
async function unpackedChromium(folder: string): Promise<string> {
  // The package's own manifest.
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  const target = join(CACHE, `chromium-${version}`, "chromium");
  if (existsSync(target)) return target;
  mkdirSync(dirname(target), { recursive: true });
  const draft = `${target}.${process.pid}`;
  const brotli = createBrotliDecompress({
    chunkSize: 2 ** 21,
    params: { [constants.BROTLI_DECODER_PARAM_LARGE_WINDOW]: 1 },
  });
  const source = createReadStream(join(folder, "bin/chromium.br"));
  await pipeline(source, brotli, createWriteStream(draft, { mode: 0o755 }));
  putInPlace(draft, target);
  return target;
}

export const NO_BROWSER =
  "No browser found: set CHROMIUM_PATH to a Chromium or Chrome, install Google Chrome, or run on Linux x64, " +
  "where npm brings a Chromium along (@sparticuz/chromium).";

/** CHROMIUM_PATH, else the Chromium that npm installed (Linux x64), else an installed Chrome, else an error that says so. */
export async function chromiumPath(env: Readonly<Record<string, string | undefined>> = process.env): Promise<string> {
  const wanted = env["CHROMIUM_PATH"];
  if (wanted !== undefined && wanted !== "") {
    if (existsSync(wanted)) return wanted;
    throw new Error(`CHROMIUM_PATH names ${wanted}, which does not exist.`);
  }
  const packaged = process.platform === "linux" && process.arch === "x64" ? packagedChromium() : null;
  if (packaged !== null) return unpackedChromium(packaged);
  const installed = INSTALLED.find((path) => existsSync(path));
  if (installed !== undefined) return installed;
  throw new Error(NO_BROWSER);
}

/**
 * `MAP host 127.0.0.1:port` for each host; exact names first, then wildcards, then nothing at all: or `everythingElse`, a
 * port that gets what is meant for any other host, this machine's own names included.
 */
export function hostResolverRules(hosts: HostMapping, everythingElse?: number): string {
  const names = Object.keys(hosts).sort((a, b) => Number(a.includes("*")) - Number(b.includes("*")));
  const rules = names.map((host) => `MAP ${host} 127.0.0.1:${hosts[host] ?? 0}`);
  const own = ["127.0.0.1", "localhost"].filter((host) => hosts[host] === undefined).map((host) => `EXCLUDE ${host}`);
  const rest = everythingElse === undefined ? ["MAP * ~NOTFOUND", ...own] : [`MAP * 127.0.0.1:${everythingElse}`];
  return [...rules, ...rest].join(", ");
}

type BrowserWish = Pick<LaunchOptions, "headless"> & {
  readonly hosts: HostMapping;
  readonly everythingElse?: number;
};

/** A Chromium that knows the simulated hosts by their true names and nothing else of the internet. */
export async function launchChromium(wish: BrowserWish): Promise<Browser> {
  const { hosts, everythingElse, headless = true } = wish;
  const rules = `--host-resolver-rules=${hostResolverRules(hosts, everythingElse)}`;
  return chromium.launch({
    executablePath: await chromiumPath(),
    headless,
    args: [...FLAGS, "--ignore-certificate-errors", rules],
  });
}

export type Shopper = {
  readonly context: BrowserContext;
  /** Console errors and uncaught exceptions of every page, worker problems included. */
  readonly consoleErrors: string[];
  /** Everything that their pages wrote to the console, `type: text (address)`, and their uncaught exceptions. */
  readonly consoleLines: string[];
  /** `METHOD url: reason` of requests that got no answer. A page that is left cancels its own, which is no failure. */
  readonly failedRequests: string[];
  close(): Promise<void>;
};

// shopify-app-remix answers 410 to anything that calls itself a bot, and "HeadlessChrome" does.
const USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36";

// Remix logs a read that the next navigation cancels (`fetchAndDecode` of @remix-run/react 2.17.5), as the browser reports
// a canceled request: neither is a failure.
const ABORTED_READ = /^AbortError: BodyStreamBuffer was aborted/;

/** A separate browser profile: one shopper or one merchant, with a record of what went wrong on their pages. */
export async function newShopper(
  browser: Browser,
  options: { locale?: string; userAgent?: string } = {},
): Promise<Shopper> {
  const context = await browser.newContext({
    userAgent: options.userAgent ?? USER_AGENT,
    locale: options.locale ?? "en-GB",
    viewport: { width: 1280, height: 900 },
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const consoleErrors: string[] = [];
  const consoleLines: string[] = [];
  const failedRequests: string[] = [];
  context.on("console", (message) => {
    if (message.type() === "error" && !ABORTED_READ.test(message.text())) consoleErrors.push(message.text());
    consoleLines.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (problem) => {
    consoleErrors.push(problem.error().message);
    consoleLines.push(`exception: ${problem.error().stack ?? problem.error().message}`);
  });
  context.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "failed";
    if (reason !== "net::ERR_ABORTED") failedRequests.push(`${request.method()} ${request.url()}: ${reason}`);
  });
  return { context, consoleErrors, consoleLines, failedRequests, close: () => context.close() };
}

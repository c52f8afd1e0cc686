import { parseArgs } from "node:util";
import { countsInWords, troubleInWords } from "../database/key-problem.ts";
import type { KeyTrouble, Resealed, SealedCounts } from "../database/key-rotation.server.ts";
import type { ShopCommandResult } from "./shop-command.ts";

export type RotateKeysPorts = {
  /** The IDs of the listed keys; the first one seals. */
  readonly keyIds: readonly [string, ...string[]];
  readonly count: () => Promise<ReadonlyMap<string, SealedCounts>>;
  readonly reseal: () => Promise<Resealed>;
  readonly troubles: () => Promise<readonly KeyTrouble[]>;
  readonly discard: (key: string) => Promise<SealedCounts>;
};

export const ROTATE_KEYS_HELP = `Usage: npm run rotate-keys -- [--check | --drop ID | --discard ID] [--json]

Seals with the first key of TANDEM_ENCRYPTION_KEYS what is still sealed with another one: pixel tokens, Shopify's tokens
and quarantined payloads. May run while the app does, be broken off, and be run again. docs/self-hosting.md, Keys, has
the whole order of changing a key.

  (none)         seal everything again, then count what is left under each key
  --check        only count
  --drop ID      whether this key may leave TANDEM_ENCRYPTION_KEYS; refused while anything needs it
  --discard ID   the key is lost for good: delete what only it could open. Refused while it opens anything
  --json         one object on stdout: {"current", "resealed", "unreadable", "left": {"<key>": {"pixel tokens": n, ...}},
                 "unused": [ids]}, and "drop" or "discarded" where asked for

Exit codes: 0 done, 1 something is left that no listed key opens, or refused, 2 wrong use.
`;

type Values = { check?: boolean; drop?: string; discard?: string; json?: boolean; help?: boolean; current?: string };

const wrongUse = (problem: string): ShopCommandResult => ({
  exitCode: 2,
  stdout: "",
  stderr: `${problem}\n\n${ROTATE_KEYS_HELP}`,
});

export const isRotateKeysCommand = ([group]: readonly string[]): boolean => group === "rotate-keys";

/** Prints nothing itself, because a running app answers other processes. */
export async function runRotateKeys(argv: readonly string[], ports: RotateKeysPorts): Promise<ShopCommandResult> {
  let values: Values;
  try {
    values = parse(argv.slice(1));
  } catch (error) {
    return wrongUse(error instanceof Error ? error.message : String(error));
  }
  if (values.help) return { exitCode: 0, stdout: ROTATE_KEYS_HELP, stderr: "" };
  const { check, drop, discard } = values;
  if ([check, drop, discard].filter((option) => option !== undefined).length > 1) {
    return wrongUse("Only one of --check, --drop and --discard.");
  }
  return answer(values, ports);
}

function answer(values: Values, ports: RotateKeysPorts): Promise<ShopCommandResult> {
  const { check, drop, discard, current = ports.keyIds[0], json = false } = values;
  if (current !== ports.keyIds[0]) return Promise.resolve(refused(otherKeys(ports, current), json));
  if (drop !== undefined) return mayDrop(drop, ports, json);
  if (discard !== undefined) return discardLost(discard, ports, json);
  return outcome(check === true, ports, json);
}

const parse = (args: readonly string[]): Values =>
  parseArgs({
    args: [...args],
    options: {
      check: { type: "boolean" },
      drop: { type: "string" },
      discard: { type: "string" },
      json: { type: "boolean" },
      help: { type: "boolean" },
      // The first key of the calling process: the running app may have started before the keys changed.
      current: { type: "string" },
    },
  }).values;

const otherKeys = ({ keyIds }: RotateKeysPorts, current: string): string =>
  `The running app seals with the key "${keyIds[0]}", and TANDEM_ENCRYPTION_KEYS now begins with "${current}". ` +
  "Restart the app first, then run this again.";

function refused(problem: string, json: boolean): ShopCommandResult {
  return { exitCode: 1, stdout: json ? `${JSON.stringify({ problem })}\n` : "", stderr: `${problem}\n` };
}

async function outcome(onlyCount: boolean, ports: RotateKeysPorts, json: boolean): Promise<ShopCommandResult> {
  const done = onlyCount ? null : await ports.reseal();
  const left = await ports.count();
  const troubles = await ports.troubles();
  const unused = ports.keyIds.slice(1).filter((id) => !left.has(id));
  const facts = { current: ports.keyIds[0], ...done, left: Object.fromEntries(left), unused };
  const lines = [
    ...(done === null ? [] : resealedInWords(done, ports.keyIds[0])),
    ...[...left].map(([key, counts]) => `  ${key}: ${countsInWords(counts)}`),
    ...unused.map((key) => `The key "${key}" is not needed any more: remove it from TANDEM_ENCRYPTION_KEYS.`),
    ...troubles.map((trouble) => `${troubleInWords(trouble)}.`),
  ];
  const stdout = json ? JSON.stringify(facts) : lines.join("\n");
  return { exitCode: troubles.length === 0 && isWhole(done) ? 0 : 1, stdout: `${stdout}\n`, stderr: "" };
}

const isWhole = (done: Resealed | null): boolean => done === null || Object.keys(done.unreadable).length === 0;

const resealedInWords = (done: Resealed, current: string): readonly string[] => [
  `Sealed again with "${current}": ${countsInWords(done.resealed)}.`,
  ...(isWhole(done) ? [] : [`Opened by no listed key, and left as they are: ${countsInWords(done.unreadable)}.`]),
];

async function mayDrop(key: string, ports: RotateKeysPorts, json: boolean): Promise<ShopCommandResult> {
  if (key === ports.keyIds[0]) {
    return refused(`The key "${key}" seals what is stored now. Put another one in front of it first.`, json);
  }
  const counts = (await ports.count()).get(key);
  if (counts !== undefined) {
    return refused(
      `The key "${key}" is still in use (${countsInWords(counts)}). Run npm run rotate-keys first, and keep it until then.`,
      json,
    );
  }
  const text = `Nothing needs the key "${key}": remove it from TANDEM_ENCRYPTION_KEYS and restart.`;
  return { exitCode: 0, stdout: `${json ? JSON.stringify({ drop: key, left: 0 }) : text}\n`, stderr: "" };
}

async function discardLost(key: string, ports: RotateKeysPorts, json: boolean): Promise<ShopCommandResult> {
  const isLost = (await ports.troubles()).some((trouble) => trouble.key === key);
  if (!isLost) {
    return refused(`Nothing is lost with the key "${key}": it opens what it sealed, or sealed nothing.`, json);
  }
  const discarded = await ports.discard(key);
  const text = `Deleted, because only the key "${key}" could open it: ${countsInWords(discarded)}.`;
  return { exitCode: 0, stdout: `${json ? JSON.stringify({ discarded }) : text}\n`, stderr: "" };
}

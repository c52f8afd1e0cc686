import { parseArgs } from "node:util";

import { openDatabase } from "../database/db.server.ts";
import { migrate } from "../database/migrate.server.ts";
import { isRefusedStart } from "./refused-start.server.ts";

const HELP = `Brings the database's tables up to this version.

Usage: npm run migrate -- [--json]

The database is the one that DATABASE_URL names; without it, the embedded one in TANDEM_DATA_DIR (default .data).
Entries are kept where "prisma migrate deploy" keeps them: either command may be used.

  --json   one object on stdout: {"applied": [names], "total": number}, or {"problem": text}
  --help   this text

Exit codes: 0 the database is up to date, 1 it is not, 2 wrong usage.
`;

async function main(args: string[]): Promise<number> {
  let options;
  try {
    options = parseArgs({ args, options: { json: { type: "boolean" }, help: { type: "boolean", short: "h" } } }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  return migrateNow(options.json === true);
}

async function migrateNow(json: boolean): Promise<number> {
  const url = process.env["DATABASE_URL"] || undefined;
  try {
    const database = await openDatabase({ url, dataDir: process.env["TANDEM_DATA_DIR"] || ".data" });
    const migrated = await migrate(database).finally(() => database.close());
    const lines = migrated.applied.map((name) => `applied ${name}`);
    lines.push(`The database is up to date (migrations: ${migrated.total}).`);
    process.stdout.write(json ? `${JSON.stringify(migrated)}\n` : `${lines.join("\n")}\n`);
    return 0;
  } catch (error) {
    const problem = problemIn(error);
    if (json) process.stdout.write(`${JSON.stringify({ problem })}\n`);
    process.stderr.write(`${problem}\n`);
    return 1;
  }
}

function problemIn(error: unknown): string {
  if (isRefusedStart(error)) return error.message;
  return `The database could not be migrated: ${error instanceof Error ? error.message : String(error)}`;
}

process.exitCode = await main(process.argv.slice(2));

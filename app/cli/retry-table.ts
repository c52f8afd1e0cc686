import { writeFileSync } from "node:fs";
import { retryTable } from "../meta/retry-table.ts";

const HELP = `Usage: npm run retry-table [-- --write]

Prints when Meta is asked again and what each of its answers means, as Markdown, from the code that decides.
--write puts it into docs/retry-table.md instead. Exit codes: 0 done, 2 an unknown option.
`;

const PAGE = new URL("../../docs/retry-table.md", import.meta.url);
const [option] = process.argv.slice(2);

if (option === "--help") process.stdout.write(HELP);
else if (option === "--write") writeFileSync(PAGE, retryTable());
else if (option === undefined) process.stdout.write(retryTable());
else {
  process.stderr.write(`There is no option ${option}.\n${HELP}`);
  process.exitCode = 2;
}

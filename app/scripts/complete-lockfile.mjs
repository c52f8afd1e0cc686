// After `npm install <package>` behind a registry mirror: `node app/scripts/complete-lockfile.mjs` adds to package-lock.json
// the optional packages of other platforms that the mirror did not have. npm leaves them out without a word, and then
// refuses the lock file in `npm ci` (npm 11.19). They get no integrity, because nobody here could download them; npm
// adds it where it can.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const LOCK = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../package-lock.json");
const OS = /android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32|windows/;
const CPU = /arm64|arm|x64|ia32|ppc64|riscv64|s390x|loong64/;

/** Where Node would find `name` for the package at `from`: there, or in any folder above. */
function isLocked(packages, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    if (packages[at === "" ? `node_modules/${name}` : `${at}/node_modules/${name}`]) return true;
    if (at === "") return false;
  }
}

/** The optional packages that the lock file's packages ask for and that it does not hold, with who asks. */
export function missingFrom(packages) {
  return Object.entries(packages).flatMap(([from, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => from !== "" && !isLocked(packages, from, name))
      .map(([name, version]) => ({ name, version, dev: entry.dev === true })),
  );
}

function libcOf(name, os) {
  if (name.includes("musl")) return ["musl"];
  return os === "linux" && name.includes("gnu") ? ["glibc"] : null;
}

/** The entry as npm would have written it, or null for a package whose name does not say its platform. */
function entryFor({ name, version, dev }) {
  const os = OS.exec(name)?.[0];
  const cpu = os && CPU.exec(name.slice(name.indexOf(os) + os.length))?.[0];
  if (!os || !cpu) return null;
  const libc = libcOf(name, os);
  return {
    version,
    cpu: [cpu],
    ...(dev && { dev }),
    ...(libc && { libc }),
    optional: true,
    os: [os.replace("windows", "win32")],
  };
}

function complete() {
  const lock = JSON.parse(fs.readFileSync(LOCK, "utf8"));
  const missing = missingFrom(lock.packages);
  const unclear = missing.filter((pack) => entryFor(pack) === null);
  for (const pack of missing) {
    const entry = entryFor(pack);
    if (entry) lock.packages[`node_modules/${pack.name}`] = entry;
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en")));
  fs.writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
  process.stdout.write(`added ${missing.length - unclear.length}, left out ${unclear.map(({ name }) => name)}\n`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) complete();

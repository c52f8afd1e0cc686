// `npm run sbom`: the packages of production as CycloneDX 1.5, from package-lock.json. `--check` refuses a licence that
// nobody has agreed to. npm's own `npm sbom --omit dev` (11.19) leaves out every package that a development package needs
// too, pg and zod among them.
import fs from "node:fs";
import process from "node:process";

const read = (file) => JSON.parse(fs.readFileSync(new URL(`../../${file}`, import.meta.url), "utf8"));

const AGREED = [
  "MIT",
  "ISC",
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "Unlicense",
  "(Apache-2.0 AND MIT)",
  "(MIT OR CC0-1.0)",
];

const locked = Object.entries(read("package-lock.json").packages)
  .filter(([path, { dev, optional, devOptional }]) => path !== "" && !dev && !optional && !devOptional)
  .map(([path, entry]) => ({ name: path.slice(path.lastIndexOf("node_modules/") + 13), ...entry }));

function component({ name, version, license = "unknown", integrity = "" }) {
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  const [algorithm, digest] = integrity.split("-");
  return {
    type: "library",
    "bom-ref": purl,
    name,
    version,
    purl,
    licenses: [/^[A-Za-z0-9.-]+$/.test(license) ? { license: { id: license } } : { license: { name: license } }],
    ...(algorithm === "sha512" && {
      hashes: [{ alg: "SHA-512", content: Buffer.from(digest, "base64").toString("hex") }],
    }),
  };
}

if (process.argv.includes("--check")) {
  const refused = locked.filter(({ name, license }) => !AGREED.includes(license));
  for (const { name, version, license } of refused) {
    process.stderr.write(`${name} ${version}: the licence "${license}" is not agreed to (app/scripts/sbom.mjs).\n`);
  }
  process.exitCode = refused.length > 0 ? 1 : 0;
} else {
  const { name, version } = read("package.json");
  const metadata = { component: { type: "application", "bom-ref": `${name}@${version}`, name, version } };
  const components = [...new Map(locked.map(component).map((each) => [each.purl, each])).values()];
  process.stdout.write(
    `${JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.5", version: 1, metadata, components }, null, 2)}\n`,
  );
}

import { createHash, X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { generate } from "selfsigned";

/** Every host that a simulator answers for. The names are part of the cached certificate's folder name. */
export const SIMULATED_HOSTS = [
  "*.myshopify.com",
  "*.facebook.com",
  "connect.facebook.net",
  "*.shopify.com",
  "admin.shopify.com",
  "cdn.shopify.com",
  "events-manager.local",
  "tandem.local",
  "localhost",
] as const;

export type SimulatorCertificate = {
  /** PEM. */
  readonly key: string;
  /** PEM; trust it with `ca` or NODE_EXTRA_CA_CERTS. */
  readonly cert: string;
  /** Absolute path of the certificate's PEM file. */
  readonly certPath: string;
  /** Base64 SHA-256 of the public key, for Chromium's --ignore-certificate-errors-spki-list. */
  readonly spkiSha256: string;
};

const CACHE = fileURLToPath(new URL("../../node_modules/.cache/simulators/", import.meta.url));

/** One self-signed certificate for all simulated hosts, made once per machine and cached below node_modules. */
export async function simulatorCertificate(cacheFolder: string = CACHE): Promise<SimulatorCertificate> {
  const names = createHash("sha256").update(SIMULATED_HOSTS.join(" ")).digest("hex").slice(0, 12);
  const folder = join(cacheFolder, `certificate-${names}`);
  if (!existsSync(join(folder, "cert.pem"))) await makeCertificate(folder);
  const [key, cert] = await Promise.all([read(folder, "key.pem"), read(folder, "cert.pem")]);
  const publicKey = new X509Certificate(cert).publicKey.export({ type: "spki", format: "der" });
  const spkiSha256 = createHash("sha256").update(publicKey).digest("base64");
  return { key, cert, certPath: join(folder, "cert.pem"), spkiSha256 };
}

const read = (folder: string, file: string): Promise<string> => readFile(join(folder, file), "utf8");

/** Key and certificate appear together, by one rename, so that test processes starting at once never mix two pairs. */
async function makeCertificate(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}-`);
  const made = await generate([{ name: "commonName", value: "Tandem simulators" }], {
    keyType: "ec",
    algorithm: "sha256",
    notAfterDate: new Date(Date.now() + 10 * 365 * 86_400_000),
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "keyUsage", digitalSignature: true, keyCertSign: true },
      { name: "subjectAltName", altNames: [...SIMULATED_HOSTS.map(dnsName), ipAddress("127.0.0.1"), ipAddress("::1")] },
    ],
  });
  await writeFile(join(draft, "key.pem"), made.private, { mode: 0o600 });
  await writeFile(join(draft, "cert.pem"), made.cert);
  await rename(draft, folder).catch(async (problem: unknown) => {
    await rm(draft, { recursive: true });
    // Another process was faster; its pair is equally valid.
    if (!existsSync(join(folder, "cert.pem"))) throw problem;
  });
}

const dnsName = (value: string) => ({ type: 2 as const, value });
const ipAddress = (ip: string) => ({ type: 7 as const, ip });

import { BlockList, isIP } from "node:net";
import { z } from "zod";

/**
 * Where an http:// address may point. `machine`: only this machine, because the traffic is secret or trusted without
 * proof. `network`: also a private network, for example to a collector beside the app.
 */
export type PlainHttp = "machine" | "network";

const WHERE = {
  machine: "http:// is accepted for localhost and 127.0.0.1 only",
  network:
    "http:// is accepted on a private network only: localhost, a private IP address, a name without a dot or one that " +
    "ends with .internal",
} as const;

/** A variable with an http(s) URL. Refuses http:// to another host, and a user name or password in the URL. */
export const httpAddress = (name: string, example: string, plain: PlainHttp) =>
  z.url({ protocol: /^https?$/, error: `${name} must be an address such as ${example}.` }).check((context) => {
    // The check above already reports this.
    if (!URL.canParse(context.value)) return;
    const url = new URL(context.value);
    const refuse = (message: string) => context.issues.push({ code: "custom", message, input: context.value });
    if (url.protocol === "http:" && !isNear(url, plain)) {
      refuse(`${name} must start with https://: ${WHERE[plain]}.`);
    }
    if (url.username !== "" || url.password !== "") {
      refuse(`${name} must not contain a user name or password: addresses are logged. Remove the part before the @.`);
    }
  });

export const isThisMachine = ({ hostname }: URL): boolean =>
  hostname === "localhost" || MACHINE.check(bare(hostname), family(hostname));

const isNear = (url: URL, plain: PlainHttp): boolean =>
  isThisMachine(url) || (plain === "network" && isOnOwnNetwork(url.hostname.toLowerCase()));

/** Names without a dot are Docker's and Kubernetes' own; `.internal` is reserved for private networks (ICANN, 2024). */
function isOnOwnNetwork(host: string): boolean {
  if (isIP(bare(host)) > 0) return NETWORK.check(bare(host), family(host));
  return !host.includes(".") || /\.(?:internal|local|localhost)$/.test(host);
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, "");

const family = (host: string): "ipv4" | "ipv6" => (isIP(bare(host)) === 6 ? "ipv6" : "ipv4");

const MACHINE = subnets("127.0.0.0/8", "::1/128");
// RFC 1918, RFC 6598 (carrier-grade, also AWS and Tailscale), RFC 3927 and RFC 4193.
const NETWORK = subnets(
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "fc00::/7",
  "fe80::/10",
);

function subnets(...networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits] = network.split("/");
    list.addSubnet(address, Number(bits), family(address));
  }
  return list;
}

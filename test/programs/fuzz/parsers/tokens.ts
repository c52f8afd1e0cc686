import { createHmac, createSign, generateKeyPairSync } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import "@shopify/shopify-api/adapters/web-api";
import { InvalidJwtError, shopifyApi } from "@shopify/shopify-api";
import fc from "fast-check";
import { getGlobalDispatcher, MockAgent, setGlobalDispatcher } from "undici";
import { API_VERSION } from "../../../../app/shopify/api-version.ts";
import { createGoogleTokens, type GoogleTokens } from "../../../../app/shopify/webhooks/google-token.server.ts";
import { jsonLike } from "../hostile-json.ts";
import { hostileText, textLike } from "../hostile-text.ts";
import { expectThat } from "../invariants.ts";
import { fuzzedAsync } from "../of-inputs.ts";

const FAR_S = 4_000_000_000;
const encoded = (text: string): string => Buffer.from(text).toString("base64url");

/** Tokens whose signature fits whatever they claim, damaged ones, and what is none. */
function tokensLike(header: object, claims: object, sign: (text: string) => string): fc.Arbitrary<string> {
  const signed = (head: string, body: string): string => {
    const text = `${encoded(head)}.${encoded(body)}`;
    return `${text}.${sign(text)}`;
  };
  const [head, body] = [JSON.stringify(header), JSON.stringify(claims)];
  const valid = signed(head, body);
  const none = `${encoded('{"alg":"none"}')}.${encoded(body)}.`;
  return fc.oneof(
    { weight: 6, arbitrary: textLike(valid, none) },
    { weight: 2, arbitrary: jsonLike(body).map((changed) => signed(head, changed)) },
    { weight: 1, arbitrary: fc.tuple(jsonLike(head), jsonLike(body)).map((changed) => signed(...changed)) },
    { weight: 1, arbitrary: hostileText },
  );
}

const claimsIn = (token: string): Readonly<Record<string, unknown>> =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;

const SECRET = "fuzz-secret-of-the-app";
const { session } = shopifyApi({
  apiKey: "api-key",
  apiSecretKey: SECRET,
  apiVersion: API_VERSION,
  hostName: "tandem.example.com",
  isEmbeddedApp: true,
  logger: { log: () => undefined },
});
const hmacOf = (text: string): string => createHmac("sha256", SECRET).update(text).digest("base64url");
const SESSION = {
  iss: "https://tea.myshopify.com/admin",
  dest: "https://tea.myshopify.com",
  aud: "api-key",
  sub: "42",
  exp: FAR_S,
  nbf: 1_700_000_000,
  iat: 1_700_000_000,
  jti: "1",
  sid: "2",
};

export const sessionTokens = fuzzedAsync(
  "session token",
  tokensLike({ alg: "HS256", typ: "JWT" }, SESSION, hmacOf),
  async (token) => {
    try {
      const { aud } = await session.decodeSessionToken(token);
      const [head, body, signature] = token.split(".");
      expectThat(aud === "api-key", "a session token is for this app");
      const expected = hmacOf(`${head ?? ""}.${body ?? ""}`);
      expectThat(
        Buffer.from(signature ?? "", "base64url").equals(Buffer.from(expected, "base64url")),
        "only what the secret signed is a session token",
      );
    } catch (error) {
      if (!(error instanceof InvalidJwtError)) throw error;
    }
  },
);

const AUDIENCE = "https://tandem.example.com/webhooks/pubsub";
const ACCOUNT = "push@example.iam.gserviceaccount.com";
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const GOOGLE = {
  iss: "https://accounts.google.com",
  aud: AUDIENCE,
  email: ACCOUNT,
  email_verified: true,
  exp: FAR_S,
  iat: 1_700_000_000,
};
const rsaOf = (text: string): string => createSign("RSA-SHA256").update(text).sign(privateKey, "base64url");

let known: Promise<GoogleTokens> | undefined;

/** The checker as it is once it has fetched its keys, from an address that answers within this process. */
async function withKeys(): Promise<GoogleTokens> {
  const before = getGlobalDispatcher();
  const agent = new MockAgent();
  agent.disableNetConnect();
  const keys = { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "1", alg: "RS256", use: "sig" }] };
  agent.get("https://keys.example.com").intercept({ path: "/" }).reply(200, keys).persist();
  setGlobalDispatcher(agent);
  const onTrouble = (error: unknown): void => void (trouble = error);
  let trouble: unknown;
  const tokens = createGoogleTokens({
    audience: AUDIENCE,
    serviceAccount: ACCOUNT,
    keysUrl: "https://keys.example.com/",
    onTrouble,
  });
  while ((await tokens.check("Bearer none")) === "keys-unknown" && trouble === undefined) await wait(1);
  setGlobalDispatcher(before);
  if (trouble !== undefined) throw new Error("the keys cannot be fetched", { cause: trouble });
  return tokens;
}

export const googleTokens = fuzzedAsync(
  "Google's push token",
  fc.tuple(fc.constantFrom("Bearer ", "bearer ", "", "Basic "), tokensLike({ alg: "RS256", kid: "1" }, GOOGLE, rsaOf)),
  async ([scheme, token]) => {
    const tokens = await (known ??= withKeys());
    if ((await tokens.check(scheme + token)) !== "valid") return;
    const { aud, email, email_verified: isVerified } = claimsIn(token);
    expectThat(
      [aud].flat().includes(AUDIENCE) && email === ACCOUNT && isVerified === true,
      "a push is this subscription's",
    );
  },
);

import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from "jose";
import { request } from "undici";
import { z } from "zod";

/** `keys-unknown`: not to be told yet; whoever sent it is to send it again. */
export type TokenCheck = "valid" | "invalid" | "keys-unknown";

export type GoogleTokens = {
  /** For an Authorization header. Asks nobody: the keys were fetched before, and are fetched again beside it. */
  readonly check: (authorization: string | undefined) => Promise<TokenCheck>;
  readonly close: () => void;
};

export type GoogleTokenOptions = {
  /** The audience that the push subscription names. */
  readonly audience: string;
  /** The service account that the subscription signs as. */
  readonly serviceAccount: string;
  /** Google's public keys as a JWK set. */
  readonly keysUrl: string;
  /** Told when the keys could not be fetched. */
  readonly onTrouble: (error: unknown) => void;
};

// Google changes its keys about once a day and publishes the next ones before it uses them.
const REFRESH_MS = 3_600_000;
// A key that nobody knows may be a new one, or a stranger's: it is looked for, but not as often as strangers like.
const LOOK_AGAIN_MS = 30_000;
const TIMEOUT_MS = 5_000;
const CLOCK_TOLERANCE_S = 60;
const ISSUERS = ["https://accounts.google.com", "accounts.google.com"];

// RFC 7517, as much as is needed to hand it on; jose reads the keys themselves.
const KeySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) });

/**
 * Checks the OpenID Connect tokens that Google's push requests carry. Google signs such tokens for everybody, so
 * signature and issuer prove nothing by themselves: audience and service account say that it is this subscription.
 */
export function createGoogleTokens(options: GoogleTokenOptions): GoogleTokens {
  const { audience, serviceAccount } = options;
  const keys = publishedKeys(options);
  const isOurs = ({ email, email_verified: isVerified }: JWTPayload): boolean =>
    email === serviceAccount && isVerified === true;
  return {
    check: async (authorization) => {
      const [, token] = /^Bearer (\S+)$/i.exec(authorization ?? "") ?? [];
      if (token === undefined) return "invalid";
      const known = keys.known();
      if (known === null) return "keys-unknown";
      try {
        const { payload } = await jwtVerify(token, known, {
          audience,
          issuer: ISSUERS,
          algorithms: ["RS256"],
          clockTolerance: CLOCK_TOLERANCE_S,
        });
        return isOurs(payload) ? "valid" : "invalid";
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) return "invalid";
        keys.lookAgain();
        return "keys-unknown";
      }
    },
    close: keys.close,
  };
}

type Keys = ReturnType<typeof createLocalJWKSet>;

/** Google's keys in memory, fetched at once and every hour: no request that comes in waits for one that goes out. */
function publishedKeys({ keysUrl, onTrouble }: GoogleTokenOptions) {
  let known: Keys | null = null;
  let fetchedAt = Number.NEGATIVE_INFINITY;
  const refresh = async (): Promise<void> => {
    fetchedAt = performance.now();
    try {
      known = createLocalJWKSet(await fetchKeys(keysUrl));
    } catch (error) {
      onTrouble(error);
    }
  };
  const lookAgain = (): void => {
    if (performance.now() - fetchedAt >= LOOK_AGAIN_MS) void refresh();
  };
  void refresh();
  const timer = setInterval(() => void refresh(), REFRESH_MS).unref();
  return {
    known: (): Keys | null => {
      if (known === null) lookAgain();
      return known;
    },
    lookAgain,
    close: () => clearInterval(timer),
  };
}

async function fetchKeys(url: string): Promise<JSONWebKeySet> {
  const { statusCode, body } = await request(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`the keys' address answered ${statusCode}`);
  return KeySet.parse(JSON.parse(text));
}

import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from "jose";
import { request } from "undici";
import { z } from "zod";

/** `keys-unknown`: cannot be checked yet; the sender should retry. */
export type TokenCheck = "valid" | "invalid" | "keys-unknown";

export type GoogleTokens = {
  /**
   * Checks an Authorization header without a request of its own: the keys are fetched in advance and in the background.
   */
  readonly check: (authorization: string | undefined) => Promise<TokenCheck>;
  readonly close: () => void;
};

export type GoogleTokenOptions = {
  /** The audience that the push subscription names. */
  readonly audience: string;
  /** The service account that the subscription signs as. */
  readonly serviceAccount: string;
  /** The URL of Google's public keys, a JWK set. */
  readonly keysUrl: string;
  /** Called when the keys could not be fetched. */
  readonly onTrouble: (error: unknown) => void;
};

// Google rotates its keys about once a day and publishes the next ones before using them.
const REFRESH_MS = 3_600_000;
// An unknown key may be new or invalid: the keys are fetched again, but at most this often.
const LOOK_AGAIN_MS = 30_000;
const TIMEOUT_MS = 5_000;
const CLOCK_TOLERANCE_S = 60;
const ISSUERS = ["https://accounts.google.com", "accounts.google.com"];

// RFC 7517, only as far as needed to pass it on; jose validates the keys.
const KeySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) });

/**
 * Checks the OpenID Connect tokens of Google's push requests. Google signs such tokens for anyone, so signature and
 * issuer alone prove nothing: audience and service account identify this subscription.
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

/** Google's keys in memory, fetched at startup and every hour: no incoming request waits for an outgoing one. */
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
  if (statusCode !== 200) throw new Error(`Google's key server answered ${statusCode}`);
  return KeySet.parse(JSON.parse(text));
}

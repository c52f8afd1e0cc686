import { randomBytes } from "node:crypto";

export type GraphReply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
};

export type GraphRefusal = {
  readonly status: number;
  readonly code: number;
  readonly subcode?: number;
  readonly message: string;
  readonly isTransient?: boolean;
  /** Graph names the field for some errors. */
  readonly blame?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
};

/** The shape of Graph's trace ids. */
export const traceId = (): string => `A${randomBytes(17).toString("base64url").slice(0, 22)}`;

export const received = (count: number, fbtrace_id: string): GraphReply => ({
  status: 200,
  headers: {},
  body: { events_received: count, messages: [], fbtrace_id },
});

/** Graph's error body. Its texts for people are French here, because the real ones come in the token user's language. */
export function refused(refusal: GraphRefusal): GraphReply {
  const { status, code, subcode, message, isTransient, blame, headers } = refusal;
  return {
    status,
    headers: {
      ...headers,
      "www-authenticate": `OAuth "Facebook Platform" "invalid_request" "${message.replaceAll('"', "'")}"`,
    },
    body: {
      error: {
        message,
        type: "OAuthException",
        code,
        ...(subcode !== undefined && {
          error_subcode: subcode,
          is_transient: isTransient ?? false,
          error_user_title: "Paramètre non valide",
          error_user_msg: "Cet évènement n’a pas pu être traité.",
        }),
        ...(subcode === undefined && isTransient !== undefined && { is_transient: isTransient }),
        ...(blame && { error_data: { blame_field_specs: [blame] } }),
        fbtrace_id: traceId(),
      },
    },
  };
}

export const invalidToken: GraphRefusal = {
  status: 401,
  code: 190,
  message: "Invalid OAuth access token - Cannot parse access token",
};

export const expiredToken: GraphRefusal = {
  status: 401,
  code: 190,
  subcode: 463,
  message: "Error validating access token: Session has expired",
};

export const unknownObject = (method: string, id: string): GraphRefusal => ({
  status: 400,
  code: 100,
  subcode: 33,
  message: `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`,
});

export const throttled = (regainMinutes: number, metaPixelId: string): GraphRefusal => ({
  status: 400,
  code: 80004,
  message: "There have been too many calls to this ad-account. Wait a bit and try again.",
  isTransient: true,
  headers: {
    "x-business-use-case-usage": JSON.stringify({
      [metaPixelId]: [
        {
          type: "ads_management",
          call_count: 100,
          total_cputime: 12,
          total_time: 9,
          estimated_time_to_regain_access: regainMinutes,
          ads_api_access_tier: "standard_access",
        },
      ],
    }),
  },
});

/** The simulator is stricter here: the real Graph might accept it, which would hide a mistake. */
export const strict = (message: string, ...blame: string[]): GraphRefusal => ({
  status: 400,
  code: 100,
  message: `(#100) ${message}`,
  isTransient: false,
  ...(blame.length > 0 && { blame }),
});

/** A documented or recorded refusal of an event's content. */
export const invalidEvent = (subcode: number, ...blame: string[]): GraphRefusal => ({
  status: 400,
  code: 100,
  subcode,
  message: "Invalid parameter",
  ...(blame.length > 0 && { blame }),
});

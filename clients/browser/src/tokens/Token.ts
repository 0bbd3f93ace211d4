import { SautikitError } from "../errors/SautikitError.js";

/** What a page's own server answers: a token, and what comes with it. */
export interface Token {
  readonly text: string;
  /** Who we are: the claim `identity`, else `sub`. */
  readonly identity: string;
  /**
   * For how long it is good, from when it was fetched. Taken from its own claims, so that a wrong clock does no harm.
   */
  readonly life_ms: number;
  /** Where the gateway is, when the answer says so. */
  readonly gatewayUrl: string | undefined;
  /** Servers that help to get through firewalls, when the answer names any. */
  readonly iceServers: readonly RTCIceServer[] | undefined;
}

/** Longer tokens are not taken: they would not fit into a handshake. Characters. */
const longestToken = 4_096;
const shape = /^[\w-]+\.[\w-]+\.[\w-]+$/;
/** When nothing says how long a token is good: what the API gives. */
const usualLife_ms = 300_000;

/**
 * Reads the answer of `tokenUrl`.
 *
 * @param now_ms milliseconds since 1970
 * @throws SautikitError `token_endpoint_failed`
 */
export function parseToken(answer: unknown, now_ms: number): Token {
  const fields = record(answer);
  const text = fields?.["token"];
  if (fields === undefined || typeof text !== "string" || text.length > longestToken || !shape.test(text)) {
    throw unusable("it has no 'token' that is a JSON Web Token");
  }
  const claims = claimsOf(text);
  const identity = claims["identity"] ?? claims["sub"];
  if (typeof identity !== "string" || identity === "" || identity.length > 128) {
    throw unusable("its token names neither 'identity' nor 'sub'");
  }
  const gateway = fields["ws_url"] ?? fields["endpoint"];
  return {
    text,
    identity,
    life_ms: lifeOf(claims, fields["expires_at"], now_ms),
    gatewayUrl: typeof gateway === "string" ? gateway : undefined,
    iceServers: iceServersOf(fields),
  };
}

function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const encoded = (token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
  try {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    const claims = record(JSON.parse(new TextDecoder().decode(bytes)));
    if (claims) return claims;
  } catch {
    // What is no base64 or no JSON is no token: told below.
  }
  throw unusable("its token cannot be read");
}

function lifeOf(claims: Readonly<Record<string, unknown>>, expiresAt: unknown, now_ms: number): number {
  const { exp, iat } = claims as { exp?: unknown; iat?: unknown };
  if (typeof exp === "number" && typeof iat === "number" && exp > iat) return (exp - iat) * 1000;
  const until_ms = typeof expiresAt === "string" ? Date.parse(expiresAt) - now_ms : NaN;
  return until_ms > 0 ? until_ms : usualLife_ms;
}

function iceServersOf(fields: Readonly<Record<string, unknown>>): readonly RTCIceServer[] | undefined {
  const list = fields["iceServers"] ?? record(fields["turnServer"])?.["iceServers"];
  if (!Array.isArray(list)) return undefined;
  return list.filter((server): server is RTCIceServer => record(server)?.["urls"] !== undefined).slice(0, 8);
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
}

function unusable(why: string): SautikitError {
  return new SautikitError(
    "token_endpoint_failed",
    `The answer of tokenUrl cannot be used: ${why}. Answer what POST /v1/sip/token answers, as it is.`,
  );
}

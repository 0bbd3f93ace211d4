import { SautikitError } from "../errors/SautikitError.js";
import type { Clock } from "../time/Clock.js";
import { parseToken, type Token } from "./Token.js";

/** A server that takes longer has failed. */
const limit_ms = 10_000;
/** Longer answers are not read. Characters. */
const longestAnswer = 65_536;

/**
 * Asks the page's own server for a token.
 *
 * @throws SautikitError `token_endpoint_failed`
 */
export async function fetchToken(url: string, request: RequestInit, clock: Clock): Promise<Token> {
  const abort = new AbortController();
  const cancel = clock.after(limit_ms, () => abort.abort());
  try {
    const headers = { accept: "application/json", ...Object.fromEntries(new Headers(request.headers)) };
    const response = await fetch(url, {
      credentials: "same-origin", cache: "no-store", ...request, headers, signal: abort.signal,
    });
    const text = await response.text();
    if (!response.ok) throw failure(`it answered ${response.status}`, { status: response.status });
    return parseToken(parseJSON(text), clock.now());
  } catch (error) {
    throw SautikitError.from(error, "token_endpoint_failed", sentence("it could not be reached in time"));
  } finally {
    cancel();
  }
}

function parseJSON(text: string): unknown {
  if (text.length > longestAnswer) throw failure("its answer is too long");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw failure("its answer is no JSON", { cause: error });
  }
}

function failure(why: string, detail: { status?: number; cause?: unknown } = {}): SautikitError {
  return new SautikitError("token_endpoint_failed", sentence(why), detail);
}

function sentence(why: string): string {
  return `tokenUrl gave no token: ${why}. Check that your server is up, the user signed in, and its API key good.`;
}

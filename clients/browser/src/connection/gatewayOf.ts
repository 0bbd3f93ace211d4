import { SautikitError } from "../errors/SautikitError.js";

/** Where the gateway may be said to be. */
export interface GatewayHints {
  /** The option `gatewayUrl`. */
  readonly option: string | undefined;
  /** What the token came with. */
  readonly answered: string | undefined;
  /** The origin that this library was loaded from; undefined when nobody knows. */
  readonly origin: string | undefined;
}

/**
 * Finds the gateway: the option, else what came with the token, else `/browser/config.json` of where this library is
 * from.
 *
 * @throws SautikitError `gateway_unknown`
 */
export async function gatewayOf(hints: GatewayHints, readConfig: (url: string) => Promise<unknown>): Promise<URL> {
  const named = hints.option ?? hints.answered;
  if (named !== undefined) return parseGateway(named);
  if (hints.origin === undefined) throw unknown("nothing says where it is");
  const config = await readConfig(`${hints.origin}/browser/config.json`);
  const url = (config as { ws_url?: unknown } | null)?.ws_url;
  if (typeof url !== "string") throw unknown("config.json has no 'ws_url'");
  return parseGateway(url);
}

/** A WebSocket's address, without a fragment. */
function parseGateway(text: string): URL {
  try {
    const url = new URL(text);
    if ((url.protocol === "wss:" || url.protocol === "ws:") && url.hostname !== "" && url.hash === "") return url;
  } catch {
    // What is no URL at all is told like what is the wrong one.
  }
  throw unknown(`'${text.slice(0, 100)}' is no ws: or wss: address`);
}

function unknown(why: string): SautikitError {
  return new SautikitError(
    "gateway_unknown",
    `The gateway cannot be found: ${why}. Give the option 'gatewayUrl', or let tokenUrl answer 'ws_url'.`,
  );
}

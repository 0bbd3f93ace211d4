import type { SautikitError } from "../errors/SautikitError.js";
import type { IncomingCall } from "./IncomingCall.js";

/** What happens to a client. */
export interface ClientEvents {
  /** Calls can be placed and taken: at first, and whenever the connection is back. */
  connected: undefined;
  /** It is over: `disconnect()` was called, or the gateway refuses us. */
  disconnected: { readonly error: SautikitError | undefined };
  /** The connection is gone and is tried again, in `delay_ms`; calls wait. */
  reconnecting: { readonly attempt: number; readonly delay_ms: number };
  /** The token is about to be renewed. It is good for `left_ms`. */
  tokenExpiring: { readonly left_ms: number };
  /** Somebody calls. */
  incoming: IncomingCall;
  /** Something went wrong that no method told. */
  error: SautikitError;
}

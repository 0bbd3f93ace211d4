import { SautikitError } from "../errors/SautikitError.js";

/** What a client is made with. */
export interface ClientOptions {
  /** Your server's endpoint that answers what `POST /v1/sip/token` answers: `{ token, expires_at }`. */
  readonly tokenUrl: string;
  /** How it is asked; default `GET` with the cookies of this origin. */
  readonly tokenRequest?: RequestInit;
  /** The gateway, `wss://…`; default what `tokenUrl` answers as `ws_url`, else what the platform's config.json says. */
  readonly gatewayUrl?: string;
  /** Servers that help to get through firewalls; default those that `tokenUrl` answers, else none. */
  readonly iceServers?: readonly RTCIceServer[];
  /** What the browser does with the microphone's sound; default takes out echo and noise and evens out loudness. */
  readonly audio?: MediaTrackConstraints;
  /** Calls at once, held ones included; one more is busy. Default 4. */
  readonly maxCalls?: number;
}

/** Options with what was left out. */
export interface FullOptions extends ClientOptions {
  readonly tokenRequest: RequestInit;
  readonly audio: MediaTrackConstraints;
  readonly maxCalls: number;
}

/**
 * Checks options and fills in what was left out.
 *
 * @throws SautikitError `option_invalid`
 */
export function checkedOptions(options: ClientOptions): FullOptions {
  const { tokenUrl, maxCalls = 4 } = options;
  if (typeof tokenUrl !== "string" || tokenUrl === "") {
    throw new SautikitError("option_invalid", "'tokenUrl' is missing. Give the address of your token endpoint.");
  }
  if (!Number.isInteger(maxCalls) || maxCalls < 1 || maxCalls > 16) {
    throw new SautikitError("option_invalid", "'maxCalls' is a whole number from 1 to 16.");
  }
  return {
    ...options,
    maxCalls,
    tokenRequest: options.tokenRequest ?? {},
    audio: options.audio ?? { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  };
}

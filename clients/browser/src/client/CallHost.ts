import type { MediaObserver, PeerMedia } from "../media/PeerMedia.js";
import type { SessionHost } from "../sip/calls/SessionHost.js";
import type { Call } from "./Call.js";

/** What a call needs of its client. */
export interface CallHost extends SessionHost {
  /** Opens the microphone and a connection. */
  openMedia(observer: MediaObserver): Promise<PeerMedia>;
  /** Nothing is owed to the other side of a call any more. */
  forget(call: Call): void;
}

/** Why a call ended. */
export type EndReason =
  /** We hung up. */
  | "hangup"
  /** They hung up. */
  | "remote_hangup"
  /** Given up before it was answered: by us, or, of an incoming call, by the caller. */
  | "cancelled"
  /** We declined an incoming call. */
  | "rejected"
  /** Another browser or telephone took the incoming call. */
  | "answered_elsewhere"
  | "busy"
  | "no_answer"
  /** The gateway or the other side would not have it; the error says why. */
  | "refused"
  /** The call was given away. */
  | "transferred"
  | "failed"
  /** The way to the gateway was gone for too long. */
  | "connection_lost";

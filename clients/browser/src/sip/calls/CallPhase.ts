/** How far a call is, for what it may do next. */
export type CallPhase =
  /** Ours: the INVITE is out, and nothing more than 100 was answered. */
  | "inviting"
  /** Ours: they ring. */
  | "ringing"
  /** Ours: given up before it was answered; waits for a provisional answer to cancel, or for the final one. */
  | "cancelling"
  /** Theirs: it rings here. */
  | "offered"
  /** Theirs: our 200 waits for its ACK. */
  | "accepting"
  | "active"
  | "ended";

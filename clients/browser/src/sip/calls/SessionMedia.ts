/** The sound of a call, as far as signalling moves it. Each description is SDP. */
export interface SessionMedia {
  /** Makes an offer; `restart` looks for new ways through the network. */
  offer(restart: boolean): Promise<string>;
  /** Takes what an answer before the answer says: ring-back, mostly. */
  takeEarly(sdp: string): Promise<void>;
  takeAnswer(sdp: string): Promise<void>;
  /** Takes an offer and returns our answer. */
  takeOffer(sdp: string): Promise<string>;
  /** Goes back to what was agreed before the last offer of ours. */
  rollBack(): Promise<void>;
}

/** How far a call is, for whoever shows it. */
export type CallState = "calling" | "ringing" | "answered" | "ended";

/** Which way sound goes, as the sender of a description sees it (RFC 3264 section 5.1). */
export type Direction = "sendrecv" | "sendonly" | "recvonly" | "inactive";

/** The direction of the first audio stream; the session's where it says nothing. */
export function directionOf(sdp: string): Direction {
  const sections = sdp.split(/^(?=m=)/m);
  const audio = sections.find((section) => section.startsWith("m=audio")) ?? "";
  const session = sections[0]?.startsWith("m=") === false ? sections[0] : "";
  // RFC 2543's way to hold, which some telephones still have.
  if (/^c=IN IP4 0\.0\.0\.0\s*$/m.test(audio)) return "sendonly";
  const said = directionIn(audio) ?? directionIn(session ?? "");
  return said ?? "sendrecv";
}

function directionIn(section: string): Direction | undefined {
  return /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m.exec(section)?.[1] as Direction | undefined;
}

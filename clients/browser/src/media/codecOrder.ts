/** What is offered, best first: Opus between browsers, G.711 towards telephones, and digits. */
const wanted = ["audio/opus", "audio/pcmu", "audio/pcma", "audio/telephone-event"];

/** The codecs of a browser that are offered, in the order in which they are. */
export function codecOrder<Codec extends { readonly mimeType: string; readonly clockRate: number }>(
  known: readonly Codec[],
): Codec[] {
  return wanted.flatMap((type) => known.filter((codec) => codec.mimeType.toLowerCase() === type));
}

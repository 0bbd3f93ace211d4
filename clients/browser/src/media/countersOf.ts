import type { MediaCounters } from "./Quality.js";

type Report = Readonly<Record<string, unknown>>;

/** The counters of an audio connection, out of what `getStats` reports. */
export function countersOf(reports: Iterable<unknown>): MediaCounters {
  const all = [...reports] as Report[];
  const find = (type: string): Report => all.find((report) => report["type"] === type) ?? {};
  const [inbound, outbound, remote] = [find("inbound-rtp"), find("outbound-rtp"), find("remote-inbound-rtp")];
  const pair = all.find((report) => report["type"] === "candidate-pair" && report["nominated"] === true) ?? {};
  const codec = all.find((report) => report["type"] === "codec" && report["id"] === inbound["codecId"]) ?? {};
  const roundTrip_s = numberOf(remote["roundTripTime"]) ?? numberOf(pair["currentRoundTripTime"]);
  return {
    packetsReceived: numberOf(inbound["packetsReceived"]) ?? 0,
    packetsLost: numberOf(inbound["packetsLost"]) ?? 0,
    packetsSent: numberOf(outbound["packetsSent"]) ?? 0,
    jitter_ms: (numberOf(inbound["jitter"]) ?? 0) * 1000,
    roundTrip_ms: roundTrip_s === undefined ? undefined : roundTrip_s * 1000,
    codec: String(codec["mimeType"] ?? "").replace(/^audio\//i, ""),
  };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

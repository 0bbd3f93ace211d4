/** How a call sounds to us, of the last few seconds. */
export interface Quality {
  /** An estimate of what people would say of it (ITU-T G.107, simplified): 1 to 4.5; 4 and more is good. */
  readonly mos: number;
  /** How unevenly packets come. Milliseconds. */
  readonly jitter_ms: number;
  /** The share of packets that did not come: 0 to 1. */
  readonly loss: number;
  /** There and back; undefined until the other side has said. Milliseconds. */
  readonly roundTrip_ms: number | undefined;
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly packetsSent: number;
  /** What we hear is encoded with, such as `PCMU`; "" until something has come. */
  readonly codec: string;
}

/** Counters since the call began, as the browser has them. */
export interface MediaCounters {
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly packetsSent: number;
  readonly jitter_ms: number;
  readonly roundTrip_ms: number | undefined;
  readonly codec: string;
}

/** The quality between two readings of the counters; of the whole call when there is no first one. */
export function qualityBetween(before: MediaCounters | undefined, after: MediaCounters): Quality {
  const received = after.packetsReceived - (before?.packetsReceived ?? 0);
  // Late packets can lower the browser's count of lost ones.
  const lost = Math.max(0, after.packetsLost - (before?.packetsLost ?? 0));
  const expected = received + lost;
  const loss = expected > 0 ? lost / expected : 0;
  return { ...after, loss, mos: estimatedMos(loss, after.jitter_ms, after.roundTrip_ms ?? 0) };
}

/** The E-model, with delay and loss alone: a jitter buffer turns jitter into twice as much delay. */
export function estimatedMos(loss: number, jitter_ms: number, roundTrip_ms: number): number {
  const delay_ms = roundTrip_ms / 2 + jitter_ms * 2 + 10;
  const delayImpairment = delay_ms < 160 ? delay_ms / 40 : (delay_ms - 120) / 10;
  const rating = Math.min(Math.max(93.2 - delayImpairment - loss * 100 * 2.5, 0), 100);
  const mos = 1 + 0.035 * rating + 0.000007 * rating * (rating - 60) * (100 - rating);
  return Math.round(Math.min(Math.max(mos, 1), 4.5) * 100) / 100;
}

/** Sounds that a telephone makes: it rings, and one hears that it rings at the other side. */
export class Ringer {
  private context: AudioContext | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;

  /** Rings until `stop`: two short ones for a call of theirs, a long one for a call of ours. */
  start(kind: "incoming" | "outgoing"): void {
    this.stop();
    const ring = (): void => {
      if (kind === "outgoing") this.tone(1_000, 0);
      else [0, 600].forEach((delay_ms) => this.tone(400, delay_ms));
    };
    ring();
    this.timer = setInterval(ring, kind === "outgoing" ? 4_000 : 3_000);
  }

  stop(): void {
    clearInterval(this.timer);
    void this.context?.close();
    this.context = undefined;
  }

  private tone(length_ms: number, delay_ms: number): void {
    this.context ??= new AudioContext();
    const [start, end] = [delay_ms, delay_ms + length_ms].map((at_ms) =>
      (this.context?.currentTime ?? 0) + at_ms / 1000);
    const gain = new GainNode(this.context, { gain: 0.06 });
    gain.connect(this.context.destination);
    for (const frequency of [425, 440]) {
      const oscillator = new OscillatorNode(this.context, { frequency });
      oscillator.connect(gain);
      oscillator.start(start);
      oscillator.stop(end);
    }
  }
}

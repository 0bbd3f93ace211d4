/** How loud both sides are: 0 is silent, 1 as loud as it gets, and speech in between, by the decibel. */
export interface Levels {
  /** What we say. */
  readonly input: number;
  /** What we hear. */
  readonly output: number;
}

const quietest_dB = -60;

/** The level of samples from -1 to 1. */
export function levelOf(samples: Float32Array): number {
  if (samples.length === 0) return 0;
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const level_dB = 10 * Math.log10(Math.max(power, 1e-10));
  return Math.min(Math.max(1 - level_dB / quietest_dB, 0), 1);
}

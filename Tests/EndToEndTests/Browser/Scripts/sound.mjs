/** A WAV file with a tone, 16 bits, mono. */
export function toneFile({ hertz, rate, seconds }) {
  const count = rate * seconds;
  const bytes = Buffer.alloc(44 + 2 * count);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(36 + 2 * count, 4);
  bytes.write("WAVEfmt ", 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(2 * rate, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write("data", 36);
  bytes.writeUInt32LE(2 * count, 40);
  for (let index = 0; index < count; index += 1) {
    bytes.writeInt16LE(Math.round(12_000 * Math.sin((2 * Math.PI * hertz * index) / rate)), 44 + 2 * index);
  }
  return bytes;
}

/** The samples of a WAV file that may still be being written. */
export function waveSamples(bytes) {
  const data = bytes.subarray(44);
  return Array.from({ length: data.length >> 1 }, (_, index) => data.readInt16LE(2 * index));
}

/**
 * The share of the sound that is within a few hertz of a tone: 1 for that tone alone, 0 for anything else (Goertzel).
 */
export function shareOfTone(samples, hertz, rate = 8_000) {
  const energy = samples.reduce((sum, sample) => sum + sample * sample, 0);
  if (energy === 0) return 0;
  const factor = 2 * Math.cos((2 * Math.PI * hertz) / rate);
  let [before, last] = [0, 0];
  for (const sample of samples) [before, last] = [last, sample + factor * last - before];
  const power = before * before + last * last - factor * before * last;
  return (2 * power) / (samples.length * energy);
}

/** The longest run of fifths of a second in which a tone is most of what is heard. Seconds. */
export function secondsOfTone(samples, hertz, rate = 8_000) {
  const step = rate / 5;
  let [run, longest] = [0, 0];
  for (let start = 0; start + step <= samples.length; start += step) {
    run = shareOfTone(samples.slice(start, start + step), hertz, rate) > 0.7 ? run + 0.2 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

import { levelOf, type Levels } from "./Levels.js";

/** Measures how loud two streams are, by Web Audio. */
export class LevelMeter {
  private readonly context = new AudioContext();
  private readonly samples = new Float32Array(1024);
  private readonly input: AnalyserNode;
  private readonly output: AnalyserNode;

  constructor(local: MediaStream, remote: MediaStream) {
    this.input = this.analyse(local);
    this.output = this.analyse(remote);
  }

  /** The levels of this moment. A context that waits for the user to touch the page measures silence. */
  read(): Levels {
    if (this.context.state === "suspended") void this.context.resume();
    return { input: this.level(this.input), output: this.level(this.output) };
  }

  close(): void {
    void this.context.close();
  }

  private analyse(stream: MediaStream): AnalyserNode {
    const analyser = this.context.createAnalyser();
    analyser.fftSize = this.samples.length;
    this.context.createMediaStreamSource(stream).connect(analyser);
    return analyser;
  }

  private level(analyser: AnalyserNode): number {
    analyser.getFloatTimeDomainData(this.samples);
    return levelOf(this.samples);
  }
}

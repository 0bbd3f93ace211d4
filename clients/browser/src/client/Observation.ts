import { LevelMeter } from "../media/LevelMeter.js";
import type { Levels } from "../media/Levels.js";
import type { PeerMedia } from "../media/PeerMedia.js";
import { qualityBetween, type MediaCounters, type Quality } from "../media/Quality.js";
import type { Cancel, Clock } from "../time/Clock.js";

/** What is observed of a call, and for whom. */
export interface ObservationTarget {
  wantsLevels(): boolean;
  wantsQuality(): boolean;
  levels(levels: Levels): void;
  quality(quality: Quality): void;
}

const levelInterval_ms = 80;
const qualityInterval_ms = 2_000;

/** Looks at a call's sound again and again, as long as somebody wants to know. */
export class Observation {
  private meter: LevelMeter | undefined;
  private metered: MediaStream | undefined;
  private before: MediaCounters | undefined;
  private readonly cancels = new Map<string, Cancel>();
  private isClosed = false;

  constructor(
    private readonly media: PeerMedia,
    private readonly clock: Clock,
    private readonly target: ObservationTarget,
  ) {
    this.repeat("levels", levelInterval_ms, () => this.readLevels());
    this.repeat("quality", qualityInterval_ms, () => this.readQuality());
  }

  close(): void {
    this.isClosed = true;
    this.cancels.forEach((cancel) => cancel());
    this.meter?.close();
  }

  private repeat(name: string, interval_ms: number, work: () => void): void {
    this.cancels.set(name, this.clock.after(interval_ms, () => {
      work();
      if (!this.isClosed) this.repeat(name, interval_ms, work);
    }));
  }

  private readLevels(): void {
    if (!this.target.wantsLevels() || this.media.remote.getAudioTracks().length === 0) return;
    if (this.metered !== this.media.local) {
      this.meter?.close();
      this.meter = new LevelMeter(this.media.local, this.media.remote);
      this.metered = this.media.local;
    }
    if (this.meter) this.target.levels(this.meter.read());
  }

  private readQuality(): void {
    if (!this.target.wantsQuality()) return;
    this.media.counters().then((counters) => {
      if (this.isClosed) return;
      this.target.quality(qualityBetween(this.before, counters));
      this.before = counters;
    }, () => undefined /* The connection was closed meanwhile: there is nothing more to measure. */);
  }
}

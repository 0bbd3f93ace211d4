import { SautikitError } from "../errors/SautikitError.js";
import { Emitter } from "../events/Emitter.js";
import { microphoneError } from "./microphoneError.js";

/** A microphone or a speaker. */
export interface AudioDevice {
  readonly id: string;
  /** Its name; "" until the microphone was allowed once. */
  readonly label: string;
}

/** What happens to devices. */
export interface DeviceEvents {
  /** Something was connected or taken away. */
  changed: undefined;
  /** Another one was selected: calls follow. */
  inputSelected: string;
  outputSelected: string;
}

/** Firefox and Safari lack it here and there, and so does TypeScript's own list. */
type Sink = HTMLMediaElement & { setSinkId?: (id: string) => Promise<void> };

/** Microphones and speakers, and which of them calls use. */
export class DeviceBook extends Emitter<DeviceEvents> {
  private inputId = "";
  private outputId = "";

  /** @param processing what the browser is to do with the microphone's sound */
  constructor(private readonly processing: MediaTrackConstraints) {
    super();
    media()?.addEventListener("devicechange", () => this.emit("changed", undefined));
  }

  /** The selected microphone; "" is the browser's own choice. */
  get input(): string {
    return this.inputId;
  }

  /** The selected speaker; "" is the browser's own choice. */
  get output(): string {
    return this.outputId;
  }

  /** The microphones that there are. */
  inputs(): Promise<AudioDevice[]> {
    return this.list("audioinput");
  }

  /** The speakers that there are; none where the browser lets no page choose. */
  outputs(): Promise<AudioDevice[]> {
    return this.canSelectOutput ? this.list("audiooutput") : Promise.resolve([]);
  }

  /** Whether this browser lets a page choose the speaker. */
  get canSelectOutput(): boolean {
    return "setSinkId" in HTMLMediaElement.prototype;
  }

  /** Uses a microphone for this and later calls; "" for the browser's choice. */
  selectInput(id: string): void {
    this.inputId = id;
    this.emit("inputSelected", id);
  }

  /**
   * Uses a speaker for this and later calls; "" for the browser's choice.
   *
   * @throws SautikitError `browser_unsupported`
   */
  selectOutput(id: string): void {
    if (!this.canSelectOutput) {
      throw new SautikitError("browser_unsupported", "This browser does not let a page choose the speaker.");
    }
    this.outputId = id;
    this.emit("outputSelected", id);
  }

  /**
   * Opens the selected microphone.
   *
   * @throws SautikitError `microphone_…`, `browser_unsupported`
   */
  async open(): Promise<MediaStream> {
    const devices = media();
    if (devices === undefined) {
      throw new SautikitError(
        "browser_unsupported",
        "This page has no access to microphones. Serve it over https, and allow 'microphone' where it is embedded.",
      );
    }
    const selected = this.inputId === "" ? {} : { deviceId: { exact: this.inputId } };
    try {
      return await devices.getUserMedia({ audio: { ...this.processing, ...selected } });
    } catch (error) {
      throw microphoneError(error);
    }
  }

  /** Lets a player be heard where the user wants it. */
  async route(player: HTMLMediaElement): Promise<void> {
    const sink = player as Sink;
    if (sink.setSinkId === undefined || (this.outputId === "" && !("sinkId" in player))) return;
    try {
      await sink.setSinkId(this.outputId);
    } catch (error) {
      throw new SautikitError("device_failed", "The selected speaker cannot be used. Select another.",
        { cause: error });
    }
  }

  private async list(kind: MediaDeviceKind): Promise<AudioDevice[]> {
    const all = (await media()?.enumerateDevices()) ?? [];
    return all.filter((device) => device.kind === kind).map(({ deviceId, label }) => ({ id: deviceId, label }));
  }
}

function media(): MediaDevices | undefined {
  // Absent on pages that are not secure, whatever TypeScript says.
  return navigator.mediaDevices as MediaDevices | undefined;
}

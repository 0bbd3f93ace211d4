import { SautikitError } from "../errors/SautikitError.js";
import type { SessionMedia } from "../sip/calls/SessionMedia.js";
import type { Cancel, Clock } from "../time/Clock.js";
import { codecOrder } from "./codecOrder.js";
import { countersOf } from "./countersOf.js";
import type { DeviceBook } from "./DeviceBook.js";
import { gathered } from "./gathered.js";
import { newIceWatch, stepIceWatch, type IceEvent } from "./IceWatch.js";
import type { MediaCounters } from "./Quality.js";

/** Who is told what becomes of a call's sound. */
export interface MediaObserver {
  /** Another way through the network is to be agreed on. */
  needsRestart(): void;
  /** Sound goes both ways, at first or again. */
  connected(): void;
  /** No way was found for half a minute. */
  lost(): void;
  troubled(error: SautikitError): void;
}

/** The sound of one call: microphone, connection and player. */
export class PeerMedia implements SessionMedia {
  private readonly peer: RTCPeerConnection;
  private readonly player = new Audio();
  private readonly stops: (() => void)[] = [];
  private sender: RTCRtpSender | undefined;
  private transceiver: RTCRtpTransceiver | undefined;
  private watch = newIceWatch;
  private cancelTimer: Cancel | undefined;
  private isMuted = false;
  private isHeld = false;
  private isClosed = false;

  private constructor(
    private microphone: MediaStream,
    iceServers: readonly RTCIceServer[],
    private readonly devices: DeviceBook,
    private readonly clock: Clock,
    private readonly observer: MediaObserver,
  ) {
    // With its one stream all is bundled anyway; but `max-bundle` refuses answers that do not say so, and gateways that
    // were made for telephones say nothing of it.
    this.peer = new RTCPeerConnection({
      iceServers: [...iceServers], bundlePolicy: "balanced", rtcpMuxPolicy: "require",
    });
    this.player.autoplay = true;
    this.player.srcObject = this.remote;
    this.peer.ontrack = ({ track }) => this.play(track);
    this.peer.oniceconnectionstatechange = () => this.step({ type: "state", state: this.peer.iceConnectionState });
    this.stops.push(
      devices.on("inputSelected", () => void this.followInput()),
      devices.on("outputSelected", () => void this.followOutput()),
    );
  }

  /** What we hear. */
  readonly remote = new MediaStream();

  /**
   * Opens the microphone, and a connection that nobody is at the other end of yet.
   *
   * @throws SautikitError `microphone_…`, `browser_unsupported`, `media_failed`
   */
  static async open(
    iceServers: readonly RTCIceServer[],
    devices: DeviceBook,
    clock: Clock,
    observer: MediaObserver,
  ): Promise<PeerMedia> {
    const microphone = await devices.open();
    try {
      return new PeerMedia(microphone, iceServers, devices, clock, observer);
    } catch (error) {
      microphone.getTracks().forEach((track) => track.stop());
      throw SautikitError.from(error, "media_failed",
        "The browser cannot make calls: it has no WebRTC, or was denied it.");
    }
  }

  /** What we say. */
  get local(): MediaStream {
    return this.microphone;
  }

  async offer(restart: boolean): Promise<string> {
    this.attachAsCaller();
    if (this.transceiver) this.transceiver.direction = this.isHeld ? "sendonly" : "sendrecv";
    await this.peer.setLocalDescription(await this.peer.createOffer({ iceRestart: restart }));
    return this.described();
  }

  async takeEarly(sdp: string): Promise<void> {
    if (this.peer.signalingState !== "have-local-offer") return;
    await this.peer.setRemoteDescription({ type: "pranswer", sdp });
  }

  async takeAnswer(sdp: string): Promise<void> {
    await this.peer.setRemoteDescription({ type: "answer", sdp });
    // When only the signalling was away, ICE says nothing new: sound has flowed all the time.
    if (this.watch.phase === "connected") this.observer.connected();
  }

  async takeOffer(sdp: string): Promise<string> {
    await this.peer.setRemoteDescription({ type: "offer", sdp });
    this.attachAsCalled();
    if (this.transceiver) this.transceiver.direction = this.isHeld ? "sendonly" : "sendrecv";
    await this.peer.setLocalDescription(await this.peer.createAnswer());
    return this.described();
  }

  async rollBack(): Promise<void> {
    if (this.peer.signalingState === "have-local-offer") await this.peer.setLocalDescription({ type: "rollback" });
  }

  /** Lets the other side hear silence instead of the microphone. */
  mute(isMuted: boolean): void {
    this.isMuted = isMuted;
    this.applySilence();
  }

  /** Lets neither side hear the other. The next description says so. */
  hold(isHeld: boolean): void {
    this.isHeld = isHeld;
    this.applySilence();
  }

  /** The machine has got another network. */
  networkChanged(): void {
    this.step({ type: "networkChanged" });
  }

  /** What sends digits within the sound (RFC 4733); undefined when the two sides did not agree on that. */
  get digitSender(): RTCDTMFSender | undefined {
    const dtmf = this.sender?.dtmf;
    return dtmf?.canInsertDTMF === true ? dtmf : undefined;
  }

  /** What the browser has counted. */
  async counters(): Promise<MediaCounters> {
    const reports: unknown[] = [];
    (await this.peer.getStats()).forEach((report) => reports.push(report));
    return countersOf(reports);
  }

  /** Gives back the microphone and everything else. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.cancelTimer?.();
    this.stops.forEach((stop) => stop());
    this.microphone.getTracks().forEach((track) => track.stop());
    this.player.srcObject = null;
    this.peer.ontrack = this.peer.oniceconnectionstatechange = null;
    this.peer.close();
  }

  private attachAsCaller(): void {
    if (this.transceiver) return;
    const [track] = this.microphone.getAudioTracks();
    this.transceiver = this.peer.addTransceiver(track ?? "audio",
      { direction: "sendrecv", streams: [this.microphone] });
    this.sender = this.transceiver.sender;
    const known = RTCRtpReceiver.getCapabilities("audio")?.codecs;
    // Older browsers lack it and offer all that they know, which is no worse than more to choose from.
    const { setCodecPreferences } = this.transceiver as Partial<RTCRtpTransceiver>;
    if (known && setCodecPreferences) this.transceiver.setCodecPreferences(codecOrder(known));
  }

  private attachAsCalled(): void {
    if (this.transceiver) return;
    const [track] = this.microphone.getAudioTracks();
    // `addTrack` uses the transceiver that their offer has made, where `addTransceiver` would make another.
    if (track) this.sender = this.peer.addTrack(track, this.microphone);
    this.transceiver = this.peer.getTransceivers().find(({ sender }) => sender === this.sender);
  }

  private async described(): Promise<string> {
    await gathered(this.peer, this.clock);
    const sdp = this.peer.localDescription?.sdp;
    if (sdp === undefined) throw new SautikitError("media_failed", "The browser has closed the call's connection.");
    return sdp;
  }

  private play(track: MediaStreamTrack): void {
    this.remote.getTracks().forEach((old) => this.remote.removeTrack(old));
    this.remote.addTrack(track);
    void this.followOutput();
    // A page that was never touched may not play; whoever places or answers a call has touched it.
    this.player.play().catch((error: unknown) => {
      if (this.isClosed) return;
      const message = "The browser plays no sound before the page is touched. Let the user click to answer.";
      this.observer.troubled(new SautikitError("device_failed", message, { cause: error }));
    });
  }

  private applySilence(): void {
    for (const track of this.microphone.getAudioTracks()) track.enabled = !this.isMuted && !this.isHeld;
    this.player.muted = this.isHeld;
  }

  private async followInput(): Promise<void> {
    try {
      const next = await this.devices.open();
      const [track] = next.getAudioTracks();
      await this.sender?.replaceTrack(track ?? null);
      this.microphone.getTracks().forEach((old) => old.stop());
      this.microphone = next;
      this.applySilence();
      if (this.isClosed) next.getTracks().forEach((late) => late.stop());
    } catch (error) {
      this.observer.troubled(SautikitError.from(error, "device_failed", "The selected microphone cannot be used."));
    }
  }

  private async followOutput(): Promise<void> {
    try {
      await this.devices.route(this.player);
    } catch (error) {
      this.observer.troubled(SautikitError.from(error, "device_failed", "The selected speaker cannot be used."));
    }
  }

  private step(event: IceEvent): void {
    const step = stepIceWatch(this.watch, event);
    this.watch = step.state;
    for (const action of step.actions) {
      switch (action.type) {
        case "restart": this.observer.needsRestart(); break;
        case "lost": this.observer.lost(); break;
        case "wait":
          this.cancelTimer?.();
          this.cancelTimer = this.clock.after(action.delay_ms, () => this.step({ type: "timer" }));
          break;
        case "stopWaiting": this.cancelTimer?.(); break;
      }
    }
    if (this.watch.phase === "connected") this.observer.connected();
  }
}

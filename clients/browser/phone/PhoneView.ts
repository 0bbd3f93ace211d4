import { SautikitError, type Call, type IncomingCall, type SautikitClient } from "../src/index.js";
import { build, button } from "./build.js";
import { CallCard } from "./CallCard.js";
import { CallHistory } from "./CallHistory.js";
import { DeviceSettings } from "./DeviceSettings.js";
import { DialForm } from "./DialForm.js";
import { IncomingBanner } from "./IncomingBanner.js";
import { RecentList } from "./RecentList.js";
import { Ringer } from "./Ringer.js";
import { duration, ending } from "./words.js";

/** The phone: what is shown, and what is done when it is touched. Of the SDK it uses what index.ts exports. */
export class PhoneView {
  readonly element: HTMLElement;
  readonly dial: DialForm;
  private readonly dot = build("span", { class: "dot", "aria-hidden": "true" });
  private readonly status = build("span", { class: "status", role: "status" });
  private readonly problemText = build("p");
  private readonly problem: HTMLElement;
  private readonly banners = build("div", { class: "calls banners", "aria-live": "assertive" });
  private readonly live = build("div", { class: "calls" });
  private readonly devices: DeviceSettings;
  private readonly history = new CallHistory();
  private readonly recent = new RecentList(this.history, (number) => this.dial.enter(number));
  private readonly ringer = new Ringer();
  private readonly cards = new Map<Call, CallCard>();
  private readonly ringing = new Map<Call, IncomingBanner>();
  private readonly ticking = setInterval(() => this.cards.forEach((card) => card.show()), 500);

  constructor(private readonly client: SautikitClient, numbers: readonly string[]) {
    this.dial = new DialForm(numbers, (to, from) => void this.place(to, from));
    this.devices = new DeviceSettings(client.devices);
    const settings = button("Devices", "small", () => this.toggleDevices(settings));
    settings.setAttribute("aria-expanded", "false");
    const close = button("Close", "small", () => { this.problem.hidden = true; });
    this.problem = build("div", { class: "panel problem", role: "alert", hidden: "" }, this.problemText, close);
    const top = build("header", { class: "panel top" }, this.dot, this.status, settings);
    const main = build("div", { class: "calls" }, this.devices.element, this.live, this.dial.element);
    this.element = build("div", { class: "phone" }, top, this.problem, this.banners, main,
      build("div", { class: "side" }, this.recent.element));
    this.element.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("keydown", this.unfocusedKey);
    this.listen();
    this.show();
  }

  /** Connects; what goes wrong is shown, with a button to try again. */
  async connect(): Promise<void> {
    this.say("busy", "Connecting…");
    try {
      await this.client.connect();
    } catch (error) {
      this.failed(error);
    }
  }

  close(): void {
    clearInterval(this.ticking);
    document.removeEventListener("keydown", this.unfocusedKey);
    this.ringer.stop();
    void this.client.disconnect();
  }

  private listen(): void {
    this.client.on("connected", () => {
      this.problem.hidden = true;
      this.say("on", `Ready · ${this.client.identity ?? ""}`);
      this.dial.ready = true;
    });
    this.client.on("reconnecting", () => {
      this.say("busy", "Reconnecting…");
      this.dial.ready = false;
    });
    this.client.on("disconnected", () => {
      this.say("off", "Not connected");
      const again = button("Connect", "small", () => void this.connect());
      this.status.append(" ", again);
      this.dial.ready = false;
    });
    this.client.on("error", (error) => this.failed(error));
    this.client.on("incoming", (call) => this.rings(call));
  }

  private async place(to: string, from: string | undefined): Promise<void> {
    this.problem.hidden = true;
    try {
      await this.holdOthers();
      const call = await this.client.call(to, from === undefined ? {} : { from });
      this.dial.clear();
      call.on("ringing", () => this.ringer.start("outgoing"));
      this.follow(call);
    } catch (error) {
      this.failed(error);
    }
  }

  private rings(call: IncomingCall): void {
    const banner = new IncomingBanner(call, () => void this.answer(call));
    this.ringing.set(call, banner);
    this.banners.append(banner.element);
    this.ringer.start("incoming");
    const stop = (): void => this.silence(call);
    call.on("answered", stop);
    call.on("ended", stop);
    this.follow(call);
    banner.focus();
  }

  private async answer(call: IncomingCall): Promise<void> {
    try {
      await this.holdOthers();
      await call.answer();
    } catch (error) {
      this.failed(error);
    }
  }

  private silence(call: Call): void {
    this.ringing.get(call)?.element.remove();
    this.ringing.delete(call);
    if (this.ringing.size === 0) this.ringer.stop();
    this.show();
  }

  private follow(call: Call): void {
    const card = new CallCard(call, {
      other: (own) => this.client.calls.find((other) => other !== own && other.state === "answered"),
      failed: (error) => this.failed(error),
    });
    this.cards.set(call, card);
    this.live.append(card.element);
    call.on("answered", () => {
      this.ringer.stop();
      this.show();
    });
    // Whoever is held leaves room for another call.
    call.on("held", () => this.show());
    call.on("ended", (end) => {
      this.ringer.stop();
      this.cards.delete(call);
      card.element.remove();
      const number = call.direction === "inbound" ? call.from : call.to;
      const talk_ms = call.answeredAt_ms === undefined ? undefined : Date.now() - call.answeredAt_ms;
      this.history.add({ number, direction: call.direction, at_ms: Date.now(), talk_ms, ending: ending(end) });
      this.recent.show();
      this.show();
      if (end.error) this.failed(end.error);
      else if (this.client.isConnected) this.say("on",
        `Call ended${talk_ms === undefined ? "" : ` · ${duration(talk_ms)}`}`);
    });
    this.show();
  }

  private async holdOthers(): Promise<void> {
    const talking = this.client.calls.filter((call) => call.state === "answered" && !call.isHeld);
    await Promise.all(talking.map((call) => call.hold()));
  }

  private show(): void {
    for (const [call, card] of this.cards) card.element.hidden = this.ringing.has(call);
    const isTalking = [...this.cards.values()].some(({ element }) => !element.hidden);
    this.dial.element.hidden = isTalking && this.client.calls.some((call) => call.state === "answered" && !call.isHeld);
  }

  private say(state: "on" | "off" | "busy", text: string): void {
    this.dot.dataset["state"] = state;
    this.status.textContent = text;
  }

  private failed(error: unknown): void {
    this.problem.hidden = false;
    this.problemText.textContent = error instanceof SautikitError ? error.message : String(error);
  }

  private toggleDevices(settings: HTMLButtonElement): void {
    this.devices.element.hidden = !this.devices.element.hidden;
    settings.setAttribute("aria-expanded", String(!this.devices.element.hidden));
    if (!this.devices.element.hidden) void this.devices.show();
  }

  /** What had the focus may be gone, as the keys of a call that is held: then the page has it. */
  private readonly unfocusedKey = (event: KeyboardEvent): void => {
    if (event.target === document.body) this.key(event);
  };

  /** Digits dial or are pressed in the call; M mutes, H holds, Escape hangs up or declines. */
  private key(event: KeyboardEvent): void {
    const target = event.composedPath()[0];
    const isTyping = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
    if (event.ctrlKey || event.metaKey || event.altKey || (isTyping && event.key !== "Escape")) return;
    const shown = [...this.cards.values()].filter(({ element }) => !element.hidden);
    const card = shown.find(({ call }) => !call.isHeld) ?? shown[0];
    if (/^[0-9*#+]$/.test(event.key)) {
      if (card?.call.state === "answered") card.press(event.key);
      else this.dial.press(event.key);
    } else if (event.key === "Escape") {
      const [incoming] = this.ringing.values();
      if (incoming) void incoming.call.reject();
      else if (!card?.closeTransfer()) void card?.call.hangup();
    } else if (event.key.toLowerCase() === "m") card?.toggleMute();
    else if (event.key.toLowerCase() === "h") card?.toggleHold();
  }
}

import type { AudioDevice, DeviceBook } from "../src/index.js";
import { build } from "./build.js";

/** Which microphone and which speaker. */
export class DeviceSettings {
  private readonly input = build("select", { "aria-label": "Microphone" });
  private readonly output = build("select", { "aria-label": "Speaker" });
  private readonly speaker = build("label", { class: "field" }, "Speaker", this.output);
  readonly element = build("section", { class: "panel settings", "aria-label": "Devices", hidden: "" },
    build("label", { class: "field" }, "Microphone", this.input), this.speaker);

  constructor(private readonly devices: DeviceBook) {
    this.input.addEventListener("change", () => devices.selectInput(this.input.value));
    this.output.addEventListener("change", () => devices.selectOutput(this.output.value));
    this.speaker.hidden = !devices.canSelectOutput;
    devices.on("changed", () => void this.show());
  }

  /** Shows the devices that there are now. */
  async show(): Promise<void> {
    fill(this.input, await this.devices.inputs(), this.devices.input);
    fill(this.output, await this.devices.outputs(), this.devices.output);
  }
}

function fill(select: HTMLSelectElement, devices: readonly AudioDevice[], selected: string): void {
  const named = devices.filter(({ id }) => id !== "" && id !== "default");
  const options = named.map(({ id, label }, index) =>
    build("option", { value: id }, label === "" ? `Device ${index + 1}` : label));
  select.replaceChildren(build("option", { value: "" }, "The browser's choice"), ...options);
  select.value = selected;
}

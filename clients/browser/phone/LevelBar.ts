import { build } from "./build.js";

/** How loud one side is. */
export class LevelBar {
  readonly element: HTMLElement;
  private readonly fill = build("div", { class: "fill" });
  private readonly track: HTMLElement;

  constructor(name: string, label: string) {
    this.track = build("div", {
      class: "track", role: "meter", "aria-label": label, "aria-valuemin": "0", "aria-valuemax": "100",
        "aria-valuenow": "0",
    }, this.fill);
    this.element = build("div", { class: "meter" }, build("span", { "aria-hidden": "true" }, name), this.track);
  }

  /** @param level 0 to 1 */
  show(level: number): void {
    this.fill.style.transform = `scaleX(${level.toFixed(3)})`;
    this.track.setAttribute("aria-valuenow", String(Math.round(level * 100)));
  }
}

import type { Quality } from "../src/index.js";
import { build } from "./build.js";
import { grade } from "./words.js";

/** How good a call sounds: four bars and a word. */
export class QualityBars {
  private readonly bars = build("span", { class: "bars", "aria-hidden": "true" },
    build("i"), build("i"), build("i"), build("i"));
  private readonly word = build("span");
  readonly element = build("div", { class: "quality detail", hidden: "" }, this.bars, this.word);

  show(quality: Quality): void {
    const { level, word } = grade(quality);
    this.element.hidden = false;
    this.bars.dataset["level"] = String(level);
    [...this.bars.children].forEach((bar, index) => bar.toggleAttribute("data-on", index < level));
    const delay = quality.roundTrip_ms === undefined ? "" : ` · ${Math.round(quality.roundTrip_ms)} ms`;
    const loss = quality.loss >= 0.005 ? ` · ${(quality.loss * 100).toFixed(1)} % lost` : "";
    this.word.textContent = `${word}${delay}${loss}`;
    this.element.title = `MOS ${quality.mos}, jitter ${quality.jitter_ms.toFixed(0)} ms, ${quality.codec}`;
  }
}

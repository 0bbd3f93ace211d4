import { build, button } from "./build.js";
import type { CallHistory, PastCall } from "./CallHistory.js";
import { duration, moment, readable } from "./words.js";

/** The calls that are over; a click puts a number into the dial field. */
export class RecentList {
  private readonly list = build("ol");
  private readonly clear = button("Clear", "small", () => {
    this.history.clear();
    this.show();
  });
  readonly element = build("section", { class: "panel recent", "aria-label": "Recent calls" },
    build("div", { class: "line" }, build("h2", {}, "Recent calls"), this.clear), this.list);

  constructor(private readonly history: CallHistory, private readonly chosen: (number: string) => void) {
    this.show();
  }

  show(): void {
    const rows = this.history.list.map((call) => build("li", {}, this.row(call)));
    const empty = build("p", { class: "empty" },
      "No calls yet. Numbers that you call and that call you are listed here.");
    this.list.replaceChildren(...(rows.length > 0 ? rows : [empty]));
    this.clear.hidden = rows.length === 0;
  }

  private row(call: PastCall): HTMLElement {
    const isMissed = call.direction === "inbound" && call.talk_ms === undefined;
    const ending = isMissed && call.ending === "Not answered" ? "Missed" : call.ending;
    const what = call.talk_ms === undefined ? ending : duration(call.talk_ms);
    const row = button("", "again", () => this.chosen(call.number));
    const way = call.direction === "inbound" ? "from" : "to";
    row.setAttribute("aria-label", `Call ${way} ${readable(call.number)}, ${what}. Dial again`);
    row.toggleAttribute("data-missed", isMissed);
    row.append(
      build("span", { class: "arrow", "aria-hidden": "true" }, call.direction === "inbound" ? "↙" : "↗"),
      build("span", { class: "name" }, readable(call.number)),
      build("span", { class: "detail" }, moment(call.at_ms, Date.now())),
      build("span", { class: "what detail" }, what));
    return row;
  }
}

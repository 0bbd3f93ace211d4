/** Descriptions without sound: what was asked is kept in `asked`. */
export class FakeMedia {
  asked = [];
  #count = 0;

  async offer(restart) {
    this.asked.push(restart ? "restart" : "offer");
    this.#count += 1;
    return `v=offer${this.#count}`;
  }

  async takeEarly(sdp) { this.asked.push(`early ${sdp}`); }

  async takeAnswer(sdp) {
    if (sdp === "v=bad") throw new Error("bad");
    this.asked.push(`answer ${sdp}`);
  }

  async takeOffer(sdp) {
    this.asked.push(`theirs ${sdp}`);
    return "v=ours";
  }

  async rollBack() { this.asked.push("back"); }
}

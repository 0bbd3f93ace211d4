import assert from "node:assert/strict";
import { secondsOfTone } from "./sound.mjs";
import { until } from "./until.mjs";

/** What a test does with the page and the telephone of a place, again and again. */
export class Conversation {
  constructor(place) {
    this.place = place;
  }

  /** What the page was told by this name since it last began anew. */
  told = async (name, limit_ms = 90_000) => {
    const { browser, gateway, phone } = this.place;
    try {
      return await until(name, () => browser.evaluate(`told.find((one) => one.name === "${name}") ?? null`), limit_ms);
    } catch (error) {
      const all = JSON.stringify(await browser.evaluate("told"));
      throw new Error(
        [`${error.message}; told: ${all}`, gateway.log.slice(-3000), phone.log.slice(-3000)].join("\n"),
      );
    }
  };

  anew = () => this.place.browser.evaluate("told.length = 0");

  /** Calls a number until both sides say that they talk; how many events the telephone had before. */
  talk = async (number, options = { from: this.place.gateway.number }) => {
    const { browser, phone } = this.place;
    await this.anew();
    const mark = phone.events.length;
    await browser.evaluate(`place("${number}", ${JSON.stringify(options)})`);
    await this.told("answered");
    await phone.event("CALL_ESTABLISHED", mark);
    assert.deepEqual(await browser.evaluate("told.filter(({ name }) => name === 'error' || name === 'ended')"), []);
    return mark;
  };

  /** Waits until the browser hears a tone. */
  hears = async (hertz, limit_ms = 60_000) => {
    let last;
    try {
      return await until(`${hertz} Hz`, async () => {
        last = await this.place.browser.evaluate("heard()");
        return last.level_dB > -60 && Math.abs(last.hertz - hertz) < 20 && last;
      }, limit_ms);
    } catch (error) {
      throw new Error(`${error.message}: heard ${JSON.stringify(last)}`);
    }
  };

  /** Waits until the telephone was told of keys, each of them another one. */
  phonePressed = async (keys, mark) => {
    for (const key of keys) {
      await until(`key ${key}`, () => this.place.phone.events.slice(mark)
        .some(({ type, param }) => type === "CALL_DTMF_START" && param === key));
    }
  };

  /** Waits until the telephone has heard the browser for `seconds` in its last call. */
  phoneHears = (hertz, seconds) => until(`${hertz} Hz at the telephone`, async () => {
    const last = (await this.place.phone.heard()).at(-1) ?? [];
    return secondsOfTone(last, hertz) >= seconds;
  });
}

import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { freePort } from "./freePort.mjs";
import { Program } from "./Program.mjs";
import { toneFile, waveSamples } from "./sound.mjs";
import { until } from "./until.mjs";

/** baresip as a telephone: it answers, plays a tone, keeps what it hears, and does what it is told. */
export class Phone {
  #program;
  #control;
  #received = Buffer.alloc(0);
  /** What it told of its calls. */
  events = [];

  constructor(folder, { hertz, answers = true }) {
    Object.assign(this, { folder, hertz, answers });
  }

  async start(outbound) {
    await mkdir(join(this.folder, "heard"), { recursive: true });
    this.port ??= await freePort();
    const control = await freePort();
    await writeFile(join(this.folder, "tone.wav"), toneFile({ hertz: this.hertz, rate: 8_000, seconds: 60 }));
    await writeFile(join(this.folder, "config"), this.#configuration(control));
    const way = outbound ? `;outbound="sip:127.0.0.1:${outbound}"` : "";
    const mode = this.answers ? "auto" : "manual";
    await writeFile(
      join(this.folder, "accounts"),
      `<sip:+254722000001@127.0.0.1:${this.port}>;regint=0;audio_codecs=PCMA,PCMU;answermode=${mode}${way}\n`,
    );
    await writeFile(join(this.folder, "contacts"), "");
    this.#program = new Program("baresip", ["-f", this.folder, "-v", "-t", "170"]);
    this.#control = await until("baresip", () => {
      if (this.#program.hasEnded) throw new Error(this.log);
      return this.#connect(control);
    });
    this.#control.on("data", (bytes) => this.#read(bytes));
  }

  get log() { return this.#program.output; }

  tell(command, params = "") {
    const message = JSON.stringify({ command, params });
    this.#control.write(`${Buffer.byteLength(message)}:${message},`);
  }

  /** Waits for an event such as `CALL_CLOSED`; those before `after` do not count. */
  event(type, after = 0) {
    return until(`${type} of the telephone`, () => this.events.slice(after).find((event) => event.type === type));
  }

  /** What it has heard in its calls, sample by sample, the last call last. */
  async heard() {
    const folder = join(this.folder, "heard");
    const names = (await readdir(folder)).filter((name) => name.endsWith("dec.wav")).sort();
    const samples = await Promise.all(names.map(async (name) => waveSamples(await readFile(join(folder, name)))));
    return samples;
  }

  async stop() {
    this.#control?.destroy();
    await this.#program?.stop();
  }

  #connect(port) {
    return new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.on("connect", () => resolve(socket)).on("error", () => resolve(undefined));
    });
  }

  /** Netstrings of JSON. */
  #read(bytes) {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (;;) {
      const colon = this.#received.indexOf(":");
      const length = Number(this.#received.subarray(0, colon));
      if (colon < 0 || this.#received.length < colon + length + 2) return;
      const text = this.#received.subarray(colon + 1, colon + 1 + length).toString();
      this.#received = this.#received.subarray(colon + length + 2);
      const message = JSON.parse(text.replace(/[\u0000-\u001f]+/g, " "));
      if (message.event) this.events.push(message);
    }
  }

  #configuration(control) {
    const ports = 42_000 + 20 * (this.port % 40);
    return `poll_method epoll
call_local_timeout 60
call_max_calls 4
sip_listen 127.0.0.1:${this.port}
net_interface 127.0.0.1
audio_player aubridge,null
audio_source aufile,${this.folder}/tone.wav
audio_alert aubridge,alert
audio_srate 8000
audio_channels 1
audio_txmode thread
rtp_ports ${ports}-${ports + 19}
jitter_buffer_delay 5-10
module_path /usr/lib/baresip/modules
module g711.so
module aufile.so
module aubridge.so
module sndfile.so
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:${control}
snd_path ${this.folder}/heard
`;
  }
}

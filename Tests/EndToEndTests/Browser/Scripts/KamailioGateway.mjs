import { fileURLToPath } from "node:url";
import { createSocket } from "node:dgram";
import { connect } from "node:net";
import { freePort } from "./freePort.mjs";
import { Program } from "./Program.mjs";
import { until } from "./until.mjs";

/**
 * Kamailio and rtpengine as the gateway: an independent one, which the SDK must get along with as well as with our own.
 */
export class KamailioGateway {
  #kamailio;
  #rtpengine;
  /** The number that its workspace calls from. */
  number = "+254700000001";
  /** Whether the telephone sends all that it says here. */
  isProxy = true;

  async start(phonePort) {
    const [ng, ws] = [await freePort(), await freePort()];
    this.sipPort = await freePort();
    this.webSocketPort = ws;
    const firstPort = 43_000 + 200 * (process.pid % 30);
    this.#rtpengine = new Program("rtpengine", [
      "--config-file=none", "--table=-1", "--interface=127.0.0.1", `--listen-ng=127.0.0.1:${ng}`,
      `--port-min=${firstPort}`, `--port-max=${firstPort + 199}`, "--foreground", "--log-stderr", "--log-level=4",
      "--num-threads=1", "--delete-delay=0",
    ]);
    // Kamailio gives up on an rtpengine that is not there when it starts.
    await until("rtpengine", () => answersPing(ng));
    this.#kamailio = new Program("kamailio", [
      "-DD", "-E", "-m", "64", "-M", "8", "-f", fileURLToPath(new URL("gateway.cfg", import.meta.url)),
      "-A", `SIP_LISTEN=udp:127.0.0.1:${this.sipPort}`, "-A", `WEBSOCKET_LISTEN=tcp:127.0.0.1:${ws}`,
      "-A", `RTPENGINE_SOCKET="udp:127.0.0.1:${ng}"`, "-A", `PHONE_URI="sip:127.0.0.1:${phonePort}"`,
    ]);
    await until("Kamailio", async () => {
      if (this.#kamailio.hasEnded) throw new Error(this.log);
      return canConnect(ws);
    });
  }

  get log() { return `${this.#kamailio.output}\n${this.#rtpengine.output}`; }

  /** How many requests of a method came from browsers. */
  received(method) {
    return this.#kamailio.output.split(`received ${method} from ws`).length - 1;
  }

  async stop() {
    await this.#kamailio?.stop();
    await this.#rtpengine?.stop();
  }
}

function canConnect(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
}

/** Whether rtpengine answers its control protocol: a cookie, and a dictionary in bencode. */
function answersPing(port) {
  return new Promise((resolve) => {
    const socket = createSocket("udp4");
    const finish = (answer) => {
      clearTimeout(timer);
      socket.close();
      resolve(answer);
    };
    const timer = setTimeout(() => finish(false), 200);
    socket.on("message", (message) => finish(message.includes("pong"))).on("error", () => finish(false));
    socket.connect(port, "127.0.0.1", () => socket.send("1 d7:command4:pinge"));
  });
}

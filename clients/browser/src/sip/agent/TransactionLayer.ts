import type { Cancel, Clock } from "../../time/Clock.js";
import { inviteClient, stepInviteClient, type ClientEvent, type InviteClient } from "../transactions/InviteClient.js";
import { inviteServer, stepInviteServer, type InviteServer, type ServerEvent } from "../transactions/InviteServer.js";
import { plainClient, stepPlainClient, type PlainClient } from "../transactions/PlainClient.js";
import { plainServer, stepPlainServer, type PlainServer } from "../transactions/PlainServer.js";
import type { Step } from "../transactions/Step.js";
import type { TransactionAction } from "../transactions/TransactionAction.js";
import { parameterOfVia } from "../wire/parameterOfVia.js";
import { parseCSeq } from "../wire/parseSipMessage.js";
import type { SipMessage, SipRequest, SipResponse } from "../wire/SipMessage.js";
import { responseTo } from "../wire/responseTo.js";
import type { ResponseHandler } from "./ResponseHandler.js";
import type { ServerTransaction } from "./ServerTransaction.js";
import type { SipWire } from "./SipWire.js";

/** What came that belongs to no transaction yet. */
export interface RequestHandler {
  /** A new request; an ACK of a 2xx, which takes no answer, has a transaction that sends none. */
  received(transaction: ServerTransaction): void;
  /** A CANCEL of an INVITE that is not yet answered; it has been answered itself. */
  cancelled(invite: SipRequest, cancel: SipRequest): void;
}

interface Client {
  state: InviteClient | PlainClient;
  readonly handler: ResponseHandler;
  cancelTimer: Cancel | undefined;
}

interface Server {
  state: InviteServer | PlainServer;
  cancelTimer: Cancel | undefined;
}

/** More requests at once than this are answered 503: nobody calls one page so often. */
const mostServers = 256;

/** The transactions of one flow: matches messages to them, and does what they ask (RFC 3261 section 17). */
export class TransactionLayer {
  private readonly clients = new Map<string, Client>();
  private readonly servers = new Map<string, Server>();

  constructor(
    private readonly wire: SipWire,
    private readonly clock: Clock,
    private readonly handler: RequestHandler,
  ) {}

  /** Sends a request and tells `handler` what comes of it. */
  request(request: SipRequest, handler: ResponseHandler): void {
    const state = request.method === "INVITE" ? inviteClient(request) : plainClient(request);
    const client: Client = { state, handler, cancelTimer: undefined };
    const key = clientKey(request);
    this.clients.set(key, client);
    this.stepClient(key, client, { type: "start" });
  }

  /** Sends what takes no answer: the ACK of a 2xx. */
  sendAlone(request: SipRequest): void {
    this.wire.send(request);
  }

  /** Takes a message of the flow. */
  receive(message: SipMessage): void {
    if (message.kind === "response") this.receiveResponse(message);
    else this.receiveRequest(message);
  }

  /** The flow is gone: nothing on it will be answered (RFC 3261 section 17.1.4). */
  flowLost(): void {
    for (const [key, client] of [...this.clients]) this.stepClient(key, client, { type: "flowLost" });
    for (const server of this.servers.values()) server.cancelTimer?.();
    this.servers.clear();
  }

  private receiveResponse(response: SipResponse): void {
    const key = clientKey(response);
    const client = this.clients.get(key);
    if (client) this.stepClient(key, client, { type: "response", response });
  }

  private receiveRequest(request: SipRequest): void {
    if (request.method === "CANCEL") return this.receiveCancel(request);
    const key = serverKey(request, request.method === "ACK" ? "INVITE" : request.method);
    const server = this.servers.get(key);
    if (server) return this.stepServer(key, server, { type: request.method === "ACK" ? "acknowledged" : "request" });
    if (request.method === "ACK") return this.handler.received({ request, respond: () => undefined });
    this.open(key, request);
  }

  private open(key: string, request: SipRequest): void {
    const state = request.method === "INVITE" ? inviteServer(request) : plainServer(request);
    const server: Server = { state, cancelTimer: undefined };
    const respond = (response: SipResponse): void => this.stepServer(key, server, { type: "respond", response });
    if (this.servers.size >= mostServers) return this.wire.send(responseTo(request, 503, "Service Unavailable"));
    this.servers.set(key, server);
    this.handler.received({ request, respond });
  }

  private receiveCancel(request: SipRequest): void {
    const invite = this.servers.get(serverKey(request, "INVITE"));
    const isKnown = invite?.state.type === "inviteServer";
    this.wire.send(responseTo(request, isKnown ? 200 : 481, isKnown ? "OK" : "Call/Transaction Does Not Exist"));
    if (invite?.state.type === "inviteServer" && invite.state.phase === "proceeding") {
      this.handler.cancelled(invite.state.request, request);
    }
  }

  private stepClient(key: string, client: Client, event: ClientEvent): void {
    const step: Step<InviteClient | PlainClient, TransactionAction> =
      client.state.type === "inviteClient"
        ? stepInviteClient(client.state, event)
        : stepPlainClient(client.state, event);
    client.state = step.state;
    for (const action of step.actions) {
      switch (action.type) {
        case "send": this.wire.send(action.message); break;
        case "pass": client.handler.answered(action.response); break;
        case "fail": client.handler.failed(action.cause); break;
        case "wait":
          client.cancelTimer?.();
          client.cancelTimer = this.clock.after(action.delay_ms, () => this.stepClient(key, client, { type: "timer" }));
          break;
        case "end":
          client.cancelTimer?.();
          this.clients.delete(key);
      }
    }
  }

  private stepServer(key: string, server: Server, event: ServerEvent): void {
    const step: Step<InviteServer | PlainServer, TransactionAction> =
      server.state.type === "inviteServer"
        ? stepInviteServer(server.state, event)
        : stepPlainServer(server.state, event);
    server.state = step.state;
    for (const action of step.actions) {
      switch (action.type) {
        case "send": this.wire.send(action.message); break;
        case "wait":
          server.cancelTimer?.();
          server.cancelTimer = this.clock.after(action.delay_ms, () => this.stepServer(key, server, { type: "timer" }));
          break;
        case "end":
          server.cancelTimer?.();
          this.servers.delete(key);
          break;
        case "pass":
        case "fail":
          break;
      }
    }
  }
}

/** RFC 3261 section 17.1.3: an answer belongs to the branch and method that it repeats. */
function clientKey(message: SipMessage): string {
  return `${parameterOfVia(message.headers, "branch")} ${parseCSeq(message.headers)?.method ?? ""}`;
}

/** RFC 3261 section 17.2.3: a request belongs to the branch, sender and method of the first one. */
function serverKey(request: SipRequest, method: string): string {
  const via = request.headers.list("via")[0] ?? "";
  return `${parameterOfVia(request.headers, "branch")} ${via.split(";")[0] ?? ""} ${method}`;
}

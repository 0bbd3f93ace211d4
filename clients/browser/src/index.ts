/** Place and take real phone calls from a web page. README.md shows how. */
export { SautikitClient, type CallOptions } from "./client/SautikitClient.js";
export type { ClientOptions } from "./client/ClientOptions.js";
export type { ClientEvents } from "./client/ClientEvents.js";
export { Call } from "./client/Call.js";
export { IncomingCall } from "./client/IncomingCall.js";
export { OutgoingCall } from "./client/OutgoingCall.js";
export type { CallEnd, CallEvents } from "./client/CallEvents.js";
export type { CallState } from "./client/CallState.js";
export { SautikitError } from "./errors/SautikitError.js";
export type { ErrorCode } from "./errors/ErrorCode.js";
export type { EndReason } from "./sip/calls/EndReason.js";
export { DeviceBook, type AudioDevice, type DeviceEvents } from "./media/DeviceBook.js";
export type { Levels } from "./media/Levels.js";
export type { Quality } from "./media/Quality.js";
export type { Unsubscribe } from "./events/Emitter.js";

import type { ErrorCode } from "./ErrorCode.js";

/** Every error of this library: a stable code, and a sentence that says what to do. */
export class SautikitError extends Error {
  /** What went wrong; never changes between versions. */
  readonly code: ErrorCode;
  /** The status of the SIP or HTTP answer that said so, when one did. */
  readonly status: number | undefined;
  /** What the browser said, when it was the browser. */
  readonly cause: unknown;

  constructor(code: ErrorCode, message: string, detail: { status?: number | undefined; cause?: unknown } = {}) {
    super(message);
    this.name = "SautikitError";
    this.code = code;
    this.status = detail.status;
    this.cause = detail.cause;
  }

  /** `error` itself when it is one of ours, else a new one around it. */
  static from(error: unknown, code: ErrorCode, message: string): SautikitError {
    return error instanceof SautikitError ? error : new SautikitError(code, message, { cause: error });
  }
}

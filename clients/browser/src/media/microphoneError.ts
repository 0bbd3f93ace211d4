import { SautikitError } from "../errors/SautikitError.js";

/** What the browser says when it gives no microphone, in words that say what to do. */
export function microphoneError(error: unknown): SautikitError {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
      return new SautikitError(
        "microphone_denied",
        "The microphone is not allowed. Allow it in the browser's settings for this page and call again.",
        { cause: error },
      );
    case "NotFoundError":
    case "OverconstrainedError":
      return new SautikitError("microphone_missing", "There is no microphone. Connect one, or select another.", {
        cause: error,
      });
    default:
      return new SautikitError(
        "microphone_failed",
        "The microphone does not work. Close other programs that use it, or select another.",
        { cause: error },
      );
  }
}

import { SautikitError } from "./SautikitError.js";
import type { SipResponse } from "../sip/wire/SipMessage.js";

/** The error that a final answer to an INVITE stands for. */
export function callRefusal(response: SipResponse): SautikitError {
  const { status } = response;
  const said = spokenReason(response);
  const error = (code: SautikitError["code"], message: string): SautikitError =>
    new SautikitError(code, message, { status });
  if (status === 403 && /not.own|caller.?id|number_not_owned/i.test(said)) {
    return error("number_not_owned",
      "Your workspace does not own the number in 'from'. Claim it, or call from another.");
  }
  switch (status) {
    case 401:
    case 407:
      return error("token_refused", "The gateway refused the token, even a new one. Check what tokenUrl answers.");
    case 404:
    case 484:
    case 604:
      return error("number_invalid", "This number does not exist. Check it, with its country code.");
    case 408:
    case 480:
    case 487:
      return error("no_answer", "Nobody answered. Try again later.");
    case 486:
    case 600:
      return error("busy", "The line is busy. Try again later.");
    case 403:
    case 402:
    case 603:
    case 488:
      return error("call_refused", `The call was refused: ${said}.`);
    default:
      return error("call_failed", `The call failed with ${status}: ${said}. Try again; tell support if it stays so.`);
  }
}

/** The most telling of what an answer says: its `Warning`, its `Reason`, or its reason phrase. */
function spokenReason(response: SipResponse): string {
  const warning = /^\s*\d{3}\s+\S+\s+"((?:[^"\\]|\\.)*)"/.exec(response.headers.first("warning") ?? "")?.[1];
  const reason = /;\s*text\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(response.headers.first("reason") ?? "")?.[1];
  return (warning ?? reason ?? response.reason).replace(/\\(.)/g, "$1");
}

import type { Call, CallEnd, Quality } from "../src/index.js";

/** A Kenyan number in groups that people read; any other as it is. */
export function readable(number: string): string {
  const parts = /^(\+254)(\d{3})(\d{3})(\d{3})$/.exec(number);
  return parts ? parts.slice(1).join(" ") : number;
}

/** Minutes and seconds, and hours where there are any. */
export function duration(length_ms: number): string {
  const seconds = Math.max(0, Math.floor(length_ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const padded = [minutes, seconds % 60].map((part) => String(part).padStart(2, "0")).join(":");
  return hours > 0 ? `${hours}:${padded}` : padded;
}

/** Whom we talk to. */
export function partner(call: Call): string {
  const number = readable(call.direction === "inbound" ? call.from : call.to);
  return call.displayName === "" || call.displayName === number ? number : `${call.displayName} (${number})`;
}

/** How a call ended, in a few words. */
export function ending(end: CallEnd): string {
  switch (end.reason) {
    case "answered_elsewhere": return "Answered elsewhere";
    case "busy": return "Busy";
    case "cancelled": return "Not answered";
    case "connection_lost": return "Connection lost";
    case "failed": return "Failed";
    case "no_answer": return "No answer";
    case "refused": return "Refused";
    case "rejected": return "Declined";
    case "transferred": return "Transferred";
    default: return "Ended";
  }
}

/** Quality as four bars see it, from 1 to 4, with a word. */
export function grade(quality: Quality): { readonly level: number; readonly word: string } {
  if (quality.mos >= 4) return { level: 4, word: "Good" };
  if (quality.mos >= 3.5) return { level: 3, word: "Fair" };
  return quality.mos >= 2.7 ? { level: 2, word: "Poor" } : { level: 1, word: "Bad" };
}

/** The time of day of today, else the date, too. */
export function moment(at_ms: number, now_ms: number): string {
  const [then, now] = [new Date(at_ms), new Date(now_ms)];
  const time: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
  const isToday = then.toDateString() === now.toDateString();
  return then.toLocaleString([], isToday ? time : { ...time, day: "numeric", month: "short" });
}

/** `2026-11-22 10:00:00` on this machine. */
export function localTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** `10:00:00.123` on this machine. */
export function timeOfDay(at: string): string {
  const date = new Date(at);
  return `${localTime(date.getTime()).slice(11)}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** `0.4`, `12`, `1300`: as many digits as say something. */
export function shownMilliseconds(milliseconds: number): string {
  return milliseconds < 10 ? milliseconds.toFixed(1) : String(Math.round(milliseconds));
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

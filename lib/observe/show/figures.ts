const TIMES = ['', 'k', 'M', 'G', 'T', 'P'];
const BYTES = [' B', ' KiB', ' MiB', ' GiB', ' TiB', ' PiB'];

/** A number with all digits, such as 1,234,567. */
export const exact = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** A number in few characters, such as 1.23M. */
export const short = (count: number): string => scaled(count, 1000, TIMES);

/** A number of bytes, such as 1.23 MiB. */
export const size = (bytes: number): string => scaled(bytes, 1024, BYTES);

/** A share, such as 12%; empty if the whole is 0. */
export function percent(part: number, whole: number): string {
  if (!(whole > 0)) return '';
  return `${Math.round(100 * Math.min(Math.max(part / whole, 0), 1))}%`;
}

/** A time, such as 0:07 or 1:02:03. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  const hours = Math.floor(seconds / 3600);
  if (hours === 0) return `${parts[0]}:${twoDigits(parts[1] as number)}`;
  return [hours, ...parts.map(twoDigits)].join(':');
}

/** A rate per second; 0 if no time has passed. */
export const perSecond = (count: number, ms: number): number => (ms > 0 ? (1000 * count) / ms : 0);

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** Three significant digits, and a unit. */
function scaled(value: number, base: number, units: readonly string[]): string {
  let left = value;
  let at = 0;
  while (Math.round(left) >= base && at < units.length - 1) {
    left /= base;
    at += 1;
  }
  const isWhole = at === 0 && Number.isInteger(left);
  const digits = isWhole || left >= 99.95 ? 0 : left >= 9.995 ? 1 : 2;
  return `${left.toFixed(digits)}${units[at]}`;
}

/** Numbers as a person reads them. Pure. */

/** `1,204` */
export function count(value: unknown): string {
  return typeof value === 'number' && Number.isFinite(value)
    ? Math.round(value).toLocaleString('en-US')
    : '–';
}

/** `1 report`, `3 reports`; the plural is the singular with an s unless given. */
export function plural(value: unknown, one: string, many?: string): string {
  const number = typeof value === 'number' ? value : Number(value ?? 0);
  return `${count(number)} ${number === 1 ? one : (many ?? `${one}s`)}`;
}

/** A share of 0..1 as `42%`. */
export function percent(value: unknown): string {
  return typeof value === 'number' && Number.isFinite(value) ? `${Math.round(value * 100)}%` : '–';
}

/** `0:42`, `12:05`, `1:02:05`: the length or a position of audio. */
export function audioLength(seconds: unknown): string {
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds < 0) return '–:––';
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const [hours = 0, minutes = 0, rest = 0] = parts;
  const tail = String(rest).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

/** A span of time in the two largest units that matter: `40 s`, `12 min`, `3 h 5 min`, `4 h`, `2 d 3 h`. */
export function span(milliseconds: unknown): string {
  if (typeof milliseconds !== 'number' || !Number.isFinite(milliseconds)) return '–';
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return join(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(minutes / 60);
  return join(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function join(large: number, largeUnit: string, small: number, smallUnit: string): string {
  // From ten on the smaller unit says nothing any more.
  return small === 0 || large >= 10 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

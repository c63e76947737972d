/** "3:07", "1:02:45": a position or length of audio. */
export function clockOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** How much time is left, as far as it matters: "2 h 05 min", "14 min", "late by 3 min", "2 days". */
export function dueIn(dueAtMs: number, nowMs: number): { text: string; isLate: boolean; isSoon: boolean } {
  const minutes = Math.ceil((dueAtMs - nowMs) / 60_000);
  const isLate = dueAtMs < nowMs;
  const size = isLate ? Math.floor((nowMs - dueAtMs) / 60_000) : minutes;
  return { text: isLate ? `late by ${span(size)}` : span(size), isLate, isSoon: !isLate && minutes <= 30 };
}

/** "now", "14 min", "2 h 05 min", "3 days". */
export function span(minutes: number): string {
  if (minutes < 1) return 'under 1 min';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${String(minutes % 60).padStart(2, '0')} min`;
  return `${Math.floor(hours / 24)} days`;
}

/** Words as an editor counts them. */
export function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

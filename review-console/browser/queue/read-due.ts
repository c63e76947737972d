/**
 * When somebody means by what they typed: `16:30` (today, or tomorrow when that is past), `90` or `+90` (minutes from
 * now). In the browser's time zone. Null: nothing that can be read. Pure.
 */
export function readDue(typed: string, now: Date): Date | null {
  const text = typed.trim();
  const minutes = /^\+?(\d{1,5})$/.exec(text);
  if (minutes) return new Date(now.getTime() + Number(minutes[1]) * 60_000);
  const clock = /^(\d{1,2})[:.](\d{2})$/.exec(text);
  const [hour, minute] = [Number(clock?.[1]), Number(clock?.[2])];
  if (!clock || hour > 23 || minute > 59) return null;
  const at = new Date(now.getFullYear(), now.getMonth(), now.getDate(), hour, minute);
  if (at <= now) at.setDate(at.getDate() + 1);
  return at;
}

/** A passage of the whole text that nobody is sure of; start and end the same: something is missing there. */
export interface UnclearPlace {
  startOffset: number;
  endOffset: number;
}

interface PlacedText extends UnclearPlace {
  text: string;
}

/**
 * SQL over a row `unit` of thought_unit. Out: its open doubts as `[{startOffset, endOffset}, …]` of the whole text, `[]`
 * when everything in it is sure. A gap right behind it belongs to it. Locks nothing.
 */
export const UNCLEAR_IN_UNIT = `
  coalesce((
    select jsonb_agg(jsonb_build_object('startOffset', mark.start_offset, 'endOffset', mark.end_offset)
                     order by mark.start_offset)
    from doubt_mark as mark join job on job.id = mark.job_id
    join report as marked on marked.dictation_id = job.dictation_id
    where marked.id = unit.report_id and mark.resolved_at is null
      and mark.start_offset <= unit.end_offset and mark.end_offset >= unit.start_offset
      and (mark.start_offset = mark.end_offset
        or mark.start_offset < unit.end_offset and mark.end_offset > unit.start_offset)), '[]')`;

/** For whoever reads: "about fifty [?] of them", and "[…]" where something is missing. Pure. */
export function markUnclear(unit: PlacedText, places: readonly UnclearPlace[]): string {
  return around(unit, places, (words) => (words ? `${words} [?]` : ' […]'));
}

/** For whoever only listens, who would take a doubtful word for a sure one: a pause in its place. Pure. */
export function leaveOutUnclear(unit: PlacedText, places: readonly UnclearPlace[]): string {
  return around(unit, places, (words) => (words ? '…' : ' …'));
}

function around(
  { text, startOffset, endOffset }: PlacedText,
  places: readonly UnclearPlace[],
  show: (words: string) => string,
): string {
  let shown = '';
  let at = 0;
  const here = places.filter((place) => place.startOffset <= endOffset && place.endOffset >= startOffset);
  for (const place of here.toSorted((a, b) => a.startOffset - b.startOffset)) {
    const from = Math.min(text.length, Math.max(at, place.startOffset - startOffset));
    const to = Math.min(text.length, Math.max(from, place.endOffset - startOffset));
    // It only touches: the words belong to the unit before or behind.
    if (from === to && place.startOffset !== place.endOffset) continue;
    shown += text.slice(at, from) + show(text.slice(from, to));
    at = to;
  }
  return shown + text.slice(at);
}

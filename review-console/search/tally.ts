export interface TallyRow {
  label: string;
  units: number;
  /** 0..100, of the largest. */
  share: number;
  /** The same search, narrowed to this row; null where it can't be said as a filter. */
  href: string | null;
}

const MOST_ROWS = 6;

/** Counts as rows with a bar and a way to narrow the search to them. Pure. */
export function tally(
  counts: readonly { key: string; label: string; units: number }[],
  filter: { q: string; key: string; unknown: string },
): TallyRow[] {
  const largest = Math.max(1, ...counts.map((count) => count.units));
  return counts.slice(0, MOST_ROWS).map(({ label, units }) => ({
    label: label || filter.unknown,
    units,
    share: Math.round((units / largest) * 100),
    href: label === '' ? null : searchAddress(`${filter.q} ${filter.key}:${quoted(label)}`),
  }));
}

export function searchAddress(q: string): string {
  return `/search?q=${encodeURIComponent(q.trim())}`;
}

/** A filter's value as the search box takes it. */
export function quoted(value: string): string {
  return /[\s,:]/.test(value) ? `"${value.replaceAll('"', '')}"` : value;
}

/** A row of unit_code, without its unit. */
export interface CodeRow {
  codeKey: string;
  rank: number;
  certainty: 'suggested' | 'confirmed' | 'refused';
  confidence: number | null;
  evidence: string | null;
  confirmedById: string | null;
}

const WEIGHT = { confirmed: 2, suggested: 1, refused: 0 } as const;

/**
 * A unit's codes after some codes became part of others. Where it had both, the surer row stays: a person's word goes
 * before a guess, a guess before a refusal (to refuse one of two codes says nothing of what they are together). The
 * order stays, the main code is still the first. Pure.
 */
export function mergeUnitCodes(rows: readonly CodeRow[], becomes: ReadonlyMap<string, string>): CodeRow[] {
  const byKey = new Map<string, CodeRow>();
  for (const row of [...rows].sort((a, b) => a.rank - b.rank)) {
    const codeKey = becomes.get(row.codeKey) ?? row.codeKey;
    const known = byKey.get(codeKey);
    if (!known) byKey.set(codeKey, { ...row, codeKey });
    else if (WEIGHT[row.certainty] > WEIGHT[known.certainty])
      byKey.set(codeKey, { ...row, codeKey, rank: known.certainty === 'refused' ? row.rank : known.rank });
  }
  return [...byKey.values()].sort((a, b) => a.rank - b.rank).map((row, rank) => ({ ...row, rank }));
}

/** Whether two lists of rows say the same. */
export function sameCodes(a: readonly CodeRow[], b: readonly CodeRow[]): boolean {
  const texts = (rows: readonly CodeRow[]) =>
    rows.map(({ codeKey, rank, certainty }) => `${rank} ${codeKey} ${certainty}`).sort();
  return texts(a).join('|') === texts(b).join('|');
}

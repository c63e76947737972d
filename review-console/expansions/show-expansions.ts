import { type ExpansionRow, isUnused } from '../../transcription/expansions/load-expansions.ts';
import { isEverydayWord } from '../../transcription/expansions/short-form.ts';

export interface ShownExpansion extends ExpansionRow {
  /** What a person should know about it, in words. */
  notes: string[];
  isUnused: boolean;
}

/** Own and company-wide ones, each with what is in the way of it. Pure. */
export function showExpansions(
  rows: readonly ExpansionRow[],
  now: Date,
): { own: ShownExpansion[]; company: ShownExpansion[] } {
  const textOf = (isCompany: boolean) =>
    new Map(
      rows.filter((row) => row.isCompany === isCompany).map(({ shortForm, text }) => [shortForm, text]),
    );
  const [own, company] = [textOf(false), textOf(true)];
  const shown = rows.map((row): ShownExpansion => {
    const notes: string[] = [];
    const other = (row.isCompany ? own : company).get(row.shortForm);
    if (other !== undefined)
      notes.push(
        row.isCompany
          ? 'Your own goes first'
          : other === row.text
            ? 'The company has the same'
            : `Goes before the company’s: “${cut(other)}”`,
      );
    if (isEverydayWord(row.shortForm))
      notes.push('Also an everyday word: it can no longer be typed for itself');
    const unused = isUnused(row, now);
    if (unused) notes.push(row.uses === 0 ? 'Never used' : 'Not used for two months');
    return { ...row, notes, isUnused: unused };
  });
  return {
    own: shown.filter(({ isCompany }) => !isCompany),
    company: shown.filter(({ isCompany }) => isCompany),
  };
}

const cut = (text: string) => (text.length > 60 ? `${text.slice(0, 58)}…` : text);

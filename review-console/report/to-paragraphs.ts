import type { CodeLabels } from '../codebook/code-labels.ts';

interface UnitRow {
  id: string;
  number: number;
  text: string;
  newParagraph: boolean;
  audioStartMs: number | null;
  audioEndMs: number | null;
  codes: { codeKey: string; certainty: string; evidence: string | null }[];
}

export interface LetterUnit {
  id: string;
  number: number;
  text: string;
  playable: boolean;
  seconds: number | null;
  codes: { key: string; label: string; certainty: string; evidence: string | null }[];
}

/** Units in order as the paragraphs of a letter. Codes that a person refused are left out. Pure. */
export function toParagraphs(
  units: readonly UnitRow[],
  labelOf: CodeLabels,
  hasAudio: boolean,
): { units: LetterUnit[] }[] {
  const paragraphs: { units: LetterUnit[] }[] = [];
  for (const unit of units) {
    let paragraph = paragraphs.at(-1);
    if (!paragraph || unit.newParagraph) {
      paragraph = { units: [] };
      paragraphs.push(paragraph);
    }
    paragraph.units.push(toLetterUnit(unit, labelOf, hasAudio));
  }
  return paragraphs;
}

function toLetterUnit(unit: UnitRow, labelOf: CodeLabels, hasAudio: boolean): LetterUnit {
  const { audioStartMs, audioEndMs } = unit;
  const timed = audioStartMs !== null && audioEndMs !== null;
  return {
    id: unit.id,
    number: unit.number,
    text: unit.text,
    playable: hasAudio && timed,
    seconds: timed ? (audioEndMs - audioStartMs) / 1000 : null,
    codes: unit.codes
      .filter((code) => code.certainty !== 'refused')
      .map(({ codeKey, certainty, evidence }) => ({
        key: codeKey,
        label: labelOf(codeKey),
        certainty,
        evidence,
      })),
  };
}

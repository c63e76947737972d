import type { CodeLabels } from '../codebook/code-labels.ts';
import { cutRedacted, cutUnclear, type UnclearPassage, type UnitPiece } from './unclear-passages.ts';

interface UnitRow {
  id: string;
  number: number;
  text: string;
  startOffset: number;
  endOffset: number;
  newParagraph: boolean;
  audioStartMs: number | null;
  audioEndMs: number | null;
  codes: { codeKey: string; certainty: string; evidence: string | null }[];
}

export interface LetterUnit {
  id: string;
  number: number;
  text: string;
  /** The same words, with what is unclear among them. */
  pieces: UnitPiece[];
  playable: boolean;
  seconds: number | null;
  codes: { key: string; label: string; certainty: string; evidence: string | null }[];
}

/** Units in order as the paragraphs of a letter. Codes that a person refused are left out. Pure. */
export function toParagraphs(
  units: readonly UnitRow[],
  labelOf: CodeLabels,
  hasAudio: boolean,
  unclear: readonly UnclearPassage[] = [],
): { units: LetterUnit[] }[] {
  const paragraphs: { units: LetterUnit[] }[] = [];
  for (const [at, unit] of units.entries()) {
    let paragraph = paragraphs.at(-1);
    if (!paragraph || unit.newParagraph) {
      paragraph = { units: [] };
      paragraphs.push(paragraph);
    }
    paragraph.units.push(
      toLetterUnit({ ...unit, until: units[at + 1]?.startOffset ?? Infinity }, labelOf, hasAudio, unclear),
    );
  }
  return paragraphs;
}

function toLetterUnit(
  unit: UnitRow & { until: number },
  labelOf: CodeLabels,
  hasAudio: boolean,
  unclear: readonly UnclearPassage[],
): LetterUnit {
  const { audioStartMs, audioEndMs } = unit;
  const timed = audioStartMs !== null && audioEndMs !== null;
  return {
    id: unit.id,
    number: unit.number,
    text: unit.text,
    pieces: cutRedacted(cutUnclear(unit, unclear)),
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

import { createHash } from 'node:crypto';
import {
  type Joint,
  jointOf,
  reportFeatures,
  type UnitFacts,
} from '../thought-units/coding/code-features.ts';
import type { CueMatcher } from '../thought-units/coding/match-cues.ts';
import { meaningOf } from '../thought-units/coding/meaning.ts';
import type { Lexicon } from '../thought-units/lexicon.ts';
import { readReport } from '../thought-units/read-report.ts';
import { spansOf } from '../thought-units/splitting/split-units.ts';

/** A report some of whose units have codes that a person stands behind. */
export interface ConfirmedReport {
  id: string;
  /** Null: nobody known. */
  speakerId: string | null;
  /** Vocabulary id of the speaker. */
  rep: string | null;
  /** YYYY-MM-DD where the speaker is. */
  callDate: string;
  text: string;
  /** In order, UTF-16 offsets; `codes` empty where nobody confirmed any, otherwise the main one first. */
  units: { start: number; end: number; codes: string[]; isChanged: boolean }[];
}

/** The same with what the model goes by. */
export interface PreparedReport {
  id: string;
  speaker: string;
  facts: UnitFacts[];
  features: string[][];
  joints: Joint[];
  meanings: number[][];
  codes: string[][];
}

const HELD_OUT_SHARE = 0.2;

/** Whether a report is measured on and never learned from. Its id decides, so it is the same for all versions. */
export function isHeldOut(reportId: string): boolean {
  return (
    createHash('sha256').update(`held out ${reportId}`).digest().readUInt32BE(0) < HELD_OUT_SHARE * 2 ** 32
  );
}

/** Reads a report with its units as people drew them; null where they do not fit the text any more. Pure. */
export function prepareReport(
  report: ConfirmedReport,
  lexicon: Lexicon,
  matchers: readonly CueMatcher[],
): PreparedReport | null {
  const { text, callDate, rep, units } = report;
  const places = new Set<number>();
  const facts = readReport({ transcript: text, callDate, rep }, lexicon, (tokens) =>
    spansOf(
      text,
      tokens,
      units.map(({ start }) => {
        const at = tokens.findIndex((token) => token.end > start);
        places.add(at);
        return at;
      }),
    ),
  ).units;
  if (facts.length === 0 || places.size < units.length || places.has(-1)) return null;
  return {
    id: report.id,
    speaker: report.speakerId ?? report.id,
    facts,
    features: reportFeatures(facts, matchers, null),
    joints: facts.map((_, i) => jointOf(facts, i)),
    meanings: facts.map(meaningOf),
    codes: units.map(({ codes }) => codes),
  };
}

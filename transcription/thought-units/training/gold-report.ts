/** Annotated reports as they lie in a folder: `world.json`, what the company's people know; `reports.jsonl`. */
import { readFileSync } from 'node:fs';
import type { Amount, NextStep, Percent, SalesStage, Sentiment, Vocabulary } from '../types.ts';

export interface GoldUnit {
  text: string;
  codes: string[];
  /** A paragraph begins here. */
  para?: boolean;
}

/** All that an annotator finds in a report. */
export interface GoldFields {
  account: string | null;
  contacts: string[];
  newContacts: string[];
  meetingDate: string | null;
  meetingType: string | null;
  products: string[];
  competitors: string[];
  newCompetitors: string[];
  amounts: Amount[];
  percents: Percent[];
  nextSteps: (NextStep & { unit: number })[];
  sentiment: Sentiment;
  stage: SalesStage | null;
}

/** What every annotated report has at least. */
export type LearnedFields = Pick<GoldFields, 'sentiment' | 'stage'>;

export interface GoldReport<Fields = LearnedFields> {
  id: string;
  rep: string;
  /** YYYY-MM-DD */
  callDate: string;
  units: GoldUnit[];
  gold: Fields;
}

/** @param folder holds world.json */
export function readWorld(folder: string): Vocabulary {
  return JSON.parse(readFileSync(`${folder}/world.json`, 'utf8')) as Vocabulary;
}

/**
 * Name the fields that all reports of the folder have.
 * @param folder holds reports.jsonl
 */
export function readGoldReports<Fields = LearnedFields>(folder: string): GoldReport<Fields>[] {
  return readFileSync(`${folder}/reports.jsonl`, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as GoldReport<Fields>);
}

/** The transcript that the units spell, with where each starts and ends. */
export function assemble(units: readonly GoldUnit[]): {
  transcript: string;
  starts: number[];
  ends: number[];
} {
  let transcript = '';
  const starts: number[] = [];
  const ends: number[] = [];
  units.forEach((unit, i) => {
    if (i) transcript += unit.para ? '\n\n' : ' ';
    starts.push(transcript.length);
    transcript += unit.text;
    ends.push(transcript.length);
  });
  return { transcript, starts, ends };
}

import type { Change } from '../../../../../transcription/house-style/change.ts';

/** A word that nobody knows. Offsets within its line. */
export interface Misspelling {
  start: number;
  end: number;
  word: string;
}

/** What is to be looked at in one line of the text. */
export interface LineReport {
  misspellings: Misspelling[];
  changes: Change[];
}

/** To the worker. */
export type Ask =
  | {
      kind: 'start';
      /** Names, the person's words and the company's: right besides the dictionary. */
      words: readonly string[];
      /** Names: the house style changes nothing in them. */
      names: readonly string[];
      rulesOff: readonly string[];
      spelling: boolean;
      houseStyle: boolean;
    }
  | { kind: 'add'; word: string }
  | { kind: 'check'; id: number; lines: readonly string[] }
  | { kind: 'suggest'; id: number; word: string };

/** From the worker. */
export type Answer =
  | { kind: 'checked'; id: number; reports: LineReport[] }
  | { kind: 'suggested'; id: number; words: string[] }
  /** The dictionary can not be loaded: house style only. */
  | { kind: 'no-dictionary' };

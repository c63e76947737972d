import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Vocabulary } from '../../../transcription/thought-units/types.ts';

export interface GoldReport {
  id: string;
  rep: string;
  callDate: string;
  units: { text: string; codes: string[]; para?: boolean }[];
  gold: {
    account: string | null;
    contacts: string[];
    newContacts: string[];
    meetingDate: string | null;
    meetingType: string | null;
    products: string[];
    competitors: string[];
    amounts: { value: number; currency: string; of: string }[];
    nextSteps: { unit: number; owner: string; due: string | null }[];
    sentiment: number;
    stage: string | null;
  };
}

const folder = new URL('../../../app/demo/company/', import.meta.url);
export const world: Vocabulary = JSON.parse(readFileSync(new URL('world.json', folder), 'utf8'));
export const goldReports: GoldReport[] = readFileSync(new URL('reports.jsonl', folder), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

/** The same name always gives the same id, so tests can name rows without looking them up. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

import { createHash } from 'node:crypto';
import {
  type GoldFields,
  readGoldReports,
  readWorld,
} from '../../../transcription/thought-units/training/gold-report.ts';

const folder = new URL('../../../app/demo/company', import.meta.url).pathname;
export const world = readWorld(folder);
export const goldReports = readGoldReports<GoldFields>(folder);

/** The same name always gives the same id, so tests can name rows without looking them up. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

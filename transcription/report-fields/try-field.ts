import type { Platform } from '../../platform/platform.ts';
import { localDay } from '../../platform/time-zone.ts';
import { readReport } from '../thought-units/read-report.ts';
import type { ConfiguredValue } from '../thought-units/types.ts';
import { loadVocabulary } from '../vocabulary/load-vocabulary.ts';
import { keyOf, TYPE_THRESHOLDS } from './field-definition.ts';
import { createFieldFinder } from './find-values.ts';
import type { FieldInput } from './write-report-fields.ts';

/** What a definition finds in one text. */
export interface Tried {
  text: string;
  found: (ConfiguredValue & {
    /** Sure enough to be written without anybody's confirming it. */
    isSure: boolean;
  })[];
}

/**
 * Tries a definition, saved or not, on texts, with the company's own people and products. Writes nothing.
 * @param texts each is read for itself; empty ones are left out
 */
export async function tryField(
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  field: FieldInput,
  texts: readonly string[],
): Promise<Tried[]> {
  const { lexicon } = await loadVocabulary(database);
  const find = createFieldFinder([{ ...field, key: keyOf(field.label) }], lexicon);
  const callDate = localDay(clock.now(), 'UTC');
  const least = field.minConfidence ?? TYPE_THRESHOLDS[field.type];
  return texts
    .map((text) => text.trim())
    .filter(Boolean)
    .map((text) => ({
      text,
      found: find(readReport({ transcript: text, callDate, rep: null }, lexicon)).map((value) => ({
        ...value,
        isSure: value.confidence >= least,
      })),
    }));
}

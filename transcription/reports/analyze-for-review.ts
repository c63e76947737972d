import { z } from 'zod';
import { NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { localDay } from '../../platform/time-zone.ts';
import { textSchema } from '../jobs/save-draft.ts';
import { analyze } from '../thought-units/analyze.ts';
import type {
  Analysis,
  AnalyzedFields,
  AnalyzedUnit,
  ConfiguredValue,
  Suggested,
} from '../thought-units/types.ts';
import { type LoadedVocabulary, loadVocabulary } from '../vocabulary/load-vocabulary.ts';
import { displayValue } from './display-value.ts';
import type { StoredValue } from './finalize-schema.ts';

export const analysisInput = z.object({ text: textSchema, accountId: z.string().nullish() });

/** A suggestion with what a person reads and, where it names something of the vocabulary, our row's id. */
export type Shown<T> = Suggested<T> & { display: string; id: string | null };

type ShowEach<F> = {
  [K in keyof F]: F[K] extends Suggested<infer T>[]
    ? Shown<T>[]
    : F[K] extends Suggested<infer T> | null
      ? Shown<T> | Extract<F[K], null>
      : never;
};

/** `value` is the company's own id where the vocabulary knows it; `unit` an index from 0. */
export type ShownFields = ShowEach<AnalyzedFields>;

export interface ReviewAnalysis {
  units: (AnalyzedUnit & { number: number })[];
  fields: ShownFields;
  /** Values of the company's own fields. */
  configured: ConfiguredValue[];
  /** Accounts that the text may be about, likeliest first. */
  accounts: { id: string; externalId: string; name: string; confidence: number; evidence: string }[];
}

/**
 * What software makes of a text, for a person to accept or change. Writes nothing.
 * @throws NotFound no such dictation
 */
export async function analyzeForReview(
  platform: Pick<Platform, 'database'>,
  {
    text,
    dictationId,
    accountId,
  }: { text: string; dictationId: string; accountId?: string | null | undefined },
): Promise<ReviewAnalysis> {
  const { analysis, loaded, named } = await analyzeDictation(platform, dictationId, text);
  const said = showFields(analysis, loaded);
  const fields = withNamedAccount(said, loaded, named);
  const chosen = [...loaded.accounts.entries()].find(
    ([externalId, { id }]) => accountId === id || accountId === externalId,
  );
  const candidates = [
    ...(chosen ? [{ externalId: chosen[0], confidence: 1, evidence: 'chosen' }] : []),
    ...(named ? [{ externalId: named, confidence: 1, evidence: 'keyed in on the phone' }] : []),
    ...(said.account
      ? [
          {
            externalId: said.account.value,
            confidence: said.account.confidence,
            evidence: said.account.evidence,
          },
        ]
      : []),
    ...fields.contacts.flatMap(({ value, display, confidence }) => {
      const contact = loaded.contacts.get(value);
      if (!contact) return [];
      return [
        { externalId: contact.account, confidence: confidence / 2, evidence: `${display} works there` },
      ];
    }),
  ];
  const seen = new Set<string>();
  return {
    units: analysis.units.map((unit, at) => ({ ...unit, number: at + 1 })),
    fields,
    configured: analysis.configured,
    accounts: candidates.flatMap(({ externalId, confidence, evidence }) => {
      const account = loaded.accounts.get(externalId);
      if (!account || seen.has(externalId)) return [];
      seen.add(externalId);
      return [{ id: account.id, externalId, name: account.name, confidence, evidence }];
    }),
  };
}

/** What the speaker keyed in on the phone goes before what the words seem to say. */
function withNamedAccount(fields: ShownFields, loaded: LoadedVocabulary, named: string | null): ShownFields {
  const account = named === null ? undefined : loaded.accounts.get(named);
  if (named === null || account === undefined) return fields;
  const said = fields.account?.value === named ? fields.account : { unit: null, span: null };
  return {
    ...fields,
    account: {
      ...said,
      value: named,
      confidence: 1,
      evidence: 'keyed in on the phone',
      display: account.name,
      id: account.id,
    },
  };
}

/** The pure analysis with the company's words and the dictation's day. */
export async function analyzeDictation(
  { database }: Pick<Platform, 'database'>,
  dictationId: string,
  text: string,
): Promise<{ analysis: Analysis; loaded: LoadedVocabulary; named: string | null }> {
  const dictation = await database.prisma.dictation.findUnique({
    where: { id: dictationId },
    select: {
      startedAt: true,
      speaker: { select: { externalId: true, timeZone: true } },
      account: { select: { externalId: true } },
    },
  });
  if (!dictation) throw new NotFound(`No dictation ${dictationId}`);
  const { startedAt, speaker, account } = dictation;
  const loaded = await loadVocabulary(database);
  const said = {
    transcript: text,
    // "Yesterday" is reckoned from where the speaker is.
    callDate: localDay(startedAt, speaker?.timeZone ?? 'UTC'),
    rep: speaker?.externalId ?? null,
    vocabulary: loaded.lexicon,
  };
  const analysis = analyze(said, loaded.coder, loaded.findConfigured);
  return { analysis, loaded, named: account?.externalId ?? null };
}

function showFields({ fields, units }: Analysis, loaded: LoadedVocabulary): ShownFields {
  const known =
    <T extends string>(rows: ReadonlyMap<string, { id: string; name: string }>) =>
    (one: Suggested<T>) => {
      const row = rows.get(one.value);
      return { ...one, display: row?.name ?? one.value, id: row?.id ?? null };
    };
  const plain =
    <T extends StoredValue>(field: string) =>
    (one: Suggested<T>): Shown<T> => ({
      ...one,
      display: displayValue(field, one.value),
      id: null,
    });
  const maybe = <A, B>(one: A | null, show: (given: A) => B): B | null => (one === null ? null : show(one));
  return {
    account: maybe(fields.account, known(loaded.accounts)),
    contacts: fields.contacts.map(known(loaded.contacts)),
    newContacts: fields.newContacts.map(plain('new_contact')),
    meetingDate: maybe(fields.meetingDate, plain('meeting_date')),
    meetingType: maybe(fields.meetingType, plain('meeting_type')),
    products: fields.products.map(known(loaded.products)),
    competitors: fields.competitors.map(known(loaded.competitors)),
    newCompetitors: fields.newCompetitors.map(plain('new_competitor')),
    amounts: fields.amounts.map(plain('amount')),
    percents: fields.percents.map(plain('percent')),
    nextSteps: fields.nextSteps.map((one) => ({
      ...one,
      display: (one.unit === null ? undefined : units[one.unit]?.text) ?? '',
      id: null,
    })),
    sentiment: plain<(typeof fields.sentiment)['value']>('sentiment')(fields.sentiment),
    stage: maybe(fields.stage, plain('stage')),
  };
}

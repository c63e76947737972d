import type { Database } from '../../../platform/database/database.ts';
import { isHeldOut } from '../../../transcription/code-learning/confirmed-report.ts';
import { defaultCodebook } from '../../../transcription/thought-units/coding/codebook.ts';
import { type BuiltReport, buildReport, buildUser, type UnitToBuild } from '../../support/build-report.ts';

/** A code that the shipped model has never heard of, without cues: only what people confirm tells it. */
export const OWN_CODE = 'mooring';

const OWN = [
  'The tether crew was ready at dawn.',
  'Our tether held through the gusts.',
  'They asked the tether crew to stay another day.',
  'The gondola was tied to the tether again.',
];
const OTHERS: UnitToBuild[] = [
  { text: 'This is a report on the airfield.', codes: ['admin'] },
  { text: 'He wants a price for two more.', codes: ['pricing'] },
  { text: 'I will send him the quote on Friday.', codes: ['next-step'] },
];

/** Units of one report; the same number gives the same. */
export function unitsOf(n: number): UnitToBuild[] {
  const own = [0, 1].map((k) => ({ text: OWN[(n + k) % OWN.length] ?? '', codes: [OWN_CODE] }));
  return [...OTHERS.slice(0, 1), ...own, ...OTHERS.slice(1)];
}

export async function buildCodebook({ prisma }: Pick<Database, 'prisma'>): Promise<void> {
  const codes = [
    ...defaultCodebook,
    { key: OWN_CODE, label: 'Mooring', definition: 'How it was tied down.', cues: [] },
  ].map((code, position) => ({ ...code, position }));
  await prisma.codebook.create({ data: { version: 1, codes: { create: codes } } });
}

/** Confirmed reports of three speakers, until enough of them are held out; ids are random, and they decide. */
export async function buildConfirmed(
  database: Pick<Database, 'prisma'>,
  { learned = 36, heldOut = 9 } = {},
): Promise<BuiltReport[]> {
  const speakers = await Promise.all([1, 2, 3].map(() => buildUser(database)));
  const built: BuiltReport[] = [];
  const count = (held: boolean) => built.filter(({ reportId }) => isHeldOut(reportId) === held).length;
  while (count(false) < learned || count(true) < heldOut)
    built.push(
      await buildReport(database, {
        speakerId: speakers[built.length % 3]?.id ?? null,
        units: unitsOf(built.length),
      }),
    );
  return built;
}

import type { SignedInUser } from '../../../platform/auth/signed-in-user.ts';
import { NotFound } from '../../../platform/errors.ts';
import type { Platform } from '../../../platform/platform.ts';
import { loadVocabulary } from '../../vocabulary/load-vocabulary.ts';
import { type FieldKind, loadFieldKinds } from './field-kinds.ts';
import { mayReview, type ReviewRights } from './may-review.ts';
import { readState } from './read-state.ts';
import type { StateCode, StateStep, StateUnit, StateValue, Support } from './review-state.ts';
import { tellChange } from './tell-change.ts';

type Shown<T extends Support> = Omit<T, 'confirmedById' | 'unitId' | 'position'> & {
  /** Who stands behind it, by name. */
  confirmedBy: string | null;
};

export interface ShownReview {
  reportId: string;
  revision: number;
  /** Of the transcript in force. */
  version: number;
  rights: ReviewRights;
  units: (Omit<StateUnit, 'id' | 'codes'> & {
    newParagraph: boolean;
    codes: (Shown<StateCode> & { label: string })[];
  })[];
  values: (Shown<StateValue> & { label: string; unit: number | null })[];
  steps: (Shown<StateStep> & { unit: number | null })[];
  /** The codebook in force. */
  codes: { key: string; label: string; definition: string }[];
  fields: FieldKind[];
  changes: ShownChange[];
}

export interface ShownChange {
  at: Date;
  /** Null: somebody who is not there any more. */
  by: string | null;
  /** "changed Amount from $2,800 (price) to $2,900 (price), unit 4" */
  what: string;
  unit: number | null;
  revision: number;
}

const CHANGES_SHOWN = 100;

/**
 * A finished report as somebody reviews it: refused things are in it, so that they can be taken back. Who may see it is
 * the caller's affair.
 * @throws NotFound
 */
export async function loadReview(
  platform: Pick<Platform, 'database'>,
  user: Pick<SignedInUser, 'id' | 'roles'>,
  reportId: string,
): Promise<ShownReview> {
  const { prisma } = platform.database;
  const [report, state, kinds, loaded] = await Promise.all([
    prisma.report.findUnique({
      where: { id: reportId },
      select: {
        speakerId: true,
        finalizedById: true,
        reviewRevision: true,
        transcript: { select: { version: true } },
        units: { where: { newParagraph: true }, select: { id: true } },
      },
    }),
    readState(prisma, reportId),
    loadFieldKinds(prisma),
    loadVocabulary(platform.database),
  ]);
  if (!report) throw new NotFound(`No report ${reportId}`);
  const everybody = [...state.units.flatMap(({ codes }) => codes), ...state.values, ...state.steps];
  const people = await prisma.user.findMany({
    where: { id: { in: [...new Set(everybody.flatMap(({ confirmedById }) => confirmedById ?? []))] } },
    select: { id: true, name: true },
  });
  const nameOf = (id: string | null) => people.find((person) => person.id === id)?.name ?? null;
  const numberOf = (id: string | null) => state.units.find((unit) => unit.id === id)?.number ?? null;
  const codeLabel = (key: string) => loaded.codes.get(key)?.label ?? key;
  const fieldLabel = labelOfField(kinds);
  const paragraphs = new Set(report.units.map(({ id }) => id));
  return {
    reportId,
    revision: report.reviewRevision,
    version: report.transcript.version,
    rights: mayReview(user, report),
    units: state.units.map(({ id, codes, ...unit }) => ({
      ...unit,
      newParagraph: paragraphs.has(id),
      codes: codes.map(({ confirmedById, ...code }) => ({
        ...code,
        label: codeLabel(code.code),
        confirmedBy: nameOf(confirmedById),
      })),
    })),
    values: state.values.map(({ confirmedById, unitId, position: _, ...value }) => ({
      ...value,
      label: fieldLabel(value.field),
      unit: numberOf(unitId),
      confirmedBy: nameOf(confirmedById),
    })),
    steps: state.steps.map(({ confirmedById, unitId, position: _, ...step }) => ({
      ...step,
      unit: numberOf(unitId),
      confirmedBy: nameOf(confirmedById),
    })),
    codes: [...loaded.codes].map(([key, { label, definition }]) => ({ key, label, definition })),
    fields: kinds,
    changes: await readChanges(platform, reportId, { code: codeLabel, field: fieldLabel }),
  };
}

/** "Day of the meeting" of `meeting_date`; of a field that is not in force any more its key, readable. Pure. */
export function labelOfField(kinds: readonly FieldKind[]): (key: string) => string {
  return (key) =>
    kinds.find((kind) => kind.key === key)?.label ??
    key.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase());
}

/** What was decided about a report since it was finalized, newest first. */
async function readChanges(
  { database }: Pick<Platform, 'database'>,
  reportId: string,
  labels: Parameters<typeof tellChange>[1],
): Promise<ShownChange[]> {
  const rows = await database.prisma.reviewChange.findMany({
    where: { reportId },
    orderBy: [{ revision: 'desc' }, { id: 'asc' }],
    take: CHANGES_SHOWN,
    include: { by: { select: { name: true } }, unit: { select: { number: true } } },
  });
  return rows.map((row) => ({
    at: row.at,
    by: row.by?.name ?? null,
    what: tellChange(row, labels),
    unit: row.unit?.number ?? null,
    revision: row.revision,
  }));
}

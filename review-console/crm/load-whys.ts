import { desiredSchema } from '../../crm-sync/ledger/desired.ts';
import type { Database } from '../../platform/database/database.ts';

/** Why a value was written: by which mapping, from which version of the report's text. */
export interface Why {
  /** Version of the CRM's mapping; null for entries from before mappings had any. */
  mappingVersion: number | null;
  /** What of the report it is: "amount". */
  source: string;
  /** "overwrites ours" */
  policy: string;
  /** Version of the text that the value was planned from. */
  textVersion: number | null;
  wasTakenBack: boolean;
}

const POLICY_WORDS: Record<string, string> = {
  fill_if_empty: 'only where it is empty',
  append_dated: 'added with its day',
  overwrite_ours: 'over our own values only',
  always_overwrite: 'over whatever stands there',
};

interface Row {
  idempotencyKey: string;
  policy: string;
  desired: unknown;
}

/** The reasons of ledger entries, by their key. Two statements; locks nothing. */
export async function readWhys(
  { prisma }: Pick<Database, 'prisma'>,
  rows: readonly Row[],
): Promise<Map<string, Why>> {
  const parsed = rows.flatMap(({ desired, ...row }) => {
    const read = desiredSchema.safeParse(desired);
    return read.success ? [{ ...row, desired: read.data }] : [];
  });
  const mappings = await prisma.fieldMapping.findMany({
    where: { id: { in: [...new Set(parsed.flatMap(({ desired }) => desired.mappingId ?? []))] } },
    select: { id: true, version: true },
  });
  const versionOf = new Map(mappings.map(({ id, version }) => [id, version]));
  return new Map(
    parsed.map(({ idempotencyKey, policy, desired }) => [
      idempotencyKey,
      {
        mappingVersion: versionOf.get(desired.mappingId ?? '') ?? null,
        source: desired.source.replaceAll('_', ' '),
        policy: POLICY_WORDS[policy] ?? policy.replaceAll('_', ' '),
        textVersion: desired.reportVersion ?? null,
        wasTakenBack: desired.withdraw === true,
      },
    ]),
  );
}

/** The reasons of values of the built-in CRM, by their id; those that people typed or that were imported have none. */
export async function whysOfValues(
  database: Pick<Database, 'prisma'>,
  valueIds: readonly string[],
): Promise<Map<string, Why>> {
  const { prisma } = database;
  const values = await prisma.crmValue.findMany({
    where: { id: { in: [...valueIds] }, writeKey: { not: null } },
    select: { id: true, writeKey: true },
  });
  const entries = await prisma.syncEntry.findMany({
    where: { idempotencyKey: { in: values.flatMap(({ writeKey }) => writeKey ?? []) } },
    select: { idempotencyKey: true, policy: true, desired: true },
  });
  const whys = await readWhys(database, entries);
  return new Map(
    values.flatMap(({ id, writeKey }) => {
      const why = whys.get(writeKey ?? '');
      return why ? [[id, why] as const] : [];
    }),
  );
}

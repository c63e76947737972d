import { z } from 'zod';
import type { Platform } from '../../platform/platform.ts';
import { CRM_OBJECT_TYPES, type CrmConnector, type CrmObjectDefinition } from './connector.ts';
import { CrmError } from './crm-error.ts';
import type { ConnectorRow } from './open-connector.ts';

/** A CRM's own description of itself, and how far it can be relied on. */
export interface CrmDescription {
  objects: CrmObjectDefinition[];
  describedAt: Date;
  /** A sentence: why it could not be had anew, so that this is an older one; null: it is fresh. */
  problem: string | null;
}

/** A CRM's fields change by the week; asking for all of them takes seconds and counts against its limit. */
const FRESH_MS = 10 * 60_000;
/** A CRM that just could not say is not asked again for so long, unless a person wants it. */
const PATIENCE_MS = 30_000;
/** What spoke against a description that is not older than this has been seen in it. */
const TOO_YOUNG_MS = 60_000;

const keptSchema = z.object({
  /** Of the connection that was asked: another address or key may lead to another CRM. */
  changedAt: z.string(),
  objects: z.array(
    z.object({
      objectType: z.enum(CRM_OBJECT_TYPES),
      label: z.string(),
      fields: z.array(
        z.object({
          key: z.string(),
          label: z.string(),
          dataType: z.enum(['text', 'number', 'money', 'date', 'choice', 'person', 'product', 'list']),
          options: z.array(z.string()),
          writable: z.boolean(),
          initial: z.string().optional(),
        }),
      ),
    }),
  ),
});

type Needs = Pick<Platform, 'database' | 'clock'>;

/**
 * What a CRM says of its objects and fields: kept in the database for ten minutes and for all processes, asked for
 * anew when it is older, when the connection was changed, when something spoke against it (`doubtDescription`) or when
 * a person wants it. While the CRM can't say, the older one is answered, with the reason. The built-in CRM is always
 * asked: its fields are in the same database.
 *
 * Two processes may ask at once; the later answer is kept.
 *
 * @throws what the CRM's connector threw, when there is no older one.
 */
export async function describeCrm(
  { database, clock }: Needs,
  row: ConnectorRow,
  connector: CrmConnector,
  { anew = false }: { anew?: boolean } = {},
): Promise<CrmDescription> {
  const now = clock.now();
  if (row.kind === 'builtin') return { objects: await connector.describe(), describedAt: now, problem: null };
  const stored = await database.prisma.crmDescription.findUnique({ where: { connectorId: row.id } });
  const kept = stored === null ? null : keptSchema.safeParse(stored.objects);
  const changedAt = row.changedAt.toISOString();
  const older =
    stored !== null && kept?.success === true
      ? { objects: kept.data.objects, describedAt: stored.describedAt, problem: null }
      : null;
  const isOurs = kept?.success === true && kept.data.changedAt === changedAt;
  if (stored !== null && older !== null && isOurs && !anew) {
    const failedLately = isWithin(stored.failedAt, PATIENCE_MS, now);
    if (failedLately) return { ...older, problem: stored.problem };
    if (!stored.stale && isWithin(stored.describedAt, FRESH_MS, now)) return older;
  }
  try {
    const objects = await connector.describe();
    const data = {
      objects: keptSchema.parse({ changedAt, objects }),
      describedAt: now,
      stale: false,
      failedAt: null,
      problem: null,
    };
    await database.prisma.crmDescription.upsert({
      where: { connectorId: row.id },
      create: { connectorId: row.id, ...data },
      update: data,
    });
    return { objects, describedAt: now, problem: null };
  } catch (error) {
    const problem =
      error instanceof CrmError
        ? error.message
        : 'The CRM could not be asked for its fields; it is tried again.';
    await database.prisma.crmDescription.updateMany({
      where: { connectorId: row.id },
      data: { failedAt: now, problem },
    });
    if (older === null) throw error;
    return { ...older, problem };
  }
}

/** The CRM refused a field or a value that its description allows: it is asked anew before it is used again. */
export async function doubtDescription({ database, clock }: Needs, connectorId: string): Promise<void> {
  await database.prisma.crmDescription.updateMany({
    where: { connectorId, describedAt: { lt: new Date(clock.now().getTime() - TOO_YOUNG_MS) } },
    data: { stale: true },
  });
}

function isWithin(time: Date | null, ms: number, now: Date): boolean {
  return time !== null && now.getTime() - time.getTime() < ms;
}

import type { Tx } from '../../../platform/database/database.ts';
import { NotFound } from '../../../platform/errors.ts';
import type { Mapping } from '../mapping.ts';
import { toMapping } from '../mapping-row.ts';

/** A state of a connector's mapping that was put in force. */
export interface MappingVersion {
  version: number;
  note: string;
  restores: number | null;
  createdAt: Date;
  createdBy: { id: string; name: string } | null;
}

type Prisma = Pick<Tx, 'fieldMapping' | 'mappingVersion'>;

/** The version in force; 0 where nothing was ever mapped. */
export async function currentVersion(prisma: Prisma, connectorId: string): Promise<number> {
  const [noted, rows] = await Promise.all([
    prisma.mappingVersion.aggregate({ where: { connectorId }, _max: { version: true } }),
    prisma.fieldMapping.aggregate({ where: { connectorId }, _max: { version: true } }),
  ]);
  // Mappings that came with their connection have no row of their own for the version.
  return Math.max(noted._max.version ?? 0, rows._max.version ?? 0);
}

/** The versions, newest first. What came with a connection is the first, though nobody put it in force. */
export async function listVersions(prisma: Prisma, connectorId: string): Promise<MappingVersion[]> {
  const [versions, first] = await Promise.all([
    prisma.mappingVersion.findMany({
      where: { connectorId },
      orderBy: { version: 'desc' },
      take: 200,
      select: {
        version: true,
        note: true,
        restores: true,
        createdAt: true,
        createdBy: { select: { id: true, name: true } },
      },
    }),
    prisma.fieldMapping.findFirst({
      where: { connectorId, version: 1 },
      orderBy: { createdAt: 'asc' },
      select: { createdAt: true },
    }),
  ]);
  if (first === null || versions.at(-1)?.version === 1) return versions;
  const note = 'As it came with the connection';
  return [...versions, { version: 1, note, restores: null, createdAt: first.createdAt, createdBy: null }];
}

/**
 * The mapping as it stood in a version, in the order in which its parts were made.
 * @throws NotFound there was no such version
 */
export async function readVersion(prisma: Prisma, connectorId: string, version: number): Promise<Mapping[]> {
  if (version < 1 || version > (await currentVersion(prisma, connectorId)))
    throw new NotFound(`no version ${version} of the mapping of ${connectorId}`);
  const rows = await prisma.fieldMapping.findMany({
    where: { connectorId, version: { lte: version } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows
    .filter((row) => (row.closedAt === null ? true : row.closedIn !== null && row.closedIn > version))
    .flatMap((row) => toMapping(row) ?? []);
}

/** The mapping in force, as its rows say; `version` 0 where nothing was ever mapped. */
export async function readInForce(
  prisma: Prisma,
  connectorId: string,
): Promise<{ version: number; mappings: Mapping[] }> {
  const version = await currentVersion(prisma, connectorId);
  return { version, mappings: version === 0 ? [] : await readVersion(prisma, connectorId, version) };
}

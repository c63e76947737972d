import type { Database } from '../../platform/database/database.ts';
import { readMerges } from '../../transcription/codebook/merges.ts';
import type { Mapping } from './mapping.ts';
import { toMapping } from './mapping-row.ts';

/**
 * The mappings of a connector that are in force. One of a code that became part of another takes what that one says.
 * Rows with an object type or policy that we don't know are left out.
 */
export async function readMappings(
  prisma: Pick<Database['prisma'], 'codebook' | 'fieldMapping'>,
  connectorId: string,
): Promise<Mapping[]> {
  const [rows, becomes] = await Promise.all([
    prisma.fieldMapping.findMany({
      where: { connectorId, closedAt: null },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    }),
    readFollowing(prisma),
  ]);
  return rows.flatMap((row) => {
    const mapping = toMapping(row);
    return mapping === null ? [] : [{ ...mapping, source: becomes(mapping.source) }];
  });
}

/** What a mapping's source is today: a code that became part of another stands for that one. */
export async function readFollowing(
  prisma: Pick<Database['prisma'], 'codebook'>,
): Promise<(source: string) => string> {
  const codebook = await prisma.codebook.findFirst({
    orderBy: { version: 'desc' },
    select: { merges: true },
  });
  const becomes = readMerges(codebook?.merges);
  return (source) => {
    const isCode = source.startsWith(CODE);
    const key = isCode ? source.slice(CODE.length) : source;
    const into = becomes.get(key);
    return into === undefined ? source : `${isCode ? CODE : ''}${into}`;
  };
}

const CODE = 'code:';

import type { Database } from '../../platform/database/database.ts';

/** What people call each code, by key, from the newest codebook. A key that it doesn't know stands for itself. */
export type CodeLabels = (key: string) => string;

export async function loadCodeLabels({ prisma }: Pick<Database, 'prisma'>): Promise<CodeLabels> {
  const newest = await prisma.codebook.findFirst({
    orderBy: { version: 'desc' },
    select: { codes: { select: { key: true, label: true } } },
  });
  const labels = new Map(newest?.codes.map((code) => [code.key, code.label]));
  return (key) => labels.get(key) ?? key.replaceAll('-', ' ');
}

import type { Database } from '../../platform/database/database.ts';

/** What people call each code, by key: as the newest codebook that has it says. A key that none has stands for itself. */
export type CodeLabels = (key: string) => string;

export async function loadCodeLabels({ prisma }: Pick<Database, 'prisma'>): Promise<CodeLabels> {
  const codes = await prisma.code.findMany({
    orderBy: { codebook: { version: 'asc' } },
    select: { key: true, label: true },
  });
  // Later versions come later and win; a code that was retired keeps its last name.
  const labels = new Map(codes.map((code) => [code.key, code.label]));
  return (key) => labels.get(key) ?? key.replaceAll('-', ' ');
}

import type { Database } from '../../platform/database/database.ts';
import { qualificationsOf } from '../../transcription/jobs/qualifications.ts';
import { showRequirement } from '../../transcription/jobs/show-requirement.ts';

/** What is asked of whoever types, who has it, and who must not type for whom. */
export async function loadRules({ prisma }: Pick<Database, 'prisma'>) {
  const named = { id: true, name: true, requirements: true };
  const [lines, accounts, speakers, typists, conflicts] = await Promise.all([
    prisma.line.findMany({ where: { active: true }, orderBy: { name: 'asc' }, select: named }),
    prisma.account.findMany({ where: { active: true }, orderBy: { name: 'asc' }, select: named }),
    prisma.user.findMany({
      where: { active: true, system: false, roles: { hasSome: ['rep', 'proposal_manager'] } },
      orderBy: { name: 'asc' },
      select: named,
    }),
    prisma.user.findMany({
      where: { active: true, system: false, roles: { has: 'transcriptionist' } },
      orderBy: { name: 'asc' },
      select: { id: true, name: true, language: true, qualifications: true },
    }),
    prisma.typingConflict.findMany({
      orderBy: { createdAt: 'desc' },
      select: {
        id: true,
        reason: true,
        createdAt: true,
        user: { select: { name: true } },
        speaker: { select: { name: true } },
        line: { select: { name: true } },
        account: { select: { name: true } },
        createdBy: { select: { name: true } },
      },
    }),
  ]);
  const asking = (kind: string, word: string, rows: { id: string; name: string; requirements: string[] }[]) =>
    rows
      .filter(({ requirements }) => requirements.length > 0)
      .map((row) => ({
        ...row,
        kind,
        word,
        written: row.requirements.join(', '),
        shown: row.requirements.map(showRequirement).join(', '),
        // Those whom it leaves, apart from the language.
        typists: typists
          .filter((typist) => row.requirements.every((each) => qualificationsOf(typist).includes(each)))
          .map(({ name }) => name)
          .join(', '),
      }));
  return {
    asking: [
      ...asking('line', 'Line', lines),
      ...asking('account', 'Customer', accounts),
      ...asking('speaker', 'Speaker', speakers),
    ],
    subjects: [
      { label: 'Lines', kind: 'line', rows: lines },
      { label: 'Customers', kind: 'account', rows: accounts },
      { label: 'Speakers', kind: 'speaker', rows: speakers },
    ].filter(({ rows }) => rows.length > 0),
    typists: typists.map((typist) => ({
      id: typist.id,
      name: typist.name,
      has: qualificationsOf(typist)
        .filter((each) => !/^language:\w+-/.test(each))
        .map(showRequirement)
        .join(', '),
    })),
    conflicts: conflicts.map((conflict) => ({
      ...conflict,
      about: (conflict.speaker ?? conflict.line ?? conflict.account)?.name ?? '',
      word: conflict.speaker ? 'Speaker' : conflict.line ? 'Line' : 'Customer',
    })),
  };
}

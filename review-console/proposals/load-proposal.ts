import type { Database } from '../../platform/database/database.ts';
import { type Coverage, countWords, coverageOf, isWaiting } from '../../proposals/coverage.ts';
import { type ProposalDetail, requireProposal } from '../../proposals/get-proposal.ts';

type Section = ProposalDetail['sections'][number];
type Contribution = Section['contributions'][number];

const depthOf = (number: string) => number.split('.').length;

export interface ShownSection extends Coverage {
  id: string;
  number: string;
  title: string;
  guidance: string;
  pageLimit: number | null;
  /** 1 at the top. */
  depth: number;
  isCovered: boolean;
}

export interface ShownContributor extends Coverage {
  id: string;
  name: string;
  /** Sections that this person spoke in. */
  sections: string[];
  isMember: boolean;
  /** Has a PIN; without one nobody can dictate. */
  mayCall: boolean;
}

/** What there is and what is missing. */
export interface ProposalOverview {
  proposal: Omit<ProposalDetail, 'sections' | 'members'>;
  sections: ShownSection[];
  contributors: ShownContributor[];
  total: Coverage;
  coveredCount: number;
  lines: { name: string; number: string }[];
}

/** @throws NotFound */
export async function loadOverview(database: Database, proposalId: string): Promise<ProposalOverview> {
  const { sections, members, ...proposal } = await requireProposal({ database }, proposalId);
  const { prisma } = database;
  const said = sections.flatMap(({ contributions }) => contributions);
  const people = new Map(
    [...members, ...said.map(({ contributor }) => contributor)].map((one) => [one.id, one]),
  );
  const [callers, lines] = await Promise.all([
    prisma.user.findMany({
      where: { id: { in: [...people.keys()] }, active: true, pinHash: { not: null } },
      select: { id: true },
    }),
    prisma.line.findMany({ where: { proposalId, active: true }, select: { name: true, number: true } }),
  ]);
  const mayCall = new Set(callers.map(({ id }) => id));
  const isMember = new Set(members.map(({ id }) => id));
  const contributors = [...people.values()]
    .map(({ id, name }) => {
      const isOf = ({ contributor }: Contribution) => contributor.id === id;
      return {
        id,
        name,
        ...coverageOf(said.filter(isOf)),
        sections: sections
          .filter(({ contributions }) => contributions.some(isOf))
          .map(({ number }) => number),
        isMember: isMember.has(id),
        mayCall: mayCall.has(id),
      };
    })
    .sort((a, b) => b.contributions - a.contributions || a.name.localeCompare(b.name));
  return {
    proposal,
    sections: sections.map(({ contributions, parentId: _, ...section }) => ({
      ...section,
      ...coverageOf(contributions),
      depth: depthOf(section.number),
      isCovered: contributions.length > 0,
    })),
    contributors,
    total: coverageOf(said),
    coveredCount: sections.filter(({ contributions }) => contributions.length > 0).length,
    lines,
  };
}

export interface ReadContribution {
  id: string;
  contributor: string;
  createdAt: Date;
  words: number;
  paragraphs: string[];
  /** Something of it has no text yet. */
  isWaiting: boolean;
  audio: { dictationId: string; durationSeconds: number | null }[];
  /** What is typed, piece by piece, as it can be corrected. */
  typed: { dictationId: string; version: number; text: string }[];
}

/** The document as it is so far. */
export interface ProposalText {
  proposal: Omit<ProposalDetail, 'sections' | 'members'>;
  sections: {
    id: string;
    number: string;
    title: string;
    guidance: string;
    pageLimit: number | null;
    depth: number;
    contributions: ReadContribution[];
  }[];
  total: Coverage;
}

/** @throws NotFound */
export async function loadText(database: Database, proposalId: string): Promise<ProposalText> {
  const { sections, members: _, ...proposal } = await requireProposal({ database }, proposalId);
  const newest = await database.prisma.transcript.findMany({
    where: { dictation: { contribution: { section: { proposalId } } } },
    orderBy: [{ dictationId: 'asc' }, { version: 'desc' }],
    distinct: ['dictationId'],
    select: { dictationId: true, version: true, text: true },
  });
  const transcripts = new Map(newest.map((transcript) => [transcript.dictationId, transcript]));
  return {
    proposal,
    sections: sections.map(({ contributions, ...section }) => ({
      ...section,
      depth: depthOf(section.number),
      contributions: contributions.map((one) => ({
        id: one.id,
        contributor: one.contributor.name,
        createdAt: one.createdAt,
        words: countWords(one.text),
        paragraphs: one.text?.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '') ?? [],
        isWaiting: isWaiting(one),
        audio: one.dictations
          .filter(({ hasAudio }) => hasAudio)
          .map(({ id, durationSeconds }) => ({ dictationId: id, durationSeconds })),
        typed: one.dictations.flatMap(({ id }) => transcripts.get(id) ?? []),
      })),
    })),
    total: coverageOf(sections.flatMap(({ contributions }) => contributions)),
  };
}

/** Who may be made a contributor: everybody who is there, those who can call first. */
export async function loadCandidates({ prisma }: Pick<Database, 'prisma'>, chosen: readonly string[]) {
  const people = await prisma.user.findMany({
    where: { system: false, OR: [{ active: true }, { id: { in: [...chosen] } }] },
    orderBy: { name: 'asc' },
    select: { id: true, name: true, pinHash: true, active: true },
  });
  return people
    .map(({ pinHash, ...person }) => ({
      ...person,
      mayCall: person.active && pinHash !== null,
      isChosen: chosen.includes(person.id),
    }))
    .sort((a, b) => Number(b.isChosen) - Number(a.isChosen) || Number(b.mayCall) - Number(a.mayCall));
}

import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSettableClock } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { Conflict } from '../../platform/errors.ts';
import type { DictationStatus, RecordingStatus } from '../../prisma/generated/client/client.ts';
import { coverageOf } from '../../proposals/coverage.ts';
import { createProposal } from '../../proposals/create-proposal.ts';
import { requireProposal } from '../../proposals/get-proposal.ts';
import { listProposals } from '../../proposals/list-proposals.ts';
import { contributionToHear } from '../../proposals/phone/contribution-to-hear.ts';
import { findProposals } from '../../proposals/phone/find-proposals.ts';
import { findSection, moveInOutline } from '../../proposals/phone/find-section.ts';
import { openContribution } from '../../proposals/phone/open-contribution.ts';
import { setOutline } from '../../proposals/set-outline.ts';
import { sweepContributions } from '../../proposals/sweep-contributions.ts';
import { updateProposal } from '../../proposals/update-proposal.ts';
import { writeContribution } from '../../proposals/write-contribution-text.ts';
import { continueDictation } from '../../transcription/dictations/continue-dictation.ts';
import { claimJob } from '../../transcription/jobs/claim-job.ts';
import { finalizeJob } from '../../transcription/reports/finalize-job.ts';
import { finalizeInput } from '../../transcription/reports/finalize-schema.ts';
import { createTestPlatform, type TestPlatform } from '../support/test-platform.ts';
import { buildTranscriptionist } from '../transcription/support/build-dictation.ts';

const HOOKS = { afterFinalize: [], afterTranscript: [writeContribution] };
const SECTIONS = [
  { number: '1', title: 'Approach' },
  { number: '1.1', title: 'Schedule', guidance: 'By when, and why it holds' },
  { number: '1.2', title: 'Sensors' },
  { number: '2', title: 'Price' },
];

const clock = createSettableClock(new Date('2026-03-02T02:00:00Z'));
let platform: TestPlatform['platform'];
let close: () => Promise<void>;
let typist: string;
let ann: string;
let bob: string;
beforeAll(async () => {
  ({ platform, close } = await createTestPlatform({ clock }));
  typist = await buildTranscriptionist(platform.database);
  ann = await addUser('Ann Lee');
  bob = await addUser('Bob Ortiz');
});
afterAll(() => close());

const prisma = () => platform.database.prisma;
const addUser = async (name: string) =>
  (await prisma().user.create({ data: { name, email: `${randomUUID()}@example.com` } })).id;
const ask = <T>(work: Parameters<typeof inTransaction<T>>[1]) => inTransaction(platform.database.pool, work);
const addLine = async (proposalId: string | null) =>
  (
    await prisma().line.create({
      data: { number: `+1${randomInt(1e9, 9e9)}`, purpose: 'proposal', name: 'Bid', proposalId },
    })
  ).id;

async function addProposal(memberIds = [ann, bob], sections: typeof SECTIONS | [] = SECTIONS) {
  const { id } = await createProposal(platform, { title: 'Tempe', sections, memberIds });
  return { id, lineId: await addLine(id) };
}

async function sectionOf(proposalId: string, number: string): Promise<string> {
  const { id } = await prisma().proposalSection.findUniqueOrThrow({
    where: { proposalId_number: { proposalId, number } },
  });
  return id;
}

/** As the phone does it: a contribution with the dictation that belongs to it. */
async function contribute(
  { id: proposalId, lineId }: { id: string; lineId: string },
  number: string,
  {
    by = ann,
    status = 'submitted',
    seconds = 60,
  }: { by?: string; status?: DictationStatus; seconds?: number } = {},
) {
  clock.advance(60_000);
  const now = clock.now();
  const contributionId = randomUUID();
  const sectionId = await sectionOf(proposalId, number);
  const opened = await ask((client) =>
    openContribution(client, { contributionId, sectionId, userId: by, now }),
  );
  expect(opened).toEqual({ kind: 'opened' });
  const dictation = await prisma().dictation.create({
    data: {
      reference: String(randomInt(1e6, 1e7)),
      lineId,
      speakerId: by,
      contributionId,
      status,
      startedAt: now,
      submittedAt: status === 'open' ? null : now,
      durationSeconds: seconds,
      job: { create: { status: 'waiting', dueAt: now } },
    },
    include: { job: true },
  });
  return { contributionId, dictationId: dictation.id, jobId: dictation.job?.id ?? '' };
}

async function type(jobId: string, text: string) {
  const job = await claimJob(platform, { userId: typist, jobId });
  const input = finalizeInput.parse({ text, leaseToken: job?.leaseToken });
  return finalizeJob(platform, HOOKS, { ...input, jobId, userId: typist });
}

const textOf = async (id: string) => (await prisma().contribution.findUniqueOrThrow({ where: { id } })).text;

describe('which proposal a caller may contribute to', () => {
  const found = (lineId: string, userId: string) =>
    ask((client) => findProposals(client, { lineId, userId }));

  test('is the line’s, for its members only', async () => {
    const { id, lineId } = await addProposal([ann]);
    expect(await found(lineId, ann)).toEqual({ kind: 'open', proposals: [{ id, title: 'Tempe' }] });
    expect(await found(lineId, bob)).toEqual({ kind: 'not_member', title: 'Tempe' });
  });

  test('is none when it is closed or has no sections; a stranger is not told so', async () => {
    const closed = await addProposal([ann]);
    await updateProposal(platform, closed.id, { closed: true });
    expect(await found(closed.lineId, ann)).toEqual({ kind: 'closed', title: 'Tempe' });
    expect(await found(closed.lineId, bob)).toEqual({ kind: 'not_member', title: 'Tempe' });
    const empty = await addProposal([ann], []);
    expect(await found(empty.lineId, ann)).toEqual({ kind: 'no_outline', title: 'Tempe' });
  });

  test('is one of the person’s open ones where the line names none, the most pressing first', async () => {
    const cleo = await addUser('Cleo');
    const lineId = await addLine(null);
    expect(await found(lineId, cleo)).toEqual({ kind: 'none' });
    const late = await addProposal([cleo]);
    const soon = await addProposal([cleo]);
    const over = await addProposal([cleo]);
    await addProposal([ann]);
    await updateProposal(platform, late.id, { title: 'Late', dueAt: new Date('2026-05-01') });
    await updateProposal(platform, soon.id, { title: 'Soon', dueAt: new Date('2026-04-01') });
    await updateProposal(platform, over.id, { closed: true });
    expect(await found(lineId, cleo)).toMatchObject({ proposals: [{ title: 'Soon' }, { title: 'Late' }] });
  });
});

describe('a section', () => {
  test('is found by number, with guidance, what follows and how many others spoke there', async () => {
    const proposal = await addProposal();
    await contribute(proposal, '1.1', { by: bob });
    await contribute(proposal, '1.1', { by: bob, status: 'discarded' });
    await contribute(proposal, '1.1', { by: bob, status: 'open' });
    await contribute(proposal, '1.1');
    const find = (number: string) =>
      ask((client) => findSection(client, { proposalId: proposal.id, number, userId: ann }));
    expect(await find('1.1')).toMatchObject({
      kind: 'section',
      section: {
        number: '1.1',
        title: 'Schedule',
        guidance: 'By when, and why it holds',
        next: { number: '1.2', title: 'Sensors' },
        others: 1,
      },
    });
    expect(await find('2')).toMatchObject({ section: { next: null, others: 0 } });
    expect(await find('1.9')).toMatchObject({
      kind: 'missing',
      nearby: { above: { number: '1' }, first: '1.1', last: '1.2' },
    });
  });

  test('is reached through the outline, also when it changes meanwhile', async () => {
    const { id: proposalId } = await addProposal();
    const go = async (from: string | null, move: 'next' | 'previous' | 'into' | 'out') => {
      const place = await ask((client) => moveInOutline(client, { proposalId, from, move }));
      return place && `${place.number}${place.moved ? '' : ' still'}`;
    };
    expect(await go(null, 'next')).toBe('1');
    expect(await go('1', 'into')).toBe('1.1');
    expect(await go('1.1', 'next')).toBe('1.2');
    expect(await go('1.2', 'next')).toBe('1.2 still');
    await setOutline(platform, { proposalId, sections: [{ number: '2', title: 'Price' }] });
    expect(await go('1.2', 'out')).toBe('2');
    await setOutline(platform, { proposalId, sections: [] });
    expect(await go('2', 'out')).toBeNull();
  });
});

describe('a contribution', () => {
  test('is opened only by a member of an open proposal, and once', async () => {
    const { id } = await addProposal([ann]);
    const sectionId = await sectionOf(id, '2');
    const open = (userId: string, contributionId: string = randomUUID(), section = sectionId) =>
      ask((client) =>
        openContribution(client, { contributionId, sectionId: section, userId, now: clock.now() }),
      );
    const contributionId = randomUUID();
    expect(await open(ann, contributionId)).toEqual({ kind: 'opened' });
    expect(await open(ann, contributionId)).toEqual({ kind: 'opened' });
    expect(await open(bob)).toEqual({ kind: 'refused', why: 'not_member' });
    expect(await open(ann, randomUUID(), randomUUID())).toEqual({ kind: 'refused', why: 'gone' });
    await updateProposal(platform, id, { closed: true });
    expect(await open(ann)).toEqual({ kind: 'refused', why: 'closed' });
    expect(await prisma().contribution.count({ where: { sectionId } })).toBe(1);
  });

  test('has its text once it is typed; what comes later is appended in the order in which it was said', async () => {
    const proposal = await addProposal();
    const first = await contribute(proposal, '2');
    expect(await textOf(first.contributionId)).toBeNull();
    await type(first.jobId, 'Ten percent under the others. ');
    expect(await textOf(first.contributionId)).toBe('Ten percent under the others.');

    const recording = await prisma().recording.create({
      data: { dictationId: first.dictationId, part: 1, status: 'verified' },
    });
    clock.advance(60_000);
    const { jobId } = await prisma().$transaction((tx) =>
      continueDictation(tx, first.dictationId, [recording], clock.now()),
    );
    await prisma().job.update({ where: { id: jobId }, data: { status: 'waiting' } });
    const before = await requireProposal(platform, proposal.id);
    expect(coverageOf(before.sections[3]?.contributions ?? [])).toMatchObject({
      contributions: 1,
      waiting: 1,
    });
    await type(jobId, 'For two years.');
    expect(await textOf(first.contributionId)).toBe('Ten percent under the others.\n\nFor two years.');
  });

  test('whose two dictations are typed at the same moment has both', async () => {
    const proposal = await addProposal();
    const { contributionId, dictationId, jobId } = await contribute(proposal, '2');
    const recording = await prisma().recording.create({
      data: { dictationId, part: 1, status: 'verified' },
    });
    clock.advance(60_000);
    const late = await prisma().$transaction((tx) =>
      continueDictation(tx, dictationId, [recording], clock.now()),
    );
    await prisma().job.update({ where: { id: late.jobId }, data: { status: 'waiting' } });
    await Promise.all([type(late.jobId, 'Second.'), type(jobId, 'First.')]);
    expect(await textOf(contributionId)).toBe('First.\n\nSecond.');
  });

  test('in which nothing was said counts nowhere, holds nothing up and goes after a while', async () => {
    const proposal = await addProposal();
    const { contributionId } = await contribute(proposal, '1.2', { status: 'discarded' });
    const typed = await contribute(proposal, '1.1', { by: bob });
    await type(typed.jobId, 'Said.');
    const { sections } = await requireProposal(platform, proposal.id);
    expect(sections.map(({ contributions }) => contributions.length)).toEqual([0, 1, 0, 0]);
    expect((await listProposals(platform, { limit: 1 }))[0]?.coveredCount).toBe(1);

    const there = async () => (await prisma().contribution.count({ where: { id: contributionId } })) === 1;
    clock.advance(14 * 24 * 3_600_000);
    await sweepContributions(platform);
    // A late recording might still bring the dictation back.
    expect(await there()).toBe(true);
    clock.advance(2 * 24 * 3_600_000);
    await sweepContributions(platform);
    expect(await there()).toBe(false);
    expect(await textOf(typed.contributionId)).toBe('Said.');
  });

  test('that is being said right now keeps its section from being taken away', async () => {
    const proposal = await addProposal();
    const without12 = SECTIONS.filter(({ number }) => number !== '1.2');
    const { dictationId } = await contribute(proposal, '1.2', { status: 'open' });
    const take = () => setOutline(platform, { proposalId: proposal.id, sections: without12 });
    await expect(take()).rejects.toThrow(Conflict);
    await prisma().dictation.update({ where: { id: dictationId }, data: { status: 'discarded' } });
    await take();
    expect((await requireProposal(platform, proposal.id)).sections).toHaveLength(3);
  });
});

test('coverage tells contributions, people, length, words and what waits for its text', async () => {
  const proposal = await addProposal();
  const one = await contribute(proposal, '1.1', { seconds: 90 });
  await contribute(proposal, '1.1', { by: bob, seconds: 30 });
  await contribute(proposal, '1.1', { seconds: 60 });
  await type(one.jobId, 'Four words are here.');
  const { sections } = await requireProposal(platform, proposal.id);
  expect(coverageOf(sections[1]?.contributions ?? [])).toEqual({
    contributions: 3,
    contributors: 2,
    seconds: 180,
    words: 4,
    waiting: 2,
  });
  expect(coverageOf([])).toEqual({ contributions: 0, contributors: 0, seconds: 0, words: 0, waiting: 0 });
});

describe('what others said', () => {
  const hear = (sectionId: string, index: number, userId = ann) =>
    ask((client) => contributionToHear(client, { sectionId, userId, index }));

  test('is heard in the order in which it was said, without one’s own and what came to nothing', async () => {
    const proposal = await addProposal();
    const sectionId = await sectionOf(proposal.id, '1');
    expect(await hear(sectionId, 0)).toBeNull();
    // In New York it is the evening before.
    clock.set(new Date('2026-04-12T02:00:00Z'));
    const first = await contribute(proposal, '1', { by: bob });
    await contribute(proposal, '1');
    await contribute(proposal, '1', { by: bob, status: 'discarded' });
    await contribute(proposal, '1', { by: bob, status: 'open' });
    await contribute(proposal, '1', { by: bob, status: 'held' });
    const second = await contribute(proposal, '1', { by: bob, seconds: 12.5 });
    await type(first.jobId, 'We are near.');
    const add = (part: number, status: RecordingStatus, dropped = false) =>
      prisma().recording.create({ data: { dictationId: second.dictationId, part, status, dropped } });
    const later = await add(2, 'announced');
    const earlier = await add(1, 'verified');
    await add(3, 'empty');
    await add(4, 'verified', true);
    expect(await hear(sectionId, 0)).toEqual({
      index: 0,
      total: 2,
      contributor: 'Bob Ortiz',
      day: '2026-04-11',
      text: 'We are near.',
      recordingIds: [],
      isIncomplete: false,
    });
    expect(await hear(sectionId, 1)).toMatchObject({
      text: null,
      recordingIds: [earlier.id, later.id],
      isIncomplete: false,
    });
    await add(5, 'expected');
    expect(await hear(sectionId, 1)).toMatchObject({ isIncomplete: true });
    expect(await hear(sectionId, 2)).toBeNull();
    expect(await hear(sectionId, 0, bob)).toMatchObject({ contributor: 'Ann Lee', total: 1 });
  });
});

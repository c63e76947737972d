import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSettableClock } from '../../../platform/clock.ts';
import { Conflict, InvalidInput, LeaseLost, NotFound } from '../../../platform/errors.ts';
import type { Event } from '../../../platform/events/event-bus.ts';
import type { LinePurpose } from '../../../prisma/generated/client/client.ts';
import { claimJob } from '../../../transcription/jobs/claim-job.ts';
import { releaseJob } from '../../../transcription/jobs/give-back-job.ts';
import { LateAudio } from '../../../transcription/jobs/late-audio.ts';
import { LEASE_MS } from '../../../transcription/jobs/lease.ts';
import { analyzeForReview } from '../../../transcription/reports/analyze-for-review.ts';
import { completeStep } from '../../../transcription/reports/complete-step.ts';
import { correctTranscript } from '../../../transcription/reports/correct-transcript.ts';
import {
  type FinalizedReport,
  type FinalizeHooks,
  finalizeJob,
} from '../../../transcription/reports/finalize-job.ts';
import { correctInput, finalizeInput } from '../../../transcription/reports/finalize-schema.ts';
import { vocabularySchema } from '../../../transcription/vocabulary/vocabulary-schema.ts';
import { replaceVocabulary } from '../../../transcription/vocabulary/write-vocabulary.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { until } from '../../support/until.ts';
import { buildDictation, buildTranscriptionist } from '../support/build-dictation.ts';

const TEXT =
  'I went by Double T yesterday and sat with Travis Teague. He wants four more RanchMates for the north side.\n\n' +
  'I told him twenty-eight hundred dollars apiece. I will call Bonnie on Monday.';
const HOOKS: FinalizeHooks = { afterFinalize: [] };

const clock = createSettableClock(new Date('2026-02-11T18:00:00Z'));
let test: TestPlatform;
let june: string;
let dale: string;

beforeAll(async () => {
  test = await createTestPlatform({ clock });
  const world = new URL('../../../app/demo/company/world.json', import.meta.url);
  await replaceVocabulary(test.platform, vocabularySchema.parse(JSON.parse(await readFile(world, 'utf8'))));
  june = await buildTranscriptionist(test.platform.database);
  dale = (await test.platform.database.prisma.user.findUniqueOrThrow({ where: { externalId: 'r1' } })).id;
});
afterAll(() => test.close());

const prisma = () => test.platform.database.prisma;

async function claimed(purpose: LinePurpose = 'report') {
  const built = await buildDictation(test.platform.database, {
    now: clock.now(),
    job: { status: 'waiting' },
    speakerId: dale,
    durationSeconds: 20,
    purpose,
  });
  const job = await claimJob(test.platform, { userId: june, jobId: built.jobId });
  return { ...built, leaseToken: job?.leaseToken ?? '' };
}

type Claimed = Awaited<ReturnType<typeof claimed>>;

function finalize(
  job: Claimed,
  settled: object = {},
  hooks: FinalizeHooks = HOOKS,
  leaseToken = job.leaseToken,
) {
  const input = finalizeInput.parse({ text: TEXT, leaseToken, ...settled });
  return finalizeJob(test.platform, hooks, { ...input, jobId: job.jobId, userId: june });
}

async function read(reportId: string | null) {
  return prisma().report.findUniqueOrThrow({
    where: { id: reportId ?? '' },
    include: {
      transcript: true,
      units: { orderBy: { startOffset: 'asc' }, include: { codes: { orderBy: { rank: 'asc' } } } },
      fields: { orderBy: [{ field: 'asc' }, { position: 'asc' }], include: { unit: true } },
      contacts: true,
      nextSteps: { orderBy: { position: 'asc' } },
    },
  });
}

const nothingWritten = async (job: Claimed) => {
  expect(await prisma().transcript.count({ where: { dictationId: job.dictationId } })).toBe(0);
  expect(await prisma().report.count({ where: { dictationId: job.dictationId } })).toBe(0);
  expect((await prisma().job.findUniqueOrThrow({ where: { id: job.jobId } })).status).not.toBe('finalized');
};

describe('finalizing a text alone', () => {
  it('makes numbered units, codes and values of the software, all marked as suggested', async () => {
    const job = await claimed();
    const { reportId, reference } = await finalize(job);
    expect(reference).toBe(job.reference);
    const report = await read(reportId);
    expect(report).toMatchObject({
      dictationId: job.dictationId,
      speakerId: dale,
      region: 'Southwest',
      finalizedById: june,
      calledAt: clock.now(),
      meetingDate: new Date('2026-02-10T00:00:00Z'),
      transcript: { version: 1, text: TEXT, authorId: june },
    });
    expect(report.units.map((unit) => unit.number)).toEqual(report.units.map((_, at) => at + 1));
    expect(report.units.map((unit) => unit.text).join(' ')).toBe(TEXT.replace('\n\n', ' '));
    for (const unit of report.units) {
      expect(TEXT.slice(unit.startOffset, unit.endOffset)).toBe(unit.text);
      expect(unit.codes.length).toBeGreaterThan(0);
      expect(unit.codes.every((code) => code.certainty === 'suggested' && code.confirmedById === null)).toBe(
        true,
      );
    }
    expect(report.fields.every((field) => field.certainty === 'suggested')).toBe(true);
    const displays = report.fields.map(({ field, display }) => `${field}: ${display}`);
    expect(displays).toContain('contact: Travis Teague');
    expect(displays).toContain('amount: $2,800 (price)');
    expect(displays.some((display) => display.startsWith('account: Double T'))).toBe(true);
    expect(displays.some((display) => display.startsWith('product: RanchMate'))).toBe(true);
    const account = await prisma().account.findUniqueOrThrow({ where: { externalId: 'a16' } });
    expect(report.accountId).toBe(account.id);
    expect(report.fields.find((field) => field.field === 'account')?.value).toBe('a16');
    expect(report.contacts.length).toBeGreaterThan(0);
    expect(report.nextSteps).toMatchObject([
      { owner: 'rep', due: new Date('2026-02-16T00:00:00Z'), certainty: 'suggested' },
    ]);
    expect(await prisma().job.findUnique({ where: { id: job.jobId } })).toMatchObject({
      status: 'finalized',
      finalizedById: june,
      finalizedAt: clock.now(),
    });
    expect((await prisma().dictation.findUnique({ where: { id: job.dictationId } }))?.status).toBe(
      'transcribed',
    );
  });

  it('gives each unit its piece of the audio', async () => {
    const job = await claimed();
    const half = TEXT.indexOf('He wants');
    const { reportId } = await finalize(job, {
      anchors: [
        [0, 0],
        [half, 12_000],
        [TEXT.length, 20_000],
      ],
    });
    const { units } = await read(reportId);
    expect(units[0]?.audioStartMs).toBe(0);
    expect(units.find((unit) => unit.startOffset === half)?.audioStartMs).toBe(12_000);
    expect(units.at(-1)?.audioEndMs).toBe(20_000);
    units.slice(1).forEach((unit, at) => {
      expect(unit.audioStartMs).toBe(units[at]?.audioEndMs);
    });
  });

  it('tells screens and hooks after the commit, and a hook that fails harms nothing', async () => {
    const job = await claimed();
    const told: Event[] = [];
    const stop = test.platform.events.subscribe('report.finalized', (event) => told.push(event));
    const committed: FinalizedReport[] = [];
    const { reportId } = await finalize(
      job,
      {},
      {
        afterFinalize: [],
        afterCommit: [
          async () => {
            throw new Error('queue lost');
          },
          async (report) => {
            expect(await prisma().report.count({ where: { id: report.reportId } })).toBe(1);
            committed.push(report);
          },
        ],
      },
    );
    expect(committed).toEqual([{ reportId, transcriptVersion: 1, kind: 'finalized' }]);
    await until(() => told.some((event) => event.data.reportId === reportId));
    stop();
  });
});

describe('finalizing what a person settled', () => {
  it('keeps it as theirs', async () => {
    const job = await claimed();
    const account = await prisma().account.findUniqueOrThrow({ where: { externalId: 'a16' } });
    const contact = await prisma().contact.findFirstOrThrow({ where: { accountId: account.id } });
    const product = await prisma().product.findUniqueOrThrow({ where: { externalId: 'p14' } });
    const split = TEXT.indexOf('I told him');
    const { reportId } = await finalize(job, {
      units: [
        { start: 0, end: split, codes: [{ code: 'need', certainty: 'confirmed' }, 'opportunity'] },
        {
          start: split,
          end: TEXT.length,
          para: true,
          codes: [{ code: 'pricing', certainty: 'suggested', confidence: 0.6 }],
        },
      ],
      accountId: account.id,
      contacts: [contact.externalId],
      newContacts: ['Bonnie Ray'],
      meetingDate: null,
      meetingType: 'visit',
      fields: [
        { field: 'product', value: { kind: 'reference', id: product.id }, span: { start: 80, end: 90 } },
        {
          field: 'amount',
          value: { kind: 'amount', amount: 2800, of: 'price' },
          unit: 1,
          certainty: 'suggested',
          confidence: 0.8,
        },
        { field: 'stage', value: 'proposal' },
        { field: 'sentiment', value: { kind: 'number', number: 1 } },
        { field: 'competitor', value: 'k09', certainty: 'refused' },
      ],
      nextSteps: [{ unit: 1, owner: 'rep', due: '2026-02-16' }],
    });
    const report = await read(reportId);
    expect(report).toMatchObject({
      accountId: account.id,
      meetingDate: null,
      meetingType: 'visit',
      stage: 'proposal',
      sentiment: 1,
      nextSteps: [{ text: TEXT.slice(split), owner: 'rep', certainty: 'confirmed', confirmedById: june }],
    });
    expect(
      report.units.map(({ newParagraph, codes }) => [
        newParagraph,
        codes.map((code) => `${code.codeKey} ${code.certainty}`),
      ]),
    ).toEqual([
      [false, ['need confirmed', 'opportunity confirmed']],
      [true, ['pricing suggested']],
    ]);
    expect(
      report.fields.map(({ field, value, display, unit, certainty }) => [
        field,
        value,
        display,
        unit?.number ?? null,
        certainty,
      ]),
    ).toEqual([
      ['account', 'a16', account.name, 1, 'confirmed'],
      ['amount', { value: 2800, currency: 'USD', of: 'price' }, '$2,800 (price)', 2, 'suggested'],
      ['competitor', 'k09', expect.any(String), null, 'refused'],
      ['contact', contact.externalId, contact.name, expect.anything(), 'confirmed'],
      ['meeting_type', 'visit', 'Visit', 1, 'confirmed'],
      ['new_contact', 'Bonnie Ray', 'Bonnie Ray', null, 'confirmed'],
      ['product', 'p14', product.name, 1, 'confirmed'],
      ['sentiment', 1, 'Good', null, 'confirmed'],
      ['stage', 'proposal', 'Proposal', null, 'confirmed'],
    ]);
    const found = await prisma().contact.findFirstOrThrow({ where: { name: 'Bonnie Ray' } });
    expect(found).toMatchObject({ accountId: account.id, foundInReportId: report.id, active: true });
    expect(report.contacts.map((row) => row.contactId ?? row.newName).toSorted()).toEqual(
      [contact.id, found.id].toSorted(),
    );
    const amount = report.fields.find((field) => field.field === 'amount');
    expect(amount?.confirmedById).toBeNull();
  });

  it('the review begins with the account that was keyed in on the phone, whatever the text seems to say', async () => {
    const job = await claimed();
    const keyed = await prisma().account.findUniqueOrThrow({ where: { externalId: 'a13' } });
    await prisma().dictation.update({ where: { id: job.dictationId }, data: { accountId: keyed.id } });
    const { fields, accounts } = await analyzeForReview(test.platform, {
      text: TEXT,
      dictationId: job.dictationId,
    });
    expect(fields.account).toMatchObject({
      value: 'a13',
      id: keyed.id,
      display: keyed.name,
      confidence: 1,
      evidence: 'keyed in on the phone',
    });
    expect(accounts.map(({ externalId }) => externalId)).toEqual(['a13', 'a16']);
  });

  it('takes what the analysis for the review answers', async () => {
    const job = await claimed();
    const analysis = await analyzeForReview(test.platform, { text: TEXT, dictationId: job.dictationId });
    expect(analysis.units.map((unit) => unit.number)).toEqual(analysis.units.map((_, at) => at + 1));
    expect(analysis.fields.account).toMatchObject({
      value: 'a16',
      display: 'Double T Cattle Feeders',
      id: expect.any(String),
    });
    expect(analysis.accounts[0]).toMatchObject({ externalId: 'a16' });
    const { reportId } = await finalize(job, {
      units: analysis.units,
      accountId: analysis.fields.account?.id,
      contacts: analysis.fields.contacts.map((contact) => contact.value),
    });
    const report = await read(reportId);
    expect(report.units.map((unit) => unit.text)).toEqual(analysis.units.map((unit) => unit.text));
    expect(report.units[0]?.codes[0]).toMatchObject({ certainty: 'confirmed', confirmedById: june });
  });

  it.each([
    ['an empty text', { text: '  \n' }, 'no text'],
    ['words in no unit', { units: [{ start: 0, end: 10 }] }, 'in no unit'],
    ['an unknown code', { units: [{ text: TEXT, codes: ['nonsense'] }] }, 'nonsense'],
    ['an unknown account', { accountId: randomUUID() }, 'account'],
    ['an unknown contact', { contacts: ['c-none'] }, 'contact'],
    ['an unknown product', { fields: [{ field: 'product', value: 'p-none' }] }, 'product'],
    ['a step of no unit', { nextSteps: [{ unit: 99, owner: 'rep' }] }, 'next step'],
  ])('refuses %s and writes nothing', async (_name, settled, words) => {
    const job = await claimed();
    const refused = await finalize(job, settled).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InvalidInput);
    expect(refused).toMatchObject({ userMessage: expect.stringMatching(new RegExp(words, 'i')) });
    await nothingWritten(job);
    expect((await finalize(job)).reportId).not.toBeNull();
  });
});

describe('once, and whole or not at all', () => {
  it('the same lease again gets the same report, hooks are not run again', async () => {
    const job = await claimed();
    let runs = 0;
    const hooks: FinalizeHooks = {
      afterFinalize: [
        async () => {
          runs += 1;
        },
      ],
    };
    const first = await finalize(job, {}, hooks);
    expect(await finalize(job, { text: `${TEXT} More.` }, hooks)).toEqual(first);
    expect(runs).toBe(1);
    expect(await prisma().transcript.count({ where: { dictationId: job.dictationId } })).toBe(1);
  });

  it('several at once make one report', async () => {
    const job = await claimed();
    const results = await Promise.all(Array.from({ length: 4 }, () => finalize(job)));
    expect(new Set(results.map((result) => result.reportId)).size).toBe(1);
    expect(await prisma().report.count({ where: { dictationId: job.dictationId } })).toBe(1);
  });

  it('a lease that is not, or not any more, ours writes nothing', async () => {
    const job = await claimed();
    await expect(finalize(job, {}, HOOKS, randomUUID())).rejects.toThrow(LeaseLost);
    clock.advance(LEASE_MS);
    await expect(finalize(job)).rejects.toThrow(LeaseLost);
    await nothingWritten(job);
    await expect(finalize({ ...job, jobId: randomUUID() })).rejects.toThrow(NotFound);
  });

  it('a job given back writes nothing, a job finished by another is a conflict', async () => {
    const job = await claimed();
    await releaseJob(test.platform, {
      jobId: job.jobId,
      leaseToken: job.leaseToken,
      userId: june,
      reason: 'pause',
    });
    await expect(finalize(job)).rejects.toThrow(LeaseLost);
    await nothingWritten(job);
    const again = await claimJob(test.platform, { userId: june, jobId: job.jobId });
    await finalize(job, {}, HOOKS, again?.leaseToken ?? '');
    await expect(finalize(job)).rejects.toThrow(Conflict);
  });

  it('a hook that throws undoes everything, and it can be repeated', async () => {
    const job = await claimed();
    const hooks: FinalizeHooks = {
      afterFinalize: [
        async (tx, { reportId }) => {
          await tx.report.update({ where: { id: reportId }, data: { urgent: true } });
          throw new Error('outbox full');
        },
      ],
    };
    await expect(finalize(job, {}, hooks)).rejects.toThrow('outbox full');
    await nothingWritten(job);
    expect((await finalize(job)).reportId).not.toBeNull();
  });

  it('audio that came while it was typed is told once, then it goes through', async () => {
    const job = await claimed();
    clock.advance(1000);
    await prisma().jobEvent.create({ data: { jobId: job.jobId, kind: 'audio_rebuilt', at: clock.now() } });
    await expect(finalize(job)).rejects.toThrow(LateAudio);
    await nothingWritten(job);
    await expect(finalize(job)).resolves.toMatchObject({ reference: job.reference });
  });

  it('audio that came before it was claimed is nothing to tell', async () => {
    const job = await claimed();
    await prisma().jobEvent.create({
      data: { jobId: job.jobId, kind: 'audio_rebuilt', at: new Date(clock.now().getTime() - 1) },
    });
    await expect(finalize(job)).resolves.toMatchObject({ reference: job.reference });
  });

  it('a line whose texts make no reports gets its transcript and its own hook', async () => {
    const job = await claimed('survey');
    const told: object[] = [];
    const result = await finalize(
      job,
      {},
      {
        afterFinalize: [
          async () => {
            throw new Error('no report here');
          },
        ],
        afterTranscript: [
          async (_tx, transcript) => {
            told.push(transcript);
          },
        ],
      },
    );
    expect(result).toEqual({ reportId: null, reference: job.reference });
    expect(told).toMatchObject([{ dictationId: job.dictationId, text: TEXT, answerId: null }]);
    expect(await finalize(job)).toEqual(result);
  });
});

describe('a correction', () => {
  async function finalized() {
    const job = await claimed();
    const split = TEXT.indexOf('I told him');
    const { reportId } = await finalize(job, {
      units: [
        { start: 0, end: 56, codes: ['admin'] },
        { start: 56, end: split, codes: ['opportunity'] },
        { start: split, end: TEXT.length, para: true, codes: ['pricing'] },
      ],
      fields: [{ field: 'amount', value: { value: 2800, currency: 'USD', of: 'price' }, unit: 2 }],
    });
    return reportId ?? '';
  }

  const correct = (reportId: string, text: string, more: object = {}, hooks = HOOKS) =>
    correctTranscript(test.platform, hooks, {
      ...correctInput.parse({ text, version: 1, ...more }),
      reportId,
      userId: june,
    });

  const unitsOf = (text: string, ...parts: string[]) =>
    parts.map((part) => ({ text: part, start: text.indexOf(part), end: text.indexOf(part) + part.length }));

  it('is a new version in which unchanged units keep number, row and codes', async () => {
    const reportId = await finalized();
    const before = await read(reportId);
    const text = TEXT.replace('four more', 'forty more');
    const [first = '', second = '', third = ''] = before.units.map((unit) => unit.text);
    const changed = second.replace('four more', 'forty more');
    const told: FinalizedReport[] = [];
    const done = await correct(
      reportId,
      text,
      { units: unitsOf(text, first, changed, third) },
      {
        afterFinalize: [
          async (_tx, report) => {
            told.push(report);
          },
        ],
      },
    );
    expect(done).toEqual({ reportId, transcriptVersion: 2 });
    expect(told).toEqual([{ reportId, transcriptVersion: 2, kind: 'corrected' }]);
    const after = await read(reportId);
    expect(after.transcript).toMatchObject({ version: 2, text });
    const inForce = after.units.filter((unit) => !unit.retired);
    expect(inForce.map(({ number, text: words }) => [number, words])).toEqual([
      [1, first],
      [4, changed],
      [3, third],
    ]);
    expect(inForce[0]?.id).toBe(before.units[0]?.id);
    expect(inForce[2]?.codes).toEqual(before.units[2]?.codes);
    expect(inForce[2]?.startOffset).toBe(text.indexOf(third));
    expect(inForce.map((unit) => unit.audioStartMs)).toEqual(before.units.map((unit) => unit.audioStartMs));
    expect(after.units.filter((unit) => unit.retired)).toMatchObject([{ number: 2, text: second }]);
    expect(after.fields.find((field) => field.field === 'amount')?.unit?.number).toBe(3);
    expect(
      await prisma().transcript.findMany({ where: { dictationId: after.dictationId, version: 1 } }),
    ).toMatchObject([{ text: TEXT }]);
  });

  it('replaces codes and values where they are given', async () => {
    const reportId = await finalized();
    await correct(reportId, TEXT, {
      units: [{ text: TEXT, codes: ['need'] }],
      fields: [{ field: 'stage', value: 'won' }],
      accountId: 'a16',
      contacts: [],
      newContacts: [],
      nextSteps: [],
      meetingDate: '2026-02-09',
      meetingType: null,
    });
    const after = await read(reportId);
    expect(after).toMatchObject({
      stage: 'won',
      meetingDate: new Date('2026-02-09T00:00:00Z'),
      contacts: [],
      nextSteps: [],
    });
    expect(after.fields.map((field) => field.field)).toEqual(['account', 'meeting_date', 'stage']);
    expect(after.units.filter((unit) => !unit.retired)).toMatchObject([
      { number: 4, codes: [{ codeKey: 'need' }] },
    ]);
  });

  it('leaves done what is promised again in the same words', async () => {
    const split = TEXT.indexOf('I will call');
    const units = [
      { start: 0, end: split, codes: ['pricing'] },
      { start: split, end: TEXT.length, codes: ['next-step'] },
    ];
    const nextSteps = [{ unit: 1, owner: 'rep' }];
    const { reportId } = await finalize(await claimed(), { units, nextSteps });
    const doneAt = clock.now();
    await completeStep(test.platform, { reportId: reportId ?? '', position: 0, done: true, actorId: dale });
    clock.advance(60_000);
    await correct(reportId ?? '', TEXT, { units, fields: [], nextSteps });
    expect((await read(reportId)).nextSteps).toMatchObject([{ doneAt }]);
  });

  it('sent twice is made once; made from an older version is a conflict', async () => {
    const reportId = await finalized();
    const text = TEXT.replace('Monday', 'Tuesday');
    const [a, b] = await Promise.all([correct(reportId, text), correct(reportId, text)]);
    expect(a).toEqual(b);
    expect(await prisma().transcript.count({ where: { dictation: { report: { id: reportId } } } })).toBe(2);
    await expect(correct(reportId, TEXT.replace('Monday', 'Friday'))).rejects.toThrow(Conflict);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSettableClock } from '../../../../platform/clock.ts';
import { Conflict, Forbidden, InvalidInput, NotFound } from '../../../../platform/errors.ts';
import type { Role } from '../../../../prisma/generated/client/client.ts';
import { correctTranscript } from '../../../../transcription/reports/correct-transcript.ts';
import { correctInput } from '../../../../transcription/reports/finalize-schema.ts';
import { loadReview } from '../../../../transcription/reports/review/load-review.ts';
import { type ReviewInput, reviewInput } from '../../../../transcription/reports/review/review-input.ts';
import { type ReviewHooks, reviewReport } from '../../../../transcription/reports/review/review-report.ts';
import { buildAccount, buildContact, buildReport, buildUser } from '../../../support/build-report.ts';
import { createTestPlatform, type TestPlatform } from '../../../support/test-platform.ts';

const clock = createSettableClock(new Date('2026-03-03T09:00:00Z'));
const NOBODY: ReviewHooks = { afterReview: [] };

let test: TestPlatform;
let bea: Person;
let rep: Person;
let wabash: Awaited<ReturnType<typeof buildAccount>>;

interface Person {
  id: string;
  roles: Role[];
}

beforeAll(async () => {
  test = await createTestPlatform({ clock });
  const person = async (name: string, ...roles: Role[]) => ({
    ...(await buildUser(test.platform.database, { name, roles })),
    roles,
  });
  bea = await person('Bea Lind', 'manager');
  rep = await person('Dale Hutchins', 'rep');
  wabash = await buildAccount(test.platform.database, { name: 'Wabash Canning' });
});
afterAll(() => test.close());

const prisma = () => test.platform.database.prisma;

async function finished() {
  const built = await buildReport(test.platform.database, {
    speakerId: rep.id,
    units: [
      {
        text: 'They complained about the pump.',
        codes: [
          { code: 'service-delivery', certainty: 'suggested', confidence: 0.6 },
          { code: 'product-feedback', certainty: 'suggested', confidence: 0.4 },
        ],
      },
      { text: 'I will call Ines Moreau on Monday.', codes: [{ code: 'next-step', certainty: 'suggested' }] },
    ],
    fields: [
      { field: 'stage', value: 'proposal', display: 'Proposal', certainty: 'suggested' },
      { field: 'new_contact', value: 'Inez Moro', certainty: 'suggested', unit: 2 },
    ],
    newContacts: ['Inez Moro'],
    nextSteps: [{ text: 'I will call Ines Moreau on Monday.', unit: 2, certainty: 'suggested' }],
  });
  return built;
}

function review(
  reportId: string,
  changes: ReviewInput['changes'],
  { by = bea, revision = 0, requestId = randomUUID(), hooks = NOBODY } = {},
) {
  const input = reviewInput.parse({ revision, requestId, changes });
  return reviewReport(test.platform, hooks, { reportId, user: by, input });
}

const codesOf = async (reportId: string, number = 1) =>
  (
    await prisma().unitCode.findMany({
      where: { unit: { reportId, number } },
      orderBy: { rank: 'asc' },
    })
  ).map(({ codeKey, certainty, rank, confirmedById }) => [codeKey, certainty, rank, confirmedById]);

const heldOf = (reportId: string, field: string) =>
  prisma().fieldValue.findFirstOrThrow({ where: { reportId, field } });

describe('a review', () => {
  it('is written with who made what of what, told to the hooks in its transaction, and once', async () => {
    const { reportId } = await finished();
    const seen: unknown[] = [];
    const hooks: ReviewHooks = {
      afterReview: [
        async (tx, told) => {
          const { reviewRevision } = await tx.report.findUniqueOrThrow({ where: { id: reportId } });
          seen.push([told, reviewRevision]);
        },
      ],
    };
    const requestId = randomUUID();
    const changes: ReviewInput['changes'] = [
      { do: 'codes', unit: 1, codes: ['service-delivery'] },
      { do: 'confirm', unit: 2 },
    ];
    expect(await review(reportId, changes, { requestId, hooks })).toEqual({ revision: 1, changed: 5 });
    expect(await review(reportId, changes, { requestId, hooks })).toEqual({ revision: 1, changed: 0 });
    expect(seen).toEqual([[{ reportId, revision: 1 }, 1]]);
    expect(await codesOf(reportId)).toEqual([
      ['service-delivery', 'confirmed', 0, bea.id],
      ['product-feedback', 'refused', 1, bea.id],
    ]);
    const shown = await loadReview(test.platform, bea, reportId);
    expect(shown.changes.map(({ by, what }) => `${by} ${what}`)).toEqual(
      expect.arrayContaining([
        'Bea Lind refused the code Product feedback, unit 1',
        'Bea Lind confirmed New person Inez Moro, unit 2',
      ]),
    );
    expect(shown.steps).toMatchObject([{ certainty: 'confirmed', confirmedBy: 'Bea Lind', unit: 2 }]);
  });

  it('is in the audit log without a word of what was said', async () => {
    const { reportId } = await finished();
    await review(reportId, [{ do: 'confirm' }]);
    const entries = await prisma().auditEntry.findMany({ where: { subjectId: reportId } });
    expect(entries).toMatchObject([
      {
        actorId: bea.id,
        action: 'report.reviewed',
        detail: {
          revision: 1,
          confirmed: 6,
          fields: expect.arrayContaining(['service-delivery', 'new_contact']),
        },
      },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/Moro|pump/);
  });

  it('that a hook fails leaves nothing behind', async () => {
    const { reportId } = await finished();
    const failing = async () => {
      throw new Error('outbox full');
    };
    await expect(
      review(reportId, [{ do: 'confirm' }], { hooks: { afterReview: [failing] } }),
    ).rejects.toThrow('outbox full');
    expect(await prisma().reviewChange.count({ where: { reportId } })).toBe(0);
    expect((await codesOf(reportId))[0]?.[1]).toBe('suggested');
    expect((await prisma().report.findUniqueOrThrow({ where: { id: reportId } })).reviewRevision).toBe(0);
  });

  it('by two at once: other things stand side by side, on the same the later one is told what the first one did', async () => {
    const { reportId } = await finished();
    const step = await prisma().nextStep.findFirstOrThrow({ where: { reportId } });
    const outcomes = await Promise.allSettled([
      review(reportId, [{ do: 'code', unit: 1, code: 'service-delivery', certainty: 'confirmed' }]),
      review(reportId, [{ do: 'code', unit: 1, code: 'service-delivery', certainty: 'refused' }]),
      review(reportId, [{ do: 'step', id: step.id, due: '2026-03-09' }], { by: rep }),
    ]);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(outcomes[2]?.status).toBe('fulfilled');
    const reason: unknown = refused[0]?.status === 'rejected' ? refused[0].reason : null;
    expect(reason).toBeInstanceOf(Conflict);
    expect((reason as Conflict).userMessage).toMatch(
      /^You (confirmed|refused) the code Service and delivery, unit 1, elsewhere/,
    );
    expect((await prisma().nextStep.findFirstOrThrow({ where: { reportId } })).due).toEqual(
      new Date('2026-03-09T00:00:00Z'),
    );
    // Who says that all is right has to have seen all.
    await expect(review(reportId, [{ do: 'confirm' }], { revision: 1 })).rejects.toThrow(Conflict);
    await expect(review(reportId, [{ do: 'confirm' }], { revision: 2 })).resolves.toMatchObject({
      revision: 3,
    });
  });

  it('of a text that was corrected meanwhile says so', async () => {
    const { reportId } = await finished();
    const { transcript } = await prisma().report.findUniqueOrThrow({
      where: { id: reportId },
      include: { transcript: true },
    });
    const input = correctInput.parse({
      version: 1,
      text: transcript.text.replace('They complained', 'They all complained'),
    });
    await correctTranscript(test.platform, { afterFinalize: [] }, { ...input, reportId, userId: rep.id });
    await expect(
      review(reportId, [{ do: 'code', unit: 1, code: 'service-delivery', certainty: 'confirmed' }], {
        by: bea,
      }),
    ).rejects.toMatchObject({
      statusCode: 409,
      userMessage: expect.stringContaining('Dale Hutchins corrected the text'),
    });
    // The unit that stayed can be settled as it was.
    await expect(
      review(reportId, [{ do: 'code', unit: 2, code: 'next-step', certainty: 'confirmed' }]),
    ).resolves.toMatchObject({ revision: 2 });
    const units = await prisma().thoughtUnit.findMany({ where: { reportId }, orderBy: { number: 'asc' } });
    expect(units.map(({ number, firstVersion, retired }) => [number, firstVersion, retired])).toEqual([
      [1, 1, true],
      [2, 1, false],
      [3, 2, false],
    ]);
  });
});

describe('what repeats a value follows it', () => {
  it('account, stage and mood of the report, and who was there', async () => {
    const { reportId } = await finished();
    const teague = await buildContact(test.platform.database, {
      accountId: wabash.id,
      name: 'Travis Teague',
    });
    await review(reportId, [
      { do: 'add_value', field: 'account', value: wabash.externalId },
      { do: 'add_value', field: 'contact', value: teague.id },
      { do: 'add_value', field: 'sentiment', value: -1 },
      { do: 'add_value', field: 'meeting_date', value: '2026-03-01' },
      { do: 'value', id: (await heldOf(reportId, 'stage')).id, value: 'won' },
    ]);
    const read = () =>
      prisma().report.findUniqueOrThrow({ where: { id: reportId }, include: { contacts: true } });
    expect(await read()).toMatchObject({
      accountId: wabash.id,
      stage: 'won',
      sentiment: -1,
      meetingDate: new Date('2026-03-01T00:00:00Z'),
    });
    expect((await read()).contacts.map(({ contactId, newName }) => contactId ?? newName)).toEqual(
      expect.arrayContaining([teague.id, 'Inez Moro']),
    );
    await review(
      reportId,
      [
        { do: 'value', id: (await heldOf(reportId, 'contact')).id, certainty: 'refused' },
        { do: 'value', id: (await heldOf(reportId, 'account')).id, certainty: 'refused' },
      ],
      { revision: 1 },
    );
    const after = await read();
    expect(after.accountId).toBeNull();
    expect(after.contacts.map(({ newName }) => newName)).toEqual(['Inez Moro']);
  });

  it('a new name comes into the vocabulary when it is confirmed, is spelled anew with it, and goes with it', async () => {
    const { reportId } = await finished();
    const name = await heldOf(reportId, 'new_contact');
    await review(reportId, [
      { do: 'add_value', field: 'account', value: wabash.externalId },
      { do: 'value', id: name.id, certainty: 'confirmed' },
    ]);
    const found = () => prisma().contact.findMany({ where: { foundInReportId: reportId } });
    expect(await found()).toMatchObject([{ name: 'Inez Moro', active: true, accountId: wabash.id }]);
    await review(reportId, [{ do: 'value', id: name.id, value: 'Ines Moreau' }], { revision: 1 });
    expect(await found()).toMatchObject([{ name: 'Ines Moreau', active: true }]);
    expect(await prisma().reportContact.findMany({ where: { reportId } })).toMatchObject([
      { contactId: (await found())[0]?.id, newName: null },
    ]);
    await review(reportId, [{ do: 'value', id: name.id, certainty: 'refused' }], { revision: 2 });
    expect(await found()).toMatchObject([{ active: false }]);
    expect(await prisma().reportContact.count({ where: { reportId } })).toBe(0);
    await review(reportId, [{ do: 'value', id: name.id, certainty: 'confirmed' }], { revision: 3 });
    expect(await found()).toMatchObject([{ name: 'Ines Moreau', active: true }]);
    expect(await prisma().reportContact.count({ where: { reportId } })).toBe(1);
  });
});

describe('whose it is', () => {
  it('a rep settles values and next steps of their own report, and no codes', async () => {
    const { reportId } = await finished();
    const stage = await heldOf(reportId, 'stage');
    await expect(
      review(reportId, [{ do: 'value', id: stage.id, value: 'won' }], { by: rep }),
    ).resolves.toMatchObject({ changed: 1 });
    await expect(
      review(reportId, [{ do: 'codes', unit: 1, codes: ['product-feedback'] }], { by: rep, revision: 1 }),
    ).rejects.toMatchObject({ statusCode: 403, userMessage: expect.stringContaining('Mark it as wrong') });
    await review(reportId, [{ do: 'confirm' }], { by: rep, revision: 1 });
    expect((await codesOf(reportId)).map(([, certainty]) => certainty)).toEqual(['suggested', 'suggested']);
  });

  it('somebody else’s report is nobody’s', async () => {
    const { reportId } = await finished();
    const stage = await heldOf(reportId, 'stage');
    const other = {
      ...(await buildUser(test.platform.database)),
      roles: ['rep', 'transcriptionist'] as Role[],
    };
    await expect(
      review(reportId, [{ do: 'value', id: stage.id, certainty: 'confirmed' }], { by: other }),
    ).rejects.toThrow(Forbidden);
    await expect(review(randomUUID(), [{ do: 'confirm' }])).rejects.toThrow(NotFound);
    expect((await heldOf(reportId, 'stage')).certainty).toBe('suggested');
  });

  it('a value of another report is not reached, and a text that is destroyed is not settled any more', async () => {
    const [one, other] = [await finished(), await finished()];
    const stage = await heldOf(other.reportId, 'stage');
    await expect(
      review(one.reportId, [{ do: 'value', id: stage.id, certainty: 'confirmed' }]),
    ).rejects.toThrow(InvalidInput);
    await prisma().dictation.update({
      where: { id: one.dictationId },
      data: { textDestroyedAt: clock.now() },
    });
    await expect(review(one.reportId, [{ do: 'confirm' }])).rejects.toMatchObject({
      statusCode: 409,
      userMessage: expect.stringContaining('not kept any more'),
    });
  });
});

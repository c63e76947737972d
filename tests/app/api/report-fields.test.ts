import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimJob } from '../../../transcription/jobs/claim-job.ts';
import { finalizeJob } from '../../../transcription/reports/finalize-job.ts';
import { finalizeInput } from '../../../transcription/reports/finalize-schema.ts';
import { buildDictation, buildTranscriptionist } from '../../transcription/support/build-dictation.ts';
import { type ApiKit, createApiKit } from '../support/api-kit.ts';

let kit: ApiKit;
beforeAll(async () => {
  kit = await createApiKit();
});
afterAll(() => kit.close());

const URL = '/api/v1/report-fields';
const RENEWAL = { label: 'Renewal date', type: 'date', cues: ['after: renews', 'after: contract ends'] };

test('a stranger gets nothing, and only administrators define', async () => {
  const manager = await kit.person('manager');
  for (const [method, url] of [
    ['POST', URL],
    ['POST', `${URL}/try`],
    ['PATCH', `${URL}/renewal_date`],
  ] as const) {
    expect((await kit.stranger(method, url, {})).status, url).toBe(401);
    expect((await manager(method, url, {})).status, url).toBe(403);
  }
  expect((await kit.stranger('GET', URL)).status).toBe(401);
  expect((await manager('GET', URL)).body).toEqual({ fields: [] });
});

interface Field {
  key: string;
  version: number;
  label: string;
  active: boolean;
  values: number;
}

test('a field is defined, tried, found in a report, changed and switched off; what was found stays', async () => {
  const admin = await kit.person('administrator');
  const fields = async () => ((await admin('GET', URL)).body as { fields: Field[] }).fields;
  expect((await admin('POST', URL, { label: 'Renewal date', type: 'date' })).status).toBe(400);
  expect((await admin('POST', URL, { ...RENEWAL, label: 'Stage' })).status).toBe(409);
  const both = await Promise.all([admin('POST', URL, RENEWAL), admin('POST', URL, RENEWAL)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);

  const tried = await admin('POST', `${URL}/try`, {
    field: RENEWAL,
    texts: ['Their policy renews tomorrow.', 'Nothing new.'],
  });
  expect(tried.body).toMatchObject({
    tried: [{ found: [{ isSure: true, evidence: expect.stringContaining('"tomorrow"') }] }, { found: [] }],
  });

  const finalized = async (text: string) => {
    const { database, clock } = kit.platform;
    const built = await buildDictation(database, { now: clock.now(), job: { status: 'waiting' } });
    const userId = await buildTranscriptionist(database);
    const job = await claimJob(kit.platform, { userId, jobId: built.jobId });
    const input = finalizeInput.parse({ text, leaseToken: job?.leaseToken });
    const { reportId } = await finalizeJob(
      kit.platform,
      { afterFinalize: [] },
      { ...input, jobId: built.jobId, userId },
    );
    return database.prisma.fieldValue.findMany({
      where: { reportId: reportId ?? '', field: 'renewal_date' },
      include: { unit: true },
    });
  };
  const text = 'Short report on the clinic. They liked it, and their policy renews March 4, 2031.';
  const [value] = await finalized(text);
  expect(value).toMatchObject({
    value: '2031-03-04',
    display: 'Tue, Mar 4, 2031',
    certainty: 'suggested',
    unit: { text: 'and their policy renews March 4, 2031.' },
  });
  expect(text.slice(value?.startOffset ?? 0, value?.endOffset ?? 0)).toBe('March 4, 2031');
  expect(await fields()).toMatchObject([{ key: 'renewal_date', version: 1, active: true, values: 1 }]);

  const change = (body: object) => admin('PATCH', `${URL}/renewal_date`, body);
  expect((await admin('PATCH', `${URL}/no_such`, { base: 1, active: false })).status).toBe(404);
  expect((await change({ base: 1, label: 'Policy renewal' })).body).toEqual({ version: 2 });
  // The same again makes no version; a change made from an older one is refused.
  expect((await change({ base: 1, label: 'Policy renewal' })).body).toEqual({ version: 2 });
  expect((await change({ base: 1, label: 'Another name' })).status).toBe(409);
  expect((await change({ base: 2, active: false })).body).toEqual({ version: 3 });
  expect(await fields()).toMatchObject([
    { key: 'renewal_date', label: 'Policy renewal', active: false, values: 1 },
  ]);
  expect(await finalized(text)).toEqual([]);
  expect(await kit.platform.database.prisma.fieldValue.count({ where: { field: 'renewal_date' } })).toBe(1);

  const noted = await kit.platform.database.prisma.auditEntry.findMany({
    where: { subjectType: 'report_field', subjectId: 'renewal_date' },
    orderBy: { id: 'asc' },
  });
  expect(noted.map(({ action }) => action)).toEqual([
    'report_field.added',
    'report_field.changed',
    'report_field.switched_off',
  ]);
  expect(noted.every(({ actorId }) => actorId !== null)).toBe(true);
});

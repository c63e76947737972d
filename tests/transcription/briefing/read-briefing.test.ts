import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBriefing } from '../../../transcription/briefing/read-briefing.ts';
import {
  buildAccount,
  buildContact,
  buildReport,
  buildUser,
  correctReport,
} from '../../support/build-report.ts';
import { countRoundTrips } from '../../support/count-round-trips.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';

/** A Wednesday afternoon; in Sydney Thursday has begun. */
const NOW = new Date('2026-11-18T20:00:00Z');
let kit: TestPlatform;
beforeAll(async () => {
  kit = await createTestPlatform();
});
afterAll(() => kit.close());

const day = (date: string) => new Date(`${date}T18:00:00Z`);

async function scene() {
  const { database } = kit.platform;
  const rep = await buildUser(database, { name: 'Rita Reyes', timeZone: 'America/Chicago' });
  const colleague = await buildUser(database, { name: 'Dale Hutchins' });
  const account = await buildAccount(database, {
    name: 'Wabash Canning',
    city: 'Terre Haute',
    ownerId: rep.id,
  });
  const number = String(100 + Math.floor(Math.random() * 9e5));
  await database.prisma.account.update({ where: { id: account.id }, data: { shortNumber: number } });
  return { rep: rep.id, colleague: colleague.id, account: account.id, number, database };
}

async function tell(accountId: string, listenerId: string, language = 'en-US') {
  const briefing = await readBriefing(kit.platform.database.pool, {
    account: { accountId },
    listenerId,
    language,
    now: NOW,
  });
  return briefing?.sentences.map(({ frame, quote }) => (quote ? `${frame} ${quote.text}` : frame)) ?? null;
}

describe('a briefing from what is on file', () => {
  test('meeting, promises, complaint, competitor, price and background, each with its unit', async () => {
    const { database, rep, account } = await scene();
    const bill = await buildContact(database, {
      accountId: account,
      name: 'Bill Ott',
      externalId: `bill-${rep}`,
    });
    const { reportId } = await buildReport(database, {
      speakerId: rep,
      accountId: account,
      calledAt: day('2026-11-17'),
      meetingDate: '2026-11-16',
      meetingType: 'visit',
      sentiment: -1,
      contactIds: [bill.id],
      newContacts: ['Shelby Crane'],
      units: [
        { text: 'The seals leak', codes: ['service-delivery'] },
        { text: 'and nobody called him back.', codes: ['service-delivery'] },
        { text: 'They put in a pump for free.', codes: ['competitor'] },
        { text: 'Ours is at ninety-six thousand.', codes: ['pricing'] },
        { text: 'Shelby keeps bees.', codes: ['account-background'] },
        { text: 'I send the curve by Friday.', codes: ['next-step'] },
        { text: 'She orders today.', codes: ['next-step'] },
      ],
      fields: [
        { field: 'meeting_date', value: '2026-11-16' },
        { field: 'contact', value: `bill-${rep}`, display: 'Bill Ott' },
        { field: 'new_contact', value: 'Shelby Crane' },
        { field: 'competitor', value: 'k1', display: 'Ironwood Pumps', unit: 3 },
      ],
      nextSteps: [
        { text: 'I send the curve by Friday.', due: '2026-11-20', unit: 6 },
        { text: 'She orders today.', owner: 'customer', due: '2026-11-17', unit: 7 },
        { text: 'I called.', due: '2026-11-17', doneAt: NOW },
        { text: 'Refused.', due: '2026-11-20', certainty: 'refused' },
      ],
    });
    expect(await tell(account, rep)).toEqual([
      'You last met Bill Ott and Shelby Crane last Monday, and it went badly.',
      'You promised, due on Friday: I send the curve by Friday.',
      'They promised, and it was due yesterday: She orders today.',
      'Open complaint: The seals leak and nobody called him back.',
      'Ironwood Pumps: They put in a pump for free.',
      'On prices: Ours is at ninety-six thousand.',
      'Good to know: Shelby keeps bees.',
    ]);
    const briefing = await readBriefing(database.pool, {
      account: { accountId: account },
      listenerId: rep,
      language: 'es-US',
      now: NOW,
    });
    expect(briefing?.account).toEqual({ accountId: account, name: 'Wabash Canning', city: 'Terre Haute' });
    expect(briefing?.sentences[3]).toMatchObject({
      frame: 'Queja abierta:',
      quote: { language: 'en-US' },
      reportId,
      unit: 1,
    });
  });

  test('what software guessed is told as not confirmed, what was refused not at all', async () => {
    const { database, rep, account } = await scene();
    await buildReport(database, {
      speakerId: rep,
      accountId: account,
      calledAt: day('2026-11-17'),
      newContacts: ['Al Ott'],
      units: [
        { text: 'It is too dear.', codes: [{ code: 'pricing', certainty: 'suggested' }] },
        { text: 'He likes fish.', codes: [{ code: 'account-background', certainty: 'refused' }] },
      ],
      fields: [{ field: 'new_contact', value: 'Al Ott', certainty: 'suggested' }],
    });
    expect(await tell(account, rep)).toEqual([
      'Not confirmed yet: you last met Al Ott yesterday.',
      'Not confirmed yet: on prices: It is too dear.',
    ]);
  });

  test('after a correction only what is in force', async () => {
    const { database, rep, account } = await scene();
    const built = await buildReport(database, {
      speakerId: rep,
      accountId: account,
      calledAt: day('2026-11-17'),
      units: [{ text: 'It costs ten.', codes: ['pricing'] }],
    });
    await correctReport(database, built, { units: [{ text: 'It costs twelve.', codes: ['pricing'] }] });
    expect((await tell(account, rep))?.at(-1)).toBe('On prices: It costs twelve.');
  });

  test('today is where the listener is', async () => {
    const { database, rep, account } = await scene();
    await database.prisma.user.update({ where: { id: rep }, data: { timeZone: 'Australia/Sydney' } });
    await buildReport(database, {
      speakerId: rep,
      accountId: account,
      calledAt: NOW,
      meetingDate: '2026-11-18',
    });
    expect(await tell(account, rep)).toEqual(['You last reported from there yesterday.']);
  });
});

describe('who is told what', () => {
  test('the owner hears what a colleague reported; another rep only their own; a manager all', async () => {
    const { database, rep, colleague, account } = await scene();
    await buildReport(database, {
      speakerId: colleague,
      accountId: account,
      calledAt: day('2026-11-17'),
      units: [{ text: 'The paint peels.', codes: ['complaint'] }],
    });
    const heard = ['Dale Hutchins last reported from there yesterday.', 'Open complaint: The paint peels.'];
    expect(await tell(account, rep)).toEqual(heard);
    expect((await tell(account, colleague))?.[1]).toBe('Open complaint: The paint peels.');
    const stranger = await buildUser(database, { roles: ['rep'] });
    expect(await tell(account, stranger.id)).toEqual([]);
    const manager = await buildUser(database, { roles: ['manager'] });
    expect(await tell(account, manager.id)).toEqual(heard);
  });

  test('an account is found by its number while it is active, and nothing else is told', async () => {
    const { database, rep, account, number } = await scene();
    const other = await buildAccount(database, { ownerId: rep });
    await buildReport(database, { speakerId: rep, accountId: other.id, calledAt: day('2026-11-17') });
    const by = (shortNumber: string) =>
      readBriefing(database.pool, { account: { shortNumber }, listenerId: rep, language: 'en-US', now: NOW });
    expect(await by(number)).toMatchObject({ account: { accountId: account }, sentences: [] });
    expect(await by('9')).toBeNull();
    await database.prisma.account.update({ where: { id: account }, data: { active: false } });
    expect(await by(number)).toBeNull();
  });
});

test('one round trip', async () => {
  const { database, rep, account } = await scene();
  await buildReport(database, { speakerId: rep, accountId: account, calledAt: day('2026-11-17') });
  const counted = countRoundTrips(database.pool);
  const client = await database.pool.connect();
  try {
    const before = counted.trips;
    await readBriefing(client, {
      account: { accountId: account },
      listenerId: rep,
      language: 'en-US',
      now: NOW,
    });
    expect(counted.trips - before).toBe(1);
  } finally {
    client.release();
  }
});

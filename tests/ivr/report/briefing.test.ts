import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildAccount, buildReport } from '../../support/build-report.ts';
import { heard } from '../heard.ts';
import { type IvrServer, speech, startIvrServer } from '../server.ts';
import { addRep, heardSince, type Rep } from './rep.ts';

let server: IvrServer;
let rep: Rep;
/** A Wednesday. */
const NOW = new Date('2026-11-18T20:00:00Z');
beforeAll(async () => {
  server = await startIvrServer();
});
afterAll(() => server.close());

let numbers = 100;
async function account(name: string, city = '') {
  const { database } = server.platform;
  const built = await buildAccount(database, { name, city, ownerId: rep.id });
  numbers += 1;
  const shortNumber = String(numbers);
  await database.prisma.account.update({ where: { id: built.id }, data: { shortNumber } });
  return { ...built, shortNumber };
}

beforeEach(async () => {
  server.clock.set(NOW);
  await server.pool.query('truncate account cascade');
  rep = await addRep(server);
});

/** In the menu after a report. */
async function inMenu() {
  const call = await rep.call();
  await call.speak(speech(2));
  await call.press('#');
  expect(heard(call)).toContain('For a briefing, 3. To report on one account, 4.');
  return call;
}

async function reported(accountId: string) {
  await buildReport(server.platform.database, {
    speakerId: rep.id,
    lineId: server.lineId,
    accountId,
    calledAt: new Date('2026-11-17T18:00:00Z'),
    sentiment: -1,
    newContacts: ['Bill Ott'],
    units: [
      { text: 'The seals leak.', codes: ['complaint'] },
      { text: 'Ironwood offered it free.', codes: ['competitor'] },
      { text: 'He fishes on Sundays.', codes: ['account-background'] },
    ],
    nextSteps: [{ text: 'I bring him new seals.', due: '2026-11-20' }],
  });
}

const TOLD = [
  'You last met Bill Ott yesterday, and it went badly.',
  'You promised, due on Friday:',
  'I bring him new seals.',
  'Open complaint:',
  'The seals leak.',
  'Competition:',
  'Ironwood offered it free.',
  'Good to know:',
  'He fishes on Sundays.',
];

describe('a briefing', () => {
  test('by an account’s number: sentence after sentence, then what now', async () => {
    const { id, shortNumber } = await account('Wabash Canning', 'Terre Haute');
    await reported(id);
    const call = await inMenu();
    await call.press('3');
    expect(heard(call)).toMatch(
      /A briefing on which account\? Key in its number and pound\. \| Or the key of one of your last\. \| 1: Wabash Canning\.$/,
    );
    const before = call.events().length;
    await call.press(`${shortNumber}#`);
    for (let sentence = 0; sentence < 5; sentence += 1) await call.wait();
    expect(heardSince(call, before)).toEqual([
      'Wabash Canning, Terre Haute. Six goes on, four goes back, star ends.',
      ...TOLD,
      'To report on this account, press 1. To hear it again, 5. For another account, 3. For the menu, star.',
    ]);
    await call.press('#');
    await call.press('#');
  });

  test('needs no report first: who says nothing twice is led to the menu', async () => {
    const { shortNumber } = await account('Wabash Canning');
    const call = await rep.call();
    await call.press('#');
    await call.press('#');
    expect(heard(call)).toMatch(/Nothing was kept, so nothing was sent\. \| For another report, press 1\./);
    await call.press(`3${shortNumber}#`);
    expect(heard(call)).toContain('Nothing is on file yet about Wabash Canning.');
    await call.hangUp();
    expect(await dictated()).toEqual([]);
  });

  test('forward, back and again by key', async () => {
    const { id, shortNumber } = await account('Wabash Canning');
    await reported(id);
    const call = await inMenu();
    await call.press(`3${shortNumber}#`);
    const before = call.events().length;
    await call.press('6');
    await call.press('#');
    await call.press('4');
    await call.press('5');
    expect(heardSince(call, before)).toEqual([
      'You promised, due on Friday:',
      'I bring him new seals.',
      'Open complaint:',
      'The seals leak.',
      'You promised, due on Friday:',
      'I bring him new seals.',
      'You promised, due on Friday:',
      'I bring him new seals.',
    ]);
    await call.hangUp();
  });

  test('by one key of the last accounts, without pound', async () => {
    const first = await account('Wabash Canning');
    await reported(first.id);
    const call = await inMenu();
    await call.press('3');
    await call.press('1');
    await call.wait();
    expect(heard(call)).toContain('You last met Bill Ott yesterday');
    await call.hangUp();
  });

  test('1 records a report on the account', async () => {
    const { id, shortNumber } = await account('Wabash Canning');
    await reported(id);
    const call = await inMenu();
    await call.press(`3${shortNumber}#`);
    await call.press('1');
    expect(heard(call)).toMatch(/Please say your report about Wabash Canning after the tone\.$/);
    await call.speak(speech(3));
    await call.press('##');
    expect(await dictated()).toEqual([null, id]);
  });

  test('a number that nobody has is told; an account of which nothing is known, too', async () => {
    const { shortNumber } = await account('Quiet Mill', 'Gary');
    const call = await inMenu();
    await call.press('3');
    await call.press('99#');
    expect(heard(call)).toMatch(
      /There is no account of that number\. \| Key in the number of the account and pound\. To go back, press zero\.$/,
    );
    await call.press(`${shortNumber}#`);
    expect(heard(call)).toContain(
      'Nothing is on file yet about Quiet Mill, Gary. | To report on this account',
    );
    await call.hangUp();
  });

  test('in Spanish the frame is, with the voice of the language; what was said stays as it was', async () => {
    rep = await addRep(server, { language: 'es-US' });
    const { id, shortNumber } = await account('Wabash Canning');
    await reported(id);
    const call = await rep.call();
    await call.speak(speech(2));
    await call.press(`#3${shortNumber}#`);
    await call.press('6');
    const said = call.events().flatMap((event) => (event.kind === 'say' ? [event] : []));
    expect(said.slice(-2)).toEqual([
      { kind: 'say', text: 'Usted prometió, para el viernes:', language: 'es-US' },
      { kind: 'say', text: 'I bring him new seals.', language: 'en-US' },
    ]);
    await call.hangUp();
  });

  test('the call keeps nothing of it when it is over', async () => {
    const { id, shortNumber } = await account('Wabash Canning');
    await reported(id);
    const call = await inMenu();
    await call.press(`3${shortNumber}#`);
    await call.hangUp();
    const { rows } = await server.pool.query<{ state: string }>(
      'select state::text from call where user_id = $1',
      [rep.id],
    );
    expect(rows.map(({ state }) => state).join()).not.toMatch(/Bill Ott|seals/);
  });
});

describe('a report on one account', () => {
  test('its name and city are told, and the dictation names it', async () => {
    const { id, shortNumber } = await account('Wabash Canning', 'Terre Haute');
    const call = await inMenu();
    await call.press(`4${shortNumber}#`);
    expect(heard(call)).toMatch(/Wabash Canning, Terre Haute\. If that is not the one, press star\.$/);
    await call.wait();
    expect(heard(call)).toMatch(/Please say your report about Wabash Canning after the tone\.$/);
    await call.speak(speech(3));
    await call.press('#');
    await call.press('1');
    await call.speak(speech(3));
    await call.press('##');
    expect(await dictated()).toEqual([null, id, null]);
  });

  test('star takes a wrong one back', async () => {
    const wrong = await account('Wabash Canning');
    const right = await account('Llano Water');
    const call = await inMenu();
    await call.press(`4${wrong.shortNumber}#`);
    await call.press('*');
    await call.press(`${right.shortNumber}#`);
    await call.wait();
    await call.speak(speech(3));
    await call.press('##');
    expect(await dictated()).toEqual([null, right.id]);
  });
});

/** The accounts that the rep's dictations name, in order. */
async function dictated(): Promise<(string | null)[]> {
  const rows = await server.platform.database.prisma.dictation.findMany({
    where: { speakerId: rep.id, status: 'submitted' },
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
    select: { accountId: true },
  });
  return rows.map(({ accountId }) => accountId);
}

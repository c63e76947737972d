import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSettableClock } from '../../../platform/clock.ts';
import { Conflict, InvalidInput, NotFound } from '../../../platform/errors.ts';
import { numberAccountsAtStart, setAccountNumber } from '../../../transcription/accounts/account-numbers.ts';
import { findAccountByNumber } from '../../../transcription/accounts/find-account.ts';
import { lastAccounts } from '../../../transcription/accounts/last-accounts.ts';
import { vocabularySchema } from '../../../transcription/vocabulary/vocabulary-schema.ts';
import { mergeVocabulary, replaceVocabulary } from '../../../transcription/vocabulary/write-vocabulary.ts';
import { buildAccount, buildReport, buildUser } from '../../support/build-report.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';

const clock = createSettableClock(new Date('2026-11-18T20:00:00Z'));
let kit: TestPlatform;
beforeAll(async () => {
  kit = await createTestPlatform({ clock });
});
afterAll(() => kit.close());
beforeEach(async () => {
  await kit.platform.database.pool.query('truncate account, app_user cascade');
});

const accounts = (...ids: string[]) =>
  vocabularySchema.parse({ accounts: ids.map((id) => ({ id, name: `Account ${id}` })) });
const numbers = async () => {
  const rows = await kit.platform.database.prisma.account.findMany({ orderBy: { externalId: 'asc' } });
  return Object.fromEntries(rows.map(({ externalId, shortNumber }) => [externalId, shortNumber]));
};

describe('short numbers', () => {
  test('are given when a vocabulary comes in, in the order of the company’s ids', async () => {
    await mergeVocabulary(kit.platform, accounts('a10', 'a2', 'a1'));
    expect(await numbers()).toEqual({ a1: '10', a2: '11', a10: '12' });
  });
  test('stay when it comes in again, changed or without an account', async () => {
    await replaceVocabulary(kit.platform, accounts('a1', 'a2', 'a3'));
    await replaceVocabulary(kit.platform, accounts('a3', 'a4'));
    expect(await numbers()).toEqual({ a1: '10', a2: '11', a3: '12', a4: '13' });
    await replaceVocabulary(kit.platform, accounts('a1', 'a4'));
    expect(await numbers()).toMatchObject({ a1: '10', a4: '13' });
  });
  test('grow to three digits after ninety accounts, and fill what is free', async () => {
    const many = Array.from({ length: 95 }, (_, index) => `a${String(index).padStart(3, '0')}`);
    await mergeVocabulary(kit.platform, accounts(...many));
    const given = Object.values(await numbers());
    expect(given.filter((number) => number?.length === 2)).toHaveLength(90);
    expect(given.filter((number) => number?.length === 3)).toEqual(['100', '101', '102', '103', '104']);
    expect(new Set(given).size).toBe(95);
  });
  test('are given at the start to accounts that were there before; twice changes nothing', async () => {
    await buildAccount(kit.platform.database, { externalId: 'old' });
    await Promise.all([1, 2, 3].map(() => numberAccountsAtStart(kit.platform.database)));
    expect(await numbers()).toEqual({ old: '10' });
  });
  test('two imports at once number each account once', async () => {
    await Promise.all([
      mergeVocabulary(kit.platform, accounts('a1', 'a2')),
      mergeVocabulary(kit.platform, accounts('b1', 'b2')),
    ]);
    expect(new Set(Object.values(await numbers()))).toEqual(new Set(['10', '11', '12', '13']));
  });
});

describe('an administrator gives a number', () => {
  const set = async (externalId: string, shortNumber: string) => {
    const { prisma } = kit.platform.database;
    const { id } = await prisma.account.findUniqueOrThrow({ where: { externalId } });
    const actor = await buildUser(kit.platform.database, { roles: ['administrator'] });
    return setAccountNumber(kit.platform, { accountId: id, shortNumber, actorId: actor.id });
  };
  beforeEach(async () => {
    await kit.platform.database.pool.query('truncate audit_entry');
    await mergeVocabulary(kit.platform, accounts('a1', 'a2'));
  });
  test('which the next import keeps, and nobody else gets', async () => {
    await set('a2', ' 13 ');
    await mergeVocabulary(kit.platform, accounts('a2', 'a3', 'a4', 'a5'));
    expect(await numbers()).toEqual({ a1: '10', a2: '13', a3: '11', a4: '12', a5: '14' });
    expect(await kit.platform.database.prisma.auditEntry.findMany()).toMatchObject([
      { action: 'account.numbered', detail: {} },
    ]);
  });
  test('the same again changes nothing', async () => {
    await set('a2', '11');
    expect(await kit.platform.database.prisma.auditEntry.count()).toBe(0);
  });
  test.each(['7', '012', '1234567', 'twelve', ''])('but not %j', async (wrong) => {
    await expect(set('a1', wrong)).rejects.toThrow(InvalidInput);
  });
  test('nor one that another has, who is named', async () => {
    const refused = await set('a2', '10').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Conflict);
    expect(refused).toMatchObject({ userMessage: 'Account a1 has the number 10. Choose another one.' });
  });
  test('nor to an account that is not there', async () => {
    const actorId = (await buildUser(kit.platform.database)).id;
    const set = setAccountNumber(kit.platform, { accountId: randomUUID(), shortNumber: '77', actorId });
    await expect(set).rejects.toThrow(NotFound);
  });
});

describe('on the phone', () => {
  const find = (shortNumber: string) => findAccountByNumber(kit.platform.database.pool, shortNumber);
  test('a number finds its active account', async () => {
    await replaceVocabulary(kit.platform, accounts('a1', 'a2'));
    expect(await find('11')).toMatchObject({ name: 'Account a2', city: '' });
    await replaceVocabulary(kit.platform, accounts('a1'));
    expect(await find('11')).toBeNull();
    expect(await find('99')).toBeNull();
  });
  test('a rep hears the last nine that they reported on, the latest first, then their own', async () => {
    const { database } = kit.platform;
    const rep = await buildUser(database);
    const other = await buildUser(database);
    const at = (day: number) => new Date(Date.UTC(2026, 9, day));
    for (let day = 1; day <= 10; day += 1) {
      const account = await buildAccount(database, { name: `Day ${day}` });
      await buildReport(database, { speakerId: rep.id, accountId: account.id, calledAt: at(day) });
      if (day === 3)
        await buildReport(database, { speakerId: rep.id, accountId: account.id, calledAt: at(20) });
    }
    const stranger = await buildAccount(database, { name: 'Of another rep' });
    await buildReport(database, { speakerId: other.id, accountId: stranger.id, calledAt: at(25) });
    const names = (await lastAccounts(database.pool, rep.id)).map(({ name }) => name);
    expect(names).toEqual([3, 10, 9, 8, 7, 6, 5, 4, 2].map((day) => `Day ${day}`));
    await buildAccount(database, { name: 'B of mine', ownerId: other.id });
    await buildAccount(database, { name: 'A of mine', ownerId: other.id });
    expect((await lastAccounts(database.pool, other.id)).map(({ name }) => name)).toEqual([
      'Of another rep',
      'A of mine',
      'B of mine',
    ]);
  });
  test('an account that was keyed in counts before its report is written', async () => {
    const { database } = kit.platform;
    const rep = await buildUser(database);
    const keyed = await buildAccount(database, { name: 'Keyed' });
    const { dictationId } = await buildReport(database, { speakerId: rep.id });
    await database.prisma.report.deleteMany();
    await database.prisma.dictation.update({ where: { id: dictationId }, data: { accountId: keyed.id } });
    expect((await lastAccounts(database.pool, rep.id)).map(({ name }) => name)).toEqual(['Keyed']);
  });
});

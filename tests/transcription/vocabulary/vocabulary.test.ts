import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSettableClock } from '../../../platform/clock.ts';
import { InvalidInput } from '../../../platform/errors.ts';
import { loadVocabulary, readVocabulary } from '../../../transcription/vocabulary/load-vocabulary.ts';
import {
  type VocabularyInput,
  vocabularySchema,
} from '../../../transcription/vocabulary/vocabulary-schema.ts';
import { mergeVocabulary, replaceVocabulary } from '../../../transcription/vocabulary/write-vocabulary.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';

const clock = createSettableClock();
let test: TestPlatform;
let world: VocabularyInput;

beforeAll(async () => {
  test = await createTestPlatform({ clock });
  const file = new URL('../../../app/demo/company/world.json', import.meta.url);
  world = vocabularySchema.parse(JSON.parse(await readFile(file, 'utf8')));
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.platform.database.pool.query(
    'truncate app_user, account, product, competitor, setting, codebook cascade',
  );
});

const small = (more: Partial<VocabularyInput> = {}) =>
  vocabularySchema.parse({
    company: 'Caprock',
    reps: [{ id: 'r1', name: 'Dale Hutchins', territory: 'West Texas', region: 'Southwest' }],
    accounts: [{ id: 'a1', name: 'Tres Rios Dairy' }],
    contacts: [{ id: 'c1', name: 'Travis Teague', account: 'a1' }],
    products: [{ id: 'p1', name: 'Titan', aliases: ['the big one'] }],
    competitors: [{ id: 'k1', name: 'Ironwood' }],
    ...more,
  });

const replace = (input: VocabularyInput) => replaceVocabulary(test.platform, input);
const read = () => readVocabulary(test.platform.database);

describe('a whole company', () => {
  it('comes back as it was put in', async () => {
    expect(await replace(world)).toMatchObject({
      accounts: world.accounts.length,
      contacts: world.contacts.length,
    });
    expect(await read()).toEqual(world);
  });

  it('put in twice, and at once by two, is there once', async () => {
    await Promise.all([replace(world), replace(world)]);
    const ids = await test.platform.database.prisma.account.findMany({
      select: { id: true, updatedAt: true },
    });
    clock.advance(1000);
    await replace(world);
    expect(await read()).toEqual(world);
    expect(
      await test.platform.database.prisma.account.findMany({ select: { id: true, updatedAt: true } }),
    ).toEqual(ids);
  });
});

describe('replacing', () => {
  it('updates what is known, keeps its row, deactivates what is gone, and brings it back', async () => {
    const { prisma } = test.platform.database;
    await replace(small());
    const before = await prisma.account.findUniqueOrThrow({ where: { externalId: 'a1' } });
    await replace(
      small({ accounts: [{ ...small().accounts[0], id: 'a1', name: 'Tres Rios' }] as never, products: [] }),
    );
    const after = await prisma.account.findUniqueOrThrow({ where: { externalId: 'a1' } });
    expect(after).toMatchObject({ id: before.id, name: 'Tres Rios', active: true });
    expect((await read()).products).toEqual([]);
    expect(await prisma.product.findMany()).toMatchObject([{ externalId: 'p1', active: false }]);
    await replace(small());
    expect(await read()).toEqual(small());
  });

  it('makes reps users who can not sign in, and leaves those alone who can', async () => {
    const { prisma } = test.platform.database;
    await replace(small());
    const rep = await prisma.user.findUniqueOrThrow({ where: { externalId: 'r1' } });
    expect(rep).toMatchObject({
      name: 'Dale Hutchins',
      roles: ['rep'],
      passwordHash: null,
      pinHash: null,
      active: true,
    });
    await prisma.user.update({ where: { id: rep.id }, data: { email: 'dale@example.com', pinHash: 'x' } });
    await replace(small({ reps: [{ id: 'r1', name: 'Dale H.', territory: '', region: 'Midwest' }] }));
    expect(await prisma.user.findUnique({ where: { id: rep.id } })).toMatchObject({
      name: 'Dale H.',
      region: 'Midwest',
      email: 'dale@example.com',
      pinHash: 'x',
    });
    await replace(small({ reps: [{ id: 'r2', name: 'Priya', territory: '', region: '' }] }));
    expect((await prisma.user.findUnique({ where: { id: rep.id } }))?.active).toBe(true);
    await replace(small({ reps: [] }));
    expect((await prisma.user.findUnique({ where: { externalId: 'r2' } }))?.active).toBe(false);
  });

  it('gives accounts their owners, and keeps them when nothing is said', async () => {
    const owned = small({ accounts: [{ ...small().accounts[0], owner: 'r1' }] as never });
    await replace(owned);
    expect((await read()).accounts[0]?.owner).toBe('r1');
    await replace(small());
    expect((await read()).accounts[0]?.owner).toBe('r1');
  });

  it.each([
    [
      'an id twice',
      {
        products: [
          { id: 'p1', name: 'A', aliases: [] },
          { id: 'p1', name: 'B', aliases: [] },
        ],
      },
      'p1',
    ],
    ['a contact without its account', { accounts: [] }, 'a1'],
    ['an owner who is nobody', { reps: [], accounts: [{ id: 'a1', name: 'X', owner: 'r9' }] }, 'r9'],
  ])('with %s is refused and changes nothing', async (_name, more, named) => {
    await replace(small());
    const wrong = vocabularySchema.parse({ ...small(), ...more });
    const refused = await replace(wrong).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InvalidInput);
    expect(refused).toMatchObject({ userMessage: expect.stringContaining(named) });
    expect(await read()).toEqual(small());
  });
});

it('merging adds and updates and leaves the rest', async () => {
  await replace(small());
  const more = {
    contacts: [{ id: 'c2', name: 'Bonnie', account: 'a1' }],
    products: [{ id: 'p1', name: 'Titan II' }],
  };
  await mergeVocabulary(test.platform, vocabularySchema.parse({ company: '', ...more }));
  const merged = await read();
  expect(merged.contacts.map((contact) => contact.id)).toEqual(['c1', 'c2']);
  expect(merged.products).toEqual([{ id: 'p1', name: 'Titan II', aliases: [] }]);
  expect(merged).toMatchObject({ company: 'Caprock', accounts: [{ id: 'a1' }], reps: [{ id: 'r1' }] });
});

describe('kept ready for analysis', () => {
  const load = () => loadVocabulary(test.platform.database);

  it('is the same object until something changes', async () => {
    await replace(small());
    const loaded = await load();
    expect(await load()).toBe(loaded);
    expect(loaded.accounts.get('a1')?.name).toBe('Tres Rios Dairy');
    expect(loaded.codes.has('pricing')).toBe(true);
  });

  it.each([
    ['a product', `update product set name = 'Titan X'`],
    ['an alias', `update competitor set aliases = array['Wood']`],
    ['a contact gone', 'update contact set active = false'],
    ['a rep renamed', `update app_user set name = 'Dale'`],
    ['the company renamed', `update setting set value = '{"name": "New"}' where key = 'company'`],
    ['an account moved', `update account set city = 'Hatch', updated_at = updated_at + interval '1 second'`],
  ])('is read again after a change of %s', async (_name, statement) => {
    await replace(small());
    const loaded = await load();
    await test.platform.database.pool.query(statement);
    const again = await load();
    expect(again).not.toBe(loaded);
    expect(again.vocabulary).not.toEqual(loaded.vocabulary);
  });

  it("has the company's own codebook, the newest version of it", async () => {
    const { prisma } = test.platform.database;
    await replace(small());
    for (const version of [1, 2]) {
      await prisma.codebook.create({
        data: { version, codes: { create: { key: `own-${version}`, label: 'Own', definition: 'Ours' } } },
      });
    }
    expect([...(await load()).codes.keys()]).toEqual(['own-2']);
  });
});

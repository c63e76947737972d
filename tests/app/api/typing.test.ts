import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiKit, createApiKit } from '../support/api-kit.ts';

let kit: ApiKit;
beforeAll(async () => {
  kit = await createApiKit();
});
afterAll(() => kit.close());

interface Help {
  expansions: { id: string; shortForm: string; text: string; isCompany: boolean }[];
  words: string[];
  switches: Record<string, boolean>;
  guide: { version: number; rulesOff: string[] };
}

test('a stranger gets nothing, nor does a rep', async () => {
  const rep = await kit.person('rep');
  for (const [method, url] of [
    ['GET', '/api/v1/typing-help'],
    ['PUT', '/api/v1/typing-help/switches'],
    ['PUT', '/api/v1/expansions'],
    ['DELETE', `/api/v1/expansions/${randomUUID()}`],
    ['POST', '/api/v1/expansions/uses'],
    ['POST', '/api/v1/spelling-words'],
    ['GET', '/api/v1/style-guide'],
    ['PUT', '/api/v1/style-guide'],
  ] as const) {
    expect((await kit.stranger(method, url, {})).status, url).toBe(401);
    expect((await rep(method, url, {})).status, url).toBe(403);
  }
});

test('one’s own short form goes before the company’s, and another’s is not seen', async () => {
  const typist = await kit.person('transcriptionist');
  const supervisor = await kit.person('supervisor');
  const put = (who: typeof typist, body: object) => who('PUT', '/api/v1/expansions', body);
  expect((await put(typist, { shortForm: 'ASAP', text: 'company', isCompany: true })).status).toBe(403);
  await put(supervisor, { shortForm: 'asap', text: 'as soon as possible', isCompany: true });
  await put(supervisor, { shortForm: 'poc', text: 'point of contact', isCompany: true });
  await put(supervisor, { shortForm: 'mine', text: 'of the supervisor' });
  const own = await put(typist, { shortForm: 'ASAP', text: 'at the soonest' });
  expect(own.body).toMatchObject({ shortForm: 'asap', isCompany: false });
  const forTypist = async () => ((await typist('GET', '/api/v1/typing-help')).body as Help).expansions;
  expect((await forTypist()).map(({ shortForm, text }) => [shortForm, text])).toEqual([
    ['asap', 'at the soonest'],
    ['poc', 'point of contact'],
  ]);
  const poc = (await forTypist()).find(({ shortForm }) => shortForm === 'poc');
  expect((await typist('DELETE', `/api/v1/expansions/${poc?.id}`)).status).toBe(404);
  for (let time = 0; time < 2; time += 1)
    expect((await typist('DELETE', `/api/v1/expansions/${(own.body as { id: string }).id}`)).status).toBe(
      204,
    );
  expect((await forTypist()).map(({ text }) => text)).toEqual(['as soon as possible', 'point of contact']);
});

test('the same short form twice at once is one', async () => {
  const typist = await kit.person('transcriptionist');
  const answers = await Promise.all(
    ['one', 'two', 'three'].map((text) => typist('PUT', '/api/v1/expansions', { shortForm: 'atonce', text })),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const { rows } = await kit.platform.database.pool.query(
    `select 1 from text_expansion where short_form = 'atonce'`,
  );
  expect(rows).toHaveLength(1);
});

test.each([
  ['two words', 'x'],
  ['end.', 'x'],
  ['', 'x'],
  ['a', ''],
])('the short form %j for %j is refused in words', async (shortForm, text) => {
  const typist = await kit.person('transcriptionist');
  const answer = await typist('PUT', '/api/v1/expansions', { shortForm, text });
  expect(answer.status).toBe(400);
});

test('uses are told as totals: again, or late, they count once', async () => {
  const typist = await kit.person('transcriptionist');
  const made = (await typist('PUT', '/api/v1/expansions', { shortForm: 'cnt', text: 'counted' })).body as {
    id: string;
  };
  const sittingId = randomUUID();
  for (const uses of [2, 5, 5, 3])
    await typist('POST', '/api/v1/expansions/uses', { sittingId, uses: [{ id: made.id, uses }] });
  await typist('POST', '/api/v1/expansions/uses', {
    sittingId: randomUUID(),
    uses: [
      { id: made.id, uses: 1 },
      { id: randomUUID(), uses: 1 },
    ],
  });
  const { rows } = await kit.platform.database.pool.query(
    'select sum(uses)::int as uses from expansion_use where expansion_id = $1',
    [made.id],
  );
  expect(rows).toEqual([{ uses: 6 }]);
});

test('a word is one’s own, is proposed, and becomes the company’s', async () => {
  const typist = await kit.person('transcriptionist');
  const supervisor = await kit.person('supervisor');
  const add = (who: typeof typist, word: string, whom: string) =>
    who('POST', '/api/v1/spelling-words', { word, for: whom });
  const wordsOf = async (who: typeof typist) =>
    ((await who('GET', '/api/v1/typing-help')).body as Help).words;
  expect((await add(typist, 'two words', 'me')).status).toBe(400);
  expect((await add(typist, 'Wellhead', 'company')).status).toBe(403);
  await add(typist, 'Wellhead', 'me');
  await add(typist, 'Wellhead', 'proposal');
  expect(await wordsOf(typist)).toContain('Wellhead');
  expect(await wordsOf(supervisor)).not.toContain('Wellhead');
  await add(supervisor, 'Wellhead', 'company');
  expect(await wordsOf(supervisor)).toContain('Wellhead');
  const { rows } = await kit.platform.database.pool.query(
    `select 1 from spelling_word where word = 'Wellhead' and proposed_at is not null`,
  );
  expect(rows).toEqual([]);
});

test('switches are each person’s own, and what is not named stays', async () => {
  const typist = await kit.person('transcriptionist');
  await typist('PUT', '/api/v1/typing-help/switches', { capitals: false });
  await typist('PUT', '/api/v1/typing-help/switches', { dashes: false });
  const { switches } = (await typist('GET', '/api/v1/typing-help')).body as Help;
  expect(switches).toMatchObject({ capitals: false, dashes: false, expansions: true });
  const other = (await (await kit.person('supervisor'))('GET', '/api/v1/typing-help')).body as Help;
  expect(other.switches.capitals).toBe(true);
});

test('a guide has versions: the installed one, then those that people write', async () => {
  const supervisor = await kit.person('supervisor');
  const typist = await kit.person('transcriptionist');
  const read = async () =>
    (await typist('GET', '/api/v1/style-guide')).body as { version: number; text: string };
  const first = await read();
  expect(first.version).toBe(1);
  expect(first.text).toContain('## Numbers #numbers');
  const next = { text: `${first.text}\nOne more line.\n`, rulesOff: ['percent'], note: 'A line', base: 1 };
  expect((await typist('PUT', '/api/v1/style-guide', next)).status).toBe(403);
  expect((await supervisor('PUT', '/api/v1/style-guide', next)).body).toEqual({ version: 2 });
  // The same again, as after a lost answer.
  expect((await supervisor('PUT', '/api/v1/style-guide', next)).body).toEqual({ version: 2 });
  const stale = await supervisor('PUT', '/api/v1/style-guide', { ...next, text: 'Another text' });
  expect(stale).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
  expect(
    (await supervisor('PUT', '/api/v1/style-guide', { ...next, base: 2, rulesOff: ['no-rule'] })).status,
  ).toBe(400);
  expect(await read()).toMatchObject({ version: 2, author: expect.any(String) });
  const { rows } = await kit.platform.database.pool.query(
    'select version, author_id is null as shipped from style_guide_version order by version',
  );
  expect(rows).toEqual([
    { version: 1, shipped: true },
    { version: 2, shipped: false },
  ]);
});

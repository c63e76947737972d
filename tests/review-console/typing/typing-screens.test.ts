import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExpansionsCsv } from '../../../review-console/expansions/expansions-csv.ts';
import { type ConsoleKit, createConsoleKit, idOf } from '../support/console-kit.ts';

let kit: ConsoleKit;
beforeAll(async () => {
  kit = await createConsoleKit();
});
afterAll(() => kit.close());

describe('short forms on a page', () => {
  it('are kept, replaced only when asked to, and removed', async () => {
    const typist = await kit.as('transcriptionist');
    expect(
      (await typist.post('/expansions', { shortForm: 'poc', text: 'per our conversation' })).statusCode,
    ).toBe(303);
    const clash = await typist.post('/expansions', { shortForm: 'POC', text: 'point of contact' });
    expect(clash.statusCode).toBe(409);
    expect(clash.body).toContain('per our conversation');
    expect((await typist.get('/expansions/mine.csv')).body).toContain('poc,per our conversation');
    await typist.post('/expansions', { shortForm: 'poc', text: 'point of contact', replace: 'yes' });
    expect((await typist.get('/expansions/mine.csv')).body).toBe('short form,text\npoc,point of contact\n');
    const row = await kit.platform.database.prisma.textExpansion.findFirstOrThrow({
      where: { shortForm: 'poc' },
    });
    const supervisor = await kit.as('supervisor');
    expect((await supervisor.post(`/expansions/${row.id}/remove`)).statusCode).toBe(404);
    expect((await typist.post(`/expansions/${row.id}/remove`)).statusCode).toBe(303);
    expect((await typist.get('/expansions/mine.csv')).body).toBe('short form,text\n');
  });

  it('of the company are for supervisors; a person’s own says what it hides, an unused one says so', async () => {
    const typist = await kit.as('transcriptionist');
    const supervisor = await kit.as('supervisor');
    const company = { shortForm: 'an', text: 'another number', whose: 'company' };
    expect((await typist.post('/expansions', company)).statusCode).toBe(403);
    expect((await supervisor.post('/expansions', company)).statusCode).toBe(303);
    await typist.post('/expansions', { shortForm: 'an', text: 'a new one' });
    await kit.platform.database.pool.query(
      `update text_expansion set created_at = created_at - interval '90 days'`,
    );
    const { body } = await typist.get('/expansions');
    expect(body).toContain('Goes before the company’s: “another number”');
    expect(body).toContain('Also an everyday word');
    expect(body).toContain('Never used');
  });

  it('come as a file; what would be replaced is shown first', async () => {
    const supervisor = await kit.as('supervisor');
    const csv = 'short form,text\nasap,as soon as possible\nfyi,for your information\n';
    await supervisor.post('/expansions/import', { csv, whose: 'company' });
    const other = 'asap;at the soonest\nbtw;by the way\n';
    const asked = await supervisor.post('/expansions/import', { csv: other, whose: 'company' });
    expect(asked.statusCode).toBe(409);
    expect(asked.body).toContain('“as soon as possible” would become “at the soonest”');
    await supervisor.post('/expansions/import', { csv: other, whose: 'company', replace: 'no' });
    const kept = (await supervisor.get('/expansions/company.csv')).body;
    expect(kept).toContain('asap,as soon as possible');
    expect(kept).toContain('btw,by the way');
    await supervisor.post('/expansions/import', { csv: other, whose: 'company', replace: 'yes' });
    expect((await supervisor.get('/expansions/company.csv')).body).toContain('asap,at the soonest');
  });

  it.each([
    ['', 'no row'],
    ['two words,x', 'Row 1'],
    ['a1,x\na1,y', 'Rows 1 and 2'],
    ['"open', 'can&#x27;t be read'],
  ])('a file %j is refused in words', (csv, words) => {
    const read = readExpansionsCsv(csv);
    expect(read.ok ? '' : read.message.replace("'", '&#x27;')).toContain(words);
  });

  it('suggests what somebody types again and again, but looks at no answer to a survey', async () => {
    const { prisma } = kit.platform.database;
    const texts = await prisma.transcript.findMany({ take: 6 });
    for (const [index, { id }] of texts.entries())
      await prisma.transcript.update({
        where: { id },
        data: {
          text: `Number ${index}. Please send it along with the invoice.`,
          authorId: idOf('transcriptionist'),
        },
      });
    const typist = await kit.as('transcriptionist');
    expect((await typist.get('/expansions')).body).toContain('Please send it along with the invoice');
    await prisma.line.updateMany({ data: { purpose: 'survey' } });
    expect((await typist.get('/expansions')).body).not.toContain('Please send it along');
    await prisma.line.updateMany({ data: { purpose: 'report' } });
  });
});

describe('words on a page', () => {
  it('are proposed by typists and taken by supervisors', async () => {
    const typist = await kit.as('transcriptionist');
    const supervisor = await kit.as('supervisor');
    await typist.post('/spelling-words', { word: 'Wellhead', whose: 'proposal' });
    expect((await typist.post('/spelling-words', { word: 'x y' })).statusCode).toBe(400);
    expect((await supervisor.get('/spelling-words')).body).toContain('Proposed to the company');
    await supervisor.post('/spelling-words', { word: 'Wellhead', whose: 'company' });
    expect((await supervisor.get('/spelling-words')).body).not.toContain('Proposed to the company');
    expect((await typist.post('/spelling-words', { word: 'Mine', whose: 'company' })).statusCode).toBe(403);
  });
});

describe('the style guide on a page', () => {
  it('is shown with its rules, safely, previewed, saved and compared', async () => {
    const typist = await kit.as('transcriptionist');
    const supervisor = await kit.as('supervisor');
    const first = await typist.get('/style-guide');
    expect(first.body).toContain('Version 1, as installed');
    expect(first.body).toContain('The workbench looks for');
    expect(first.body).not.toContain('href="/style-guide/edit"');
    const text = 'Ours.\n\n## Numbers #numbers\nNever <b>bold</b>.\r\n- **One**';
    const typed = { text, base: '1', note: 'Shorter', rules: ['percent'] };
    const preview = await supervisor.post('/style-guide', { ...typed, act: 'preview' });
    expect(preview.body).toContain('Never &lt;b&gt;bold&lt;/b&gt;.');
    expect(preview.body).toContain('<strong>One</strong>');
    expect((await supervisor.get('/style-guide')).body).toContain('Version 1');
    expect((await supervisor.post('/style-guide', { ...typed, act: 'save' })).statusCode).toBe(303);
    const stale = await kit.as('administrator');
    const refused = await stale.post('/style-guide', { ...typed, text: 'Other', act: 'save' });
    expect(refused.statusCode).toBe(409);
    expect(refused.body).toContain('has saved version 2 meanwhile');
    const versions = (await typist.get('/style-guide/versions')).body;
    expect(versions).toContain('Shorter');
    expect(versions).toContain('Never &lt;b&gt;bold');
    expect(versions).toContain('Dates with the name of the month: off');
    expect((await typist.get('/style-guide?version=1')).body).toContain('Not in force any more');
    expect((await typist.get('/style-guide?version=7')).statusCode).toBe(404);
  });
});

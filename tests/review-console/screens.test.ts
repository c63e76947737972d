import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { correctTranscript } from '../../transcription/reports/correct-transcript.ts';
import { correctInput } from '../../transcription/reports/finalize-schema.ts';
import { buildReply } from './support/company.ts';
import { type Client, type ConsoleKit, createConsoleKit, idOf } from './support/console-kit.ts';

let kit: ConsoleKit;
let manager: Client;
let rep: Client;
let administrator: Client;

beforeAll(async () => {
  kit = await createConsoleKit({ reports: 14, deliver: true });
  [manager, rep, administrator] = await Promise.all([
    kit.as('manager'),
    kit.as('rep'),
    kit.as('administrator'),
  ]);
});
afterAll(() => kit.close());

/** Addresses as a browser reads them: Handlebars writes `=` and `&` as entities. */
const decode = (html: string) => html.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');

/** Text of a page without its tags, as a person reads it. */
function words(html: string): string {
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? '';
  return main
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x27;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
}

const prisma = () => kit.platform.database.prisma;
const accountOf = async (id: string) =>
  (await prisma().report.findUniqueOrThrow({ where: { id } })).accountId;

describe('Today', () => {
  test('shows the numbers, the unread reports and what is promised', async () => {
    const text = words((await manager.get('/today')).body);
    expect(text).toContain('Wednesday, November 18, 2026');
    expect(text).toContain('12 unread by you');
    expect(text).toContain('Wabash Valley Canning');
    expect(text).toContain('Next:');
    expect(text).toContain('Promised for this week');
  });

  test('each number leads to a list of as many reports', async () => {
    const today = decode((await manager.get('/today')).body);
    const links = [...today.matchAll(/href="(\/today\/reports\?list=[a-z_]+)"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(links.length).toBeGreaterThanOrEqual(4);
    const unread = (await manager.get('/today/reports?list=unread_by_me')).body;
    expect(unread.match(/data-item/g)?.length).toBe(12);
    expect(words(unread)).toContain('12 reports.');
  });

  test('a topic opens the sentences behind it', async () => {
    const text = words(
      (await manager.get('/today/topic?dimension=code&key=competitor&from=2026-10-01&to=2026-11-18')).body,
    );
    expect(text).toMatch(/Competitor \d+ reports from/);
    expect(text).toContain('He buys from Arroyo Pump out of Casa Grande');
  });

  test('says what will appear when there is nothing', async () => {
    const { id } = await prisma().user.create({
      data: { email: 'new@caprock.example', name: 'New', roles: ['manager'] },
    });
    await prisma().reportRead.createMany({
      data: kit.company.reportIds.map((reportId) => ({ reportId, userId: id })),
    });
    await prisma().reportRead.createMany({
      data: kit.company.reportIds.map((reportId) => ({ reportId, userId: kit.company.userIds.manager })),
      skipDuplicates: true,
    });
    expect(words((await manager.get('/today')).body)).toContain('You have read everything');
    await prisma().reportRead.deleteMany({
      where: { userId: kit.company.userIds.manager, report: { firstReadAt: null } },
    });
    await prisma().user.delete({ where: { id } });
  });
});

describe('Report', () => {
  const report = idOf('A-001');
  const own = idOf('A-005');

  test('is a letter with numbered units, values with their state, next steps', async () => {
    const newest = kit.company.reportIds[0];
    const { body } = await manager.get(`/reports/${newest}`);
    const text = words(body);
    expect(text).toContain('Wabash Valley Canning');
    expect(text).toContain('Barb Kessler (Plant Manager)');
    expect(text).toContain('$14,800 (deal)');
    expect(text).toContain('in the CRM');
    expect(text).toContain('suggested, 80% sure');
    expect(body).toContain('<span class="unit-text">It&#x27;s $14,800,</span>');
    const units = await prisma().thoughtUnit.count({ where: { reportId: newest } });
    expect(body.match(/class="unit-text"/g)?.length).toBe(units);
  });

  test('is read when a manager opens it, once, and not when an administrator does', async () => {
    const reportId = kit.company.reportIds[3] ?? '';
    const reads = () => prisma().reportRead.count({ where: { reportId } });
    expect(await reads()).toBe(0);
    await administrator.get(`/reports/${reportId}`);
    expect(await reads()).toBe(0);
    const page = await manager.get(`/reports/${reportId}`);
    expect(words(page.body)).toContain('Read by Margaret Oyelaran-Whitcombe today, 2:00 PM');
    await manager.get(`/reports/${reportId}`);
    expect(await reads()).toBe(1);
    const row = await prisma().report.findUniqueOrThrow({ where: { id: reportId } });
    expect(row.firstReadAt).toEqual(kit.clock.now());
  });

  test("a rep opens their own and is told nothing of another's", async () => {
    expect((await rep.get(`/reports/${own}`)).statusCode).toBe(200);
    expect(
      await prisma().reportRead.count({ where: { reportId: own, userId: kit.company.userIds.rep } }),
    ).toBe(0);
    const other = await rep.get(`/reports/${kit.company.reportIds[0]}`);
    const none = await rep.get(`/reports/${randomUUID()}`);
    expect([other.statusCode, none.statusCode]).toEqual([404, 404]);
    expect(words(other.body)).toBe(words(none.body));
  });

  test('a reply sent twice is one reply, and the speaker reads it', async () => {
    const requestId = randomUUID();
    const form = { text: 'Offer them the split case & a visit <soon>.', requestId };
    const [first, second] = await Promise.all([
      manager.post(`/reports/${own}/replies`, form),
      manager.post(`/reports/${own}/replies`, form),
    ]);
    expect([first.statusCode, second.statusCode]).toEqual([303, 303]);
    expect(first.headers.location).toBe(`/reports/${own}?replied=1#replies`);
    expect(await prisma().reply.count({ where: { reportId: own } })).toBe(1);
    const mine = (await rep.get('/my-reports')).body;
    expect(mine).toContain('Offer them the split case &amp; a visit &lt;soon&gt;.');
    expect(words((await rep.get(`/reports/${own}`)).body)).toContain('Offer them the split case');
  });

  test('a reply without words is refused and says what to do', async () => {
    const answer = await manager.post(`/reports/${own}/replies`, { text: '  ', requestId: randomUUID() });
    expect(answer.statusCode).toBe(400);
    expect(words(answer.body)).toContain('Write something, at most 2,000 characters');
  });

  test('a rep may not reply to the report of another', async () => {
    const answer = await rep.post(`/reports/${kit.company.reportIds[0]}/replies`, {
      text: 'Mine',
      requestId: randomUUID(),
    });
    expect(answer.statusCode).toBe(404);
  });

  test('"this is wrong" makes one task, which is settled once', async () => {
    const reportId = kit.company.reportIds[1] ?? '';
    const form = { subject: 'Stage: won', note: 'they have not signed' };
    const answers = await Promise.all([
      manager.post(`/reports/${reportId}/flags`, form),
      manager.post(`/reports/${reportId}/flags`, form),
    ]);
    expect(answers.map((answer) => answer.statusCode)).toEqual([303, 303]);
    const flags = await prisma().reportFlag.findMany({ where: { reportId } });
    expect(flags).toHaveLength(1);
    const text = words((await manager.get(`/reports/${reportId}`)).body);
    expect(text).toContain('Stage: won is marked as wrong by Margaret Oyelaran-Whitcombe');
    await manager.post(`/flags/${flags[0]?.id}/settle`, { settlement: 'They have signed by now.' });
    await manager.post(`/flags/${flags[0]?.id}/settle`, { settlement: 'Pressed twice.' });
    expect(words((await manager.get(`/reports/${reportId}`)).body)).not.toContain('marked as wrong');
    expect(await prisma().reportFlag.count({ where: { reportId } })).toBe(1);
  });

  test('a next step is ticked off where it stands, and back again', async () => {
    const step = await prisma().nextStep.findFirstOrThrow({
      where: { reportId: own, certainty: { not: 'refused' } },
      orderBy: { position: 'asc' },
    });
    const url = `/reports/${own}/steps/${step.position}/done`;
    const page = async (client: Client, path: string) => decode((await client.get(path)).body);
    const form = (html: string) => html.split('<form').find((part) => part.includes(`action="${url}"`)) ?? '';
    expect(form(await page(rep, `/reports/${own}`))).toContain('name="done" value="true"');
    expect(form(await page(rep, '/my-reports'))).toContain('>Done<');

    const answer = await rep.post(url, { done: 'true', back: '/my-reports' });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/my-reports']);
    expect(form(await page(rep, '/my-reports'))).toBe('');
    expect(form(await page(manager, `/customers/${(await accountOf(own)) ?? ''}`))).toBe('');
    expect(form(await page(manager, `/reports/${own}`))).toContain('Not done after all');
    expect(words((await administrator.get('/audit-log')).body)).toContain(
      `marked a next step as done in a report (step: ${step.position + 1})`,
    );

    const undone = await manager.post(url, { done: 'false' });
    expect(undone.headers.location).toBe(`/reports/${own}#steps`);
    expect(form(await page(rep, '/my-reports'))).toContain('>Done<');
    const away = await manager.post(url, { done: 'false', back: '//elsewhere.example' });
    expect(away.headers.location).toBe(`/reports/${own}#steps`);
  });

  test("another's next step is not a rep's to tick off, and a step that is none is not there", async () => {
    const other = kit.company.reportIds[0] ?? '';
    expect((await rep.post(`/reports/${other}/steps/0/done`, { done: 'true' })).statusCode).toBe(404);
    expect(await prisma().nextStep.count({ where: { reportId: other, doneAt: { not: null } } })).toBe(0);
    expect((await manager.post(`/reports/${own}/steps/x/done`, { done: 'true' })).statusCode).toBe(404);
    expect((await manager.post(`/reports/${own}/steps/99/done`, { done: 'true' })).statusCode).toBe(404);
    expect((await manager.post(`/reports/${own}/steps/0/done`)).statusCode).toBe(400);
  });

  test('after a correction the sentences stand as they are said, under whatever numbers', async () => {
    const { text, units } = await prisma()
      .report.findUniqueOrThrow({
        where: { id: own },
        select: {
          transcript: { select: { text: true } },
          units: { where: { retired: false }, orderBy: { startOffset: 'asc' }, include: { codes: true } },
        },
      })
      .then(({ transcript, units }) => ({ text: transcript.text, units }));
    // Sentences of the digest: the first that is no small talk gets other words, and so a new number.
    const first = units.findIndex(({ codes }) => codes.some(({ codeKey }) => codeKey !== 'admin'));
    const changed = units[first];
    if (!changed) throw new Error('the report has no such sentence');
    const corrected = `Correctly said, ${changed.text}`;
    const at = changed.startOffset;
    await correctTranscript(
      kit.platform,
      { afterFinalize: [] },
      {
        ...correctInput.parse({
          text: text.slice(0, at) + corrected + text.slice(changed.endOffset),
          version: 1,
          units: units.map((unit, index) => {
            const by = corrected.length - changed.text.length;
            return {
              start: unit.startOffset + (index > first ? by : 0),
              end: unit.endOffset + (index >= first ? by : 0),
              para: unit.newParagraph,
              codes: unit.codes.map(({ codeKey }) => codeKey),
            };
          }),
        }),
        reportId: own,
        userId: kit.company.userIds.transcriptionist,
      },
    );
    const renumbered = await prisma().thoughtUnit.findFirstOrThrow({
      where: { reportId: own, retired: false, text: corrected },
    });
    expect(renumbered.number).toBeGreaterThan(units.length);
    const { body } = await manager.get(`/reports/${own}`);
    const shown = [...body.matchAll(/data-unit="(\d+)"/g)].map((match) => Number(match[1]));
    expect(shown).toEqual(units.map(({ number }, index) => (index === first ? renumbered.number : number)));
    const mine = words((await rep.get('/my-reports')).body);
    expect(mine).toContain(words(`<main>${corrected}</main>`).trim());
  });

  test('what was said is never markup', async () => {
    await prisma().thoughtUnit.update({
      where: { reportId_number: { reportId: kit.company.reportIds[2] ?? report, number: 1 } },
      data: { text: '<script>alert(1)</script> & "quoted"' },
    });
    const { body } = await manager.get(`/reports/${kit.company.reportIds[2]}`);
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quoted&quot;');
    expect(body).not.toContain('<script>alert');
  });
});

describe('My reports', () => {
  test('shows what is on the way and who has read what', async () => {
    await prisma().dictation.create({
      data: {
        reference: '7654321',
        lineId: idOf('line'),
        speakerId: kit.company.userIds.rep,
        status: 'submitted',
        durationSeconds: 65,
        startedAt: kit.clock.now(),
        job: { create: { status: 'waiting', dueAt: new Date(kit.clock.now().getTime() + 3_600_000) } },
      },
    });
    const text = words((await rep.get('/my-reports')).body);
    expect(text).toContain('7654321 , said today, 2:00 PM, 1:05');
    expect(text).toContain('waiting to be written down, by today, 3:00 PM');
    expect(text).toContain('+1 800 555 0100');
    expect(text).toContain('City of Midland Utilities');
    expect(text).not.toContain('Wabash Valley Canning');
  });
});

describe('Search', () => {
  test('marks the hits, counts them and keeps reps to their own', async () => {
    const { body } = await manager.get('/search?q=seal');
    expect(body).toMatch(/<mark>seals?<\/mark>/);
    expect(words(body)).toMatch(/\d+ units in \d+ reports/);
    expect(body).toContain('<svg class="week-chart"');
    expect(words(body)).toMatch(/By region .+ By rep .+ In reports about .+ \d+/);
    const ofRep = words((await rep.get('/search?q=pump')).body);
    const all = words((await manager.get('/search?q=pump')).body);
    const count = (text: string) => Number(/(\d+) units/.exec(text)?.[1]);
    expect(count(ofRep)).toBeLessThan(count(all));
  });

  test('pages, keeping what was searched for', async () => {
    const first = decode((await manager.get('/search?q=code%3Apricing%2Cneed')).body);
    const next = /rel="next" href="([^"]+)"/.exec(first)?.[1] ?? '';
    expect(next).toMatch(/^\/search\?q=code%3Apricing%2Cneed&after=/);
    const second = decode((await manager.get(next)).body);
    const units = (html: string) => [...html.matchAll(/data-open href="([^"]+)"/g)].map((match) => match[1]);
    expect(units(second).length).toBeGreaterThan(0);
    expect(units(second).filter((unit) => units(first).includes(unit))).toEqual([]);
  });

  test('says when nobody has said it, and what to do about a filter that is none', async () => {
    expect(words((await manager.get('/search?q=xylophone')).body)).toContain('Nobody has said that');
    expect(words((await manager.get('/search?q=pump%20after%3Asoon')).body)).toContain(
      '“after:soon” is no date',
    );
  });
});

describe('Customers', () => {
  test('a customer is what is known before going in', async () => {
    const text = words((await manager.get(`/customers/${idOf('a37')}`)).body);
    expect(text).toContain('Wabash Valley Canning');
    expect(text).toContain('Barb Kessler Plant Manager');
    expect(text).toContain('$14,800 (deal)');
    expect(text).toContain("She'll sign the renewal and scan it to me by Friday.");
  });

  test('a rep finds own customers first and sees only what they said of others', async () => {
    const { body } = await rep.get('/customers');
    expect(body.indexOf('City of Midland Utilities')).toBeLessThan(body.indexOf('Buckeye Limestone'));
    const text = words((await rep.get(`/customers/${idOf('a37')}`)).body);
    expect(text).toContain('Nobody has reported about Wabash Valley Canning yet');
    expect(text).not.toContain('$14,800');
  });

  test('are found by another name', async () => {
    const text = words((await manager.get('/customers?q=cruces')).body);
    expect(text).toContain('Las Cruces Utilities');
    expect(text).not.toContain('Wabash');
  });
});

describe('CRM', () => {
  const failOne = async (status: 'failed' | 'conflict') => {
    const entry = await prisma().syncEntry.findFirstOrThrow({
      where: { status: 'written', targetField: 'stage', objectType: 'account' },
    });
    await prisma().syncEntry.update({
      where: { id: entry.id },
      data: { status, lastError: status === 'failed' ? 'Stage has no such choice.' : null, previous: 'lost' },
    });
    return entry;
  };

  beforeEach(async () => {
    await prisma().syncEntry.updateMany({
      where: { status: { in: ['failed', 'conflict'] } },
      data: { status: 'written' },
    });
  });

  test('a failure is a sentence with its remedy, which an administrator may use', async () => {
    const entry = await failOne('failed');
    const text = words((await administrator.get('/crm')).body);
    expect(text).toMatch(/Stage of .+ should be “\w+”\./);
    expect(text).toContain('Stage has no such choice.');
    expect(text).toContain('Try again');
    expect(words((await manager.get('/crm')).body)).not.toContain('Try again');
    const answer = await administrator.post(`/crm/entries/${entry.id}/retry`);
    expect(answer.statusCode).toBe(303);
    expect((await prisma().syncEntry.findUniqueOrThrow({ where: { id: entry.id } })).status).toBe('waiting');
    expect(words((await administrator.get('/crm')).body)).toContain('It is being written again.');
  });

  test('a conflict is settled either way, and the audit log has it', async () => {
    const entry = await failOne('conflict');
    expect(words((await administrator.get('/crm')).body)).toContain('but the CRM says “lost”');
    await administrator.post(`/crm/entries/${entry.id}/settle`, { keep: 'theirs' });
    expect((await prisma().syncEntry.findUniqueOrThrow({ where: { id: entry.id } })).status).toBe('skipped');
    expect(words((await administrator.get('/audit-log')).body)).toContain(
      'settled a value on its way to the CRM',
    );
  });

  test("a record's value names report and unit, and keeps what was there before an edit", async () => {
    const record = await prisma().crmRecord.findFirstOrThrow({
      where: { objectType: 'account', externalKey: 'a37' },
    });
    const page = (await administrator.get(`/crm/records/${record.id}`)).body;
    const text = words(page);
    expect(text).toContain('Stage Won');
    expect(text).toMatch(/Last meeting \w{3}, \w{3} \d+, 2026 from a report/);
    // Only who changes a text sees it as the CRM has it.
    const shown = page.match(/<p class="record-value">[^<]*/g) ?? [];
    expect(shown.length).toBeGreaterThan(4);
    expect(shown.join()).not.toMatch(/\d{4}-\d{2}-\d{2}/);
    expect(text).toMatch(/from a report, .+ report \d+, unit \d+/);
    const edit = {
      field: 'stage',
      text: 'service',
      revision: String(record.revision),
      requestId: randomUUID(),
    };
    expect((await administrator.post(`/crm/records/${record.id}`, edit)).statusCode).toBe(303);
    expect((await administrator.post(`/crm/records/${record.id}`, edit)).statusCode).toBe(303);
    const after = words((await administrator.get(`/crm/records/${record.id}`)).body);
    expect(after).toContain('Stage Service by a person in the CRM');
    expect(after).toContain('1 earlier value');
    const stale = { ...edit, text: 'lost', requestId: randomUUID() };
    expect((await administrator.post(`/crm/records/${record.id}`, stale)).statusCode).toBe(409);
    const wrong = { ...stale, revision: '', requestId: 'x' };
    expect((await administrator.post(`/crm/records/${record.id}`, wrong)).statusCode).toBe(400);
  });
});

describe('errors', () => {
  test('a page that is not there looks like ours and leads back', async () => {
    const page = await manager.get('/nowhere');
    expect(page.statusCode).toBe(404);
    expect(words(page.body)).toContain('There is nothing here');
    expect(page.body).toContain('class="bar-nav"');
  });

  test('a stranger who goes astray is shown the way in', async () => {
    const page = await kit.stranger().get('/nowhere');
    expect(page.statusCode).toBe(404);
    expect(page.body).toContain('href="/sign-in"');
    expect(page.body).not.toContain('class="bar-nav"');
  });

  test('security headers allow nothing but our own scripts and styles', async () => {
    const page = await manager.get('/today');
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self';");
    expect(page.body).not.toMatch(/ style="| onclick="|<script>|<style/);
    expect(page.headers['cache-control']).toBe('no-store');
  });
});

test('replies that were heard on the phone say so', async () => {
  const reportId = idOf('A-005');
  const replyId = await buildReply(kit.platform.database, {
    reportId,
    authorId: kit.company.userIds.manager,
    text: 'Heard already.',
    createdAt: kit.clock.now(),
  });
  await prisma().replyHearing.create({
    data: { replyId, userId: kit.company.userIds.rep, acknowledgedAt: kit.clock.now() },
  });
  expect(words((await manager.get(`/reports/${reportId}`)).body)).toContain(
    'Heard on the phone by Dale Hutchins, today, 2:00 PM',
  );
  expect(words((await rep.get('/my-reports')).body)).toContain('You heard it on the phone.');
});

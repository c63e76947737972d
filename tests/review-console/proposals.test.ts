import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProposal } from '../../proposals/create-proposal.ts';
import { requireProposal } from '../../proposals/get-proposal.ts';
import { type Client, type ConsoleKit, createConsoleKit, idOf } from './support/console-kit.ts';
import { storeTone } from './support/store-tone.ts';
import { storeAudio } from './workbench/store-audio.ts';

const OUTLINE = [
  '1 Technical approach',
  '1.1 Schedule [2 pages] — By when, and why it holds',
  '1.2 Sensors',
  '2 Price',
];

let kit: ConsoleKit;
let paula: Client;
beforeAll(async () => {
  kit = await createConsoleKit({ reports: 1 });
  paula = await kit.as('proposal_manager');
});
afterAll(() => kit.close());

const prisma = () => kit.platform.database.prisma;
/** What a page says, without its markup. */
const words = (html: string) =>
  html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&#x27;/g, "'")
    .replace(/\s+/g, ' ');

let references = 6_000_000;
async function addProposal(title = `Tempe ${randomUUID().slice(0, 8)}`) {
  const proposal = await createProposal(kit.platform, {
    title,
    customer: 'City of Tempe',
    sections: OUTLINE.map((line) => {
      const [number = '', ...rest] = line.split(' ');
      return { number, title: rest.join(' ').replace(/ [[—].*/, '') };
    }),
    memberIds: [idOf('r1'), idOf('r2')],
  });
  const contribute = async (
    number: string,
    { by = 'r1', text = null, seconds = 90 }: { by?: string; text?: string | null; seconds?: number } = {},
  ) => {
    const sectionId = proposal.sections.find((section) => section.number === number)?.id ?? '';
    references += 1;
    return prisma().contribution.create({
      data: {
        sectionId,
        contributorId: idOf(by),
        text,
        dictations: {
          create: {
            reference: String(references),
            lineId: idOf('line'),
            speakerId: idOf(by),
            status: text === null ? 'submitted' : 'transcribed',
            durationSeconds: seconds,
          },
        },
      },
      include: { dictations: true },
    });
  };
  return { ...proposal, contribute };
}

describe('the list', () => {
  test('says how a proposal is made when there is none, and what is missing when there are', async () => {
    expect(words((await paula.get('/proposals')).body)).toContain('No proposal yet');
    const { id, title, contribute } = await addProposal();
    await contribute('1.2');
    const page = await paula.get('/proposals');
    expect(page.body).toContain(`href="/proposals/${id}"`);
    expect(words(page.body)).toContain(`${title} City of Tempe 4 1 3 sections`);
  });
});

describe('a proposal is made', () => {
  test('with its outline pasted as lines and its contributors', async () => {
    const answer = await paula.post('/proposals', {
      title: 'Mesa pumps',
      customer: 'Mesa',
      dueOn: '2027-01-15',
      outline: OUTLINE.join('\r\n'),
      memberIds: [idOf('r1'), idOf('r2')],
    });
    expect(answer.statusCode).toBe(303);
    const id = String(answer.headers.location).split('/').at(-1) ?? '';
    const proposal = await requireProposal(kit.platform, id);
    expect(proposal).toMatchObject({ title: 'Mesa pumps', dueAt: new Date('2027-01-15T12:00:00Z') });
    expect(proposal.members).toHaveLength(2);
    expect(proposal.sections[1]).toMatchObject({
      number: '1.1',
      title: 'Schedule',
      pageLimit: 2,
      guidance: 'By when, and why it holds',
    });
    expect(words((await paula.get(`/proposals/${id}`)).body)).toContain('due Fri, Jan 15, 2027');
    const entry = await prisma().auditEntry.findFirstOrThrow({ where: { subjectId: id } });
    expect(entry.action).toBe('proposal.created');
  });

  test('not with a broken outline: each line is told, and nothing that was typed is lost', async () => {
    const before = await prisma().proposal.count();
    const page = await paula.post('/proposals', {
      title: 'Mesa valves',
      outline: 'Introduction\n1 Approach\n2',
      memberIds: idOf('r1'),
    });
    expect(page.statusCode).toBe(400);
    expect(words(page.body)).toContain('Line 1 does not begin with a section number');
    expect(words(page.body)).toContain('Line 3 has a number and no title');
    expect(page.body).toContain('value="Mesa valves"');
    expect(page.body).toContain('Introduction\n1 Approach');
    expect(page.body).toMatch(new RegExp(`value="${idOf('r1')}" checked`));
    expect(await prisma().proposal.count()).toBe(before);
    const untitled = await paula.post('/proposals', { title: ' ', outline: '1 Approach' });
    expect(untitled.statusCode).toBe(400);
    expect(untitled.body).toContain('Write a title.');
  });
});

describe('the overview', () => {
  test('shows coverage by section, contributors and the line', async () => {
    const { id, contribute } = await addProposal();
    await contribute('1.1', { text: 'Four words are here.', seconds: 90 });
    await contribute('1.1', { by: 'r2', seconds: 45 });
    await prisma().line.create({
      data: { number: '+15550100987', purpose: 'proposal', name: 'Bid line', proposalId: id },
    });
    const page = words((await paula.get(`/proposals/${id}`)).body);
    expect(page).toContain('Sections covered 1 of 4');
    expect(page).toContain('Contributions 2 Dictated 2:15 Words 4 Waiting for text 1');
    expect(page).toContain('1.1 Schedule 2 2 2:15 4 1 to type');
    expect(page).toContain('1.2 Sensors nothing yet');
    expect(page).toContain('Bid line: +1 555 010 0987');
    expect(page).toContain("has no PIN and can't call");
  });

  test('of an empty one says what to do', async () => {
    const { id } = await createProposal(kit.platform, { title: 'Bare' });
    const page = words((await paula.get(`/proposals/${id}`)).body);
    expect(page).toContain('No outline yet Paste it');
    expect(page).toContain('Choose who may dictate');
    expect(page).toContain('No line takes this proposal by name');
    expect(words((await paula.get(`/proposals/${id}/text`)).body)).toContain('Nothing to read yet');
  });

  test('does not show what was not said', async () => {
    const { id, contribute } = await addProposal();
    const { dictations } = await contribute('2');
    await prisma().dictation.updateMany({
      where: { id: { in: dictations.map((dictation) => dictation.id) } },
      data: { status: 'discarded' },
    });
    expect(words((await paula.get(`/proposals/${id}`)).body)).toContain('Sections covered 0 of 4');
  });
});

describe('the text', () => {
  test('reads like the document: sections with what each contributor said, in order', async () => {
    const { id, contribute } = await addProposal();
    await contribute('1.1', { by: 'r2', text: 'We deliver in March.\n\nIt holds, <b>because</b> we stock.' });
    await contribute('1.1', { by: 'r1', text: 'I agree.' });
    const page = await paula.get(`/proposals/${id}/text`);
    expect(page.body).toContain('id="section-1.1"');
    expect(page.body).not.toContain('<b>because</b>');
    const text = words(page.body);
    expect(text.indexOf('We deliver in March.')).toBeLessThan(text.indexOf('I agree.'));
    expect(text).toContain('1.2 Sensors Nothing yet.');
  });

  test('lets whoever runs proposals hear what is not typed yet, and no report', async () => {
    const { id, contribute } = await addProposal();
    const { dictations } = await contribute('2', { by: 'r2' });
    const dictationId = dictations[0]?.id ?? '';
    const audio = await storeAudio(kit.platform.objects, dictationId, 3);
    await prisma().dictation.update({ where: { id: dictationId }, data: audio });
    const page = await paula.get(`/proposals/${id}/text`);
    expect(words(page.body)).toContain('not typed yet');
    expect(page.body).toContain(`src="/api/v1/dictations/${dictationId}/audio"`);
    expect((await paula.get(`/api/v1/dictations/${dictationId}/audio`)).statusCode).toBe(200);
    const report = await prisma().report.findFirstOrThrow();
    await storeTone(kit.platform, report.id);
    expect((await paula.get(`/api/v1/dictations/${report.dictationId}/audio`)).statusCode).toBe(404);
    expect((await (await kit.as('rep')).get(`/api/v1/dictations/${dictationId}/audio`)).statusCode).toBe(404);
  });
});

describe('a correction', () => {
  async function typed() {
    const { id, contribute } = await addProposal();
    const { id: contributionId, dictations } = await contribute('2', { text: 'Ten procent.' });
    const dictationId = dictations[0]?.id ?? '';
    await prisma().transcript.create({ data: { dictationId, version: 1, text: 'Ten procent.' } });
    const correct = (text: string, version = 1) =>
      paula.post(`/proposals/${id}/contributions/${contributionId}`, {
        dictationId,
        version: String(version),
        text,
      });
    const now = async () => ({
      text: (await prisma().contribution.findUniqueOrThrow({ where: { id: contributionId } })).text,
      versions: await prisma().transcript.count({ where: { dictationId } }),
    });
    return { id, contributionId, correct, now };
  }

  test('is a new version in force; sent twice it is one', async () => {
    const { id, correct, now } = await typed();
    expect((await paula.get(`/proposals/${id}/text`)).body).toContain('Ten procent.</textarea>');
    expect((await correct('Ten percent.\r\n\r\nNot more.')).statusCode).toBe(303);
    expect((await correct('Ten percent.\r\n\r\nNot more.')).statusCode).toBe(303);
    expect(await now()).toEqual({ text: 'Ten percent.\n\nNot more.', versions: 2 });
    const page = words((await paula.get(`/proposals/${id}/text`)).body);
    expect(page).toContain('Ten percent.');
    expect(page).not.toContain('procent');
  });

  test('of what somebody else has corrected meanwhile, an empty one, or of nothing changes nothing', async () => {
    const { id, correct, now } = await typed();
    await correct('Ten percent.');
    expect((await correct('Eleven percent.')).statusCode).toBe(409);
    expect((await correct('  ', 2)).statusCode).toBe(400);
    const elsewhere = `/proposals/${id}/contributions/${randomUUID()}`;
    const fields = { dictationId: randomUUID(), version: '1', text: 'x' };
    expect((await paula.post(elsewhere, fields)).statusCode).toBe(404);
    expect(await now()).toEqual({ text: 'Ten percent.', versions: 2 });
  });
});

describe('the outline', () => {
  test('is edited as text; what was dictated stays in its section', async () => {
    const { id, contribute } = await addProposal();
    const { id: contributionId } = await contribute('1.2', { text: 'Said.' });
    expect((await paula.get(`/proposals/${id}/outline`)).body).toContain('1.1 Schedule');
    const saved = await paula.post(`/proposals/${id}/outline`, {
      outline: '1 Approach\n1.2 All about sensors\n1.3 Alarms',
    });
    expect(saved.statusCode).toBe(303);
    const { sections } = await requireProposal(kit.platform, id);
    expect(sections.map(({ number, title }) => `${number} ${title}`)).toEqual([
      '1 Approach',
      '1.2 All about sensors',
      '1.3 Alarms',
    ]);
    expect(sections[1]?.contributions[0]?.id).toBe(contributionId);
  });

  test('is not saved when it is broken or leaves out what was said', async () => {
    const { id, contribute } = await addProposal();
    await contribute('1.2', { text: 'Said.' });
    const broken = await paula.post(`/proposals/${id}/outline`, { outline: '1 A\n1.1' });
    expect(broken.statusCode).toBe(400);
    expect(words(broken.body)).toContain('Line 2 has a number and no title');
    const without = await paula.post(`/proposals/${id}/outline`, { outline: '1 A' });
    expect(without.statusCode).toBe(400);
    expect(words(without.body)).toContain('Somebody has dictated into section 1.2');
    expect((await requireProposal(kit.platform, id)).sections).toHaveLength(4);
  });
});

describe('contributors, dates, closing', () => {
  test('are changed together', async () => {
    const { id } = await addProposal();
    const form = await paula.get(`/proposals/${id}/edit`);
    expect(form.body).toMatch(new RegExp(`value="${idOf('r2')}" checked`));
    const saved = await paula.post(`/proposals/${id}`, {
      title: 'Renamed',
      customer: '',
      dueOn: '',
      memberIds: [idOf('r3')],
    });
    expect(saved.statusCode).toBe(303);
    const proposal = await requireProposal(kit.platform, id);
    expect(proposal).toMatchObject({ title: 'Renamed', customer: '', dueAt: null });
    expect(proposal.members.map((member) => member.id)).toEqual([idOf('r3')]);
    const refused = await paula.post(`/proposals/${id}`, { title: '', memberIds: [randomUUID()] });
    expect(refused.statusCode).toBe(400);
    const unknown = await paula.post(`/proposals/${id}`, { title: 'X', memberIds: [randomUUID()] });
    expect(unknown.statusCode).toBe(400);
    expect(words(unknown.body)).toContain('One of these people does not exist');
  });

  test('closing is told in the list and can be undone', async () => {
    const { id, title } = await addProposal();
    await paula.post(`/proposals/${id}/closed`, { closed: 'yes' });
    expect((await requireProposal(kit.platform, id)).closedAt).not.toBeNull();
    const list = words((await paula.get('/proposals')).body);
    expect(list.slice(list.indexOf(' Closed '))).toContain(title);
    await paula.post(`/proposals/${id}/closed`, { closed: 'no' });
    expect((await requireProposal(kit.platform, id)).closedAt).toBeNull();
  });
});

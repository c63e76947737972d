import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../../prisma/generated/client/client.ts';
import { chromiumBrowser } from '../../support/chromium.ts';
import { describeWith } from '../../support/describe-with.ts';
import { axeViolations, type BrowserKit, createBrowserKit, overflowOf } from '../support/browser-kit.ts';
import { buildProposal } from '../support/build-proposal.ts';
import { buildReply, idOf } from '../support/company.ts';
import { countFailures } from '../support/count-failures.ts';

const LONG_NAME = `${'Bundesverbandswasserwirtschaftsgenossenschaft '.repeat(2)}of the Greater Southwestern Metropolitan Area`;

const report = () => kit.company.reportIds[0];

const SCREENS: { name: string; role: Role | null; path: () => string }[] = [
  { name: 'sign-in', role: null, path: () => '/sign-in' },
  { name: 'today', role: 'manager', path: () => '/today' },
  { name: 'a list behind a number', role: 'manager', path: () => '/today/reports?list=timeliness' },
  {
    name: 'a topic',
    role: 'manager',
    path: () => '/today/topic?dimension=code&key=pricing&from=2026-11-12&to=2026-11-18',
  },
  { name: 'report', role: 'manager', path: () => `/reports/${report()}` },
  { name: 'former version of a report', role: 'manager', path: () => `/reports/${report()}/versions/1` },
  { name: 'correcting a text', role: 'administrator', path: () => `/reports/${report()}/correct` },
  { name: 'what a report wrote', role: 'administrator', path: () => `/reports/${report()}/crm` },
  { name: 'taking a report back', role: 'administrator', path: () => `/reports/${report()}/crm?undo=all` },
  { name: 'marked as wrong', role: 'manager', path: () => '/flags?whose=all' },
  { name: 'nothing marked as wrong', role: 'manager', path: () => '/flags' },
  { name: 'my reports', role: 'rep', path: () => '/my-reports' },
  { name: 'search before', role: 'manager', path: () => '/search' },
  { name: 'search', role: 'manager', path: () => '/search?q=pump' },
  { name: 'search without a hit', role: 'manager', path: () => '/search?q=nobodysaysthis' },
  { name: 'customers', role: 'manager', path: () => '/customers' },
  { name: 'customer', role: 'manager', path: () => `/customers/${idOf('a37')}` },
  { name: 'questions to reps', role: 'manager', path: () => '/questions' },
  { name: 'CRM', role: 'administrator', path: () => '/crm' },
  { name: 'records', role: 'administrator', path: () => '/crm/records' },
  { name: 'record', role: 'administrator', path: () => `/crm/records/${recordId}` },
  { name: 'people', role: 'administrator', path: () => '/people' },
  { name: 'person', role: 'administrator', path: () => `/people/${idOf('r1')}` },
  { name: 'wrong PINs', role: 'administrator', path: () => '/attempts' },
  { name: 'lines', role: 'administrator', path: () => '/lines' },
  { name: 'line', role: 'administrator', path: () => `/lines/${idOf('line')}` },
  { name: 'vocabulary', role: 'administrator', path: () => '/vocabulary?table=products' },
  { name: 'codebook', role: 'administrator', path: () => '/codebook' },
  { name: 'recordings in trouble', role: 'administrator', path: () => '/recordings' },
  { name: 'audit log', role: 'administrator', path: () => '/audit-log' },
  { name: 'proposals', role: 'proposal_manager', path: () => '/proposals' },
  { name: 'proposal', role: 'proposal_manager', path: () => `/proposals/${proposalId}` },
  { name: 'text of a proposal', role: 'proposal_manager', path: () => `/proposals/${proposalId}/text` },
  { name: 'outline of a proposal', role: 'proposal_manager', path: () => `/proposals/${proposalId}/outline` },
  { name: 'new proposal', role: 'proposal_manager', path: () => '/proposals/new' },
  { name: 'welcome', role: 'rep', path: () => '/welcome' },
];

let kit: BrowserKit;
let recordId: string;
let proposalId: string;

describeWith(chromiumBrowser, 'each screen in a browser', () => {
  beforeAll(async () => {
    kit = await createBrowserKit({ reports: 14, deliver: true });
    const { prisma } = kit.platform.database;
    recordId = (
      await prisma.crmRecord.findFirstOrThrow({ where: { objectType: 'account', values: { some: {} } } })
    ).id;
    await prisma.account.update({ where: { id: idOf('a37') }, data: { name: LONG_NAME } });
    await prisma.user.update({ where: { id: idOf('r1') }, data: { name: LONG_NAME } });
    await prisma.auditEntry.create({
      data: {
        action: 'user.changed',
        subjectType: 'user',
        subjectId: idOf('r1'),
        detail: { fields: ['name'] },
      },
    });
    await prisma.recording.create({
      data: {
        dictationId: idOf('A-040/dictation'),
        part: 1,
        status: 'dead',
        attempts: 12,
        lastError: 'The carrier answers 404 for this recording.',
      },
    });
    proposalId = await buildProposal(kit.platform, {
      lineId: idOf('line'),
      contributorIds: [idOf('r1'), idOf('r2')],
    });
    for (const reportId of kit.company.reportIds)
      await buildReply(kit.platform.database, {
        reportId,
        authorId: kit.company.userIds.manager,
        text: 'Thank you. Tell them that the answer comes on Friday.',
        createdAt: kit.clock.now(),
      });
    await prisma.reportFlag.create({
      data: { reportId: kit.company.reportIds[0] ?? '', subject: 'Stage: won', note: 'not signed yet' },
    });
    await countFailures(kit.platform, { userId: idOf('r1') }, 5);
    await countFailures(kit.platform, { shortNumber: '9', lineId: idOf('line'), fromNumber: null }, 20);
    const [entry] = await prisma.syncEntry.findMany({ where: { status: 'written' }, take: 1 });
    await prisma.syncEntry.update({
      where: { id: entry?.id ?? '' },
      data: { status: 'failed', lastError: 'The CRM does not know this field; add it there.' },
    });
  });
  afterAll(() => kit.close());

  const people = new Map<Role, ReturnType<BrowserKit['open']>>();
  const pageOf = async (role: Role) => {
    const known = people.get(role) ?? kit.open(role);
    people.set(role, known);
    return known;
  };

  test.each(SCREENS)(
    '$name: no fault of access, light or dark, wide or narrow',
    { timeout: 60_000 },
    async ({ role, path }) => {
      const { page, problems } = role
        ? await pageOf(role)
        : { page: await kit.browser.newPage({ baseURL: kit.address }), problems: [] };
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(path());
      expect(await page.title()).toMatch(/ · Dictaline$/);
      expect(await axeViolations(page)).toEqual([]);

      await page.emulateMedia({ colorScheme: 'dark' });
      await page.setViewportSize({ width: 360, height: 740 });
      await page.evaluate(() => {
        // What is folded away at first.
        document.querySelectorAll('main details').forEach((each) => {
          each.setAttribute('open', '');
        });
      });
      expect(await overflowOf(page)).toBe(0);
      expect(await axeViolations(page, 'look')).toEqual([]);
      expect(problems.splice(0)).toEqual([]);
    },
  );
});

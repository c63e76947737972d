import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../prisma/generated/client/client.ts';
import { type ConsoleKit, createConsoleKit, idOf } from './support/console-kit.ts';

const ROLES: readonly Role[] = [
  'rep',
  'transcriptionist',
  'supervisor',
  'manager',
  'proposal_manager',
  'administrator',
];
const ADMIN: readonly Role[] = ['administrator'];
const BIDDERS: readonly Role[] = ['proposal_manager', 'administrator'];
const TYPISTS: readonly Role[] = ['transcriptionist', 'supervisor', 'administrator'];
const GUIDE_READERS: readonly Role[] = [...TYPISTS, 'manager', 'proposal_manager'];
const SUPERVISORS: readonly Role[] = ['supervisor', 'administrator'];
const LEADERS: readonly Role[] = ['manager', 'administrator'];
const CODERS: readonly Role[] = ['transcriptionist', 'supervisor'];
const FLAGGERS: readonly Role[] = ['rep', ...CODERS, ...LEADERS];
const CODE_READERS: readonly Role[] = [...CODERS, ...LEADERS];

/** Let in by their role, and then told nothing of a report that is not theirs. */
const HIDDEN: Readonly<Record<string, readonly Role[]>> = {
  'GET /reports/:id': ['rep', 'transcriptionist'],
  'GET /reports/:id/review': ['rep', 'transcriptionist'],
  'GET /reports/:id/correct': ['transcriptionist'],
  'GET /reports/:id/versions/:version': ['rep', 'transcriptionist'],
};

let kit: ConsoleKit;
let recordId: string;
let connectorId: string;
let hookId: string;
let mappingKey: string;
let proposalId: string;
let classId: string;
let surveyId: string;

beforeAll(async () => {
  kit = await createConsoleKit({ reports: 3, deliver: true });
  const { prisma } = kit.platform.database;
  recordId = (await prisma.crmRecord.findFirstOrThrow({ where: { objectType: 'account' } })).id;
  proposalId = (await prisma.proposal.create({ data: { title: 'Tempe bid' } })).id;
  classId = (await prisma.turnaroundClass.findFirstOrThrow()).id;
  surveyId = (await prisma.survey.create({ data: { name: 'Customers' } })).id;
  connectorId = (await prisma.connector.findFirstOrThrow()).id;
  hookId = (await prisma.connector.create({ data: { kind: 'webhook', name: 'Hook', active: false } })).id;
  mappingKey = (await prisma.fieldMapping.findFirstOrThrow()).key;
});
afterAll(() => kit.close());

/** Open to strangers. */
const PUBLIC = ['GET /', 'GET /sign-in', 'POST /sign-in', 'GET /assets/*'];
/** Tested beside the screens of the workbench. */
const WORKBENCH = /^GET \/(queue|workbench)/;

interface Screen {
  route: string;
  path: () => string;
  roles: readonly Role[];
  /** Of those who are let in; what they then may see of it is tested with the screen. */
  status?: number;
}

const reportId = () => kit.company.reportIds[0] ?? '';
const some = randomUUID();

const SCREENS: Screen[] = [
  { route: 'GET /welcome', path: () => '/welcome', roles: ROLES },
  {
    route: 'GET /reports/:id/review',
    path: () => `/reports/${reportId()}/review`,
    roles: [...LEADERS, 'supervisor'],
  },
  { route: 'GET /reports/:id/correct', path: () => `/reports/${reportId()}/correct`, roles: SUPERVISORS },
  {
    route: 'GET /reports/:id/versions/:version',
    path: () => `/reports/${reportId()}/versions/1`,
    roles: [...LEADERS, 'supervisor'],
  },
  { route: 'GET /reports/:id/crm', path: () => `/reports/${reportId()}/crm`, roles: LEADERS },
  { route: 'GET /flags', path: () => '/flags', roles: FLAGGERS },
  { route: 'GET /today', path: () => '/today', roles: ['manager'] },
  { route: 'GET /today/reports', path: () => '/today/reports?list=in', roles: ['manager'] },
  {
    route: 'GET /today/topic',
    path: () => '/today/topic?dimension=code&key=pricing&from=2026-11-12&to=2026-11-18',
    roles: ['manager'],
  },
  { route: 'GET /supervision', path: () => '/supervision', roles: SUPERVISORS },
  { route: 'GET /accuracy', path: () => '/accuracy', roles: SUPERVISORS },
  {
    route: 'GET /accuracy/checks/:id',
    path: () => `/accuracy/checks/${some}`,
    roles: SUPERVISORS,
    status: 404,
  },
  { route: 'GET /my-work', path: () => '/my-work', roles: TYPISTS },
  { route: 'GET /expansions', path: () => '/expansions', roles: TYPISTS },
  { route: 'GET /expansions/:file', path: () => '/expansions/mine.csv', roles: TYPISTS },
  { route: 'GET /spelling-words', path: () => '/spelling-words', roles: TYPISTS },
  { route: 'GET /style-guide', path: () => '/style-guide', roles: GUIDE_READERS },
  { route: 'GET /style-guide/versions', path: () => '/style-guide/versions', roles: GUIDE_READERS },
  { route: 'GET /style-guide/edit', path: () => '/style-guide/edit', roles: ['supervisor', 'administrator'] },
  { route: 'GET /search', path: () => '/search?q=the%20pump', roles: ['rep', 'manager', 'administrator'] },
  { route: 'GET /customers', path: () => '/customers', roles: ['rep', 'manager', 'administrator'] },
  {
    route: 'GET /customers/:id',
    path: () => `/customers/${idOf('a37')}`,
    roles: ['rep', 'manager', 'administrator'],
  },
  { route: 'GET /reports/:id', path: () => `/reports/${reportId()}`, roles: [...LEADERS, 'supervisor'] },
  {
    route: 'GET /reports/:id/redact',
    path: () => `/reports/${reportId()}/redact`,
    roles: [...LEADERS, 'supervisor'],
  },
  { route: 'GET /surveys/:id/redact', path: () => `/surveys/${surveyId}/redact`, roles: LEADERS },
  {
    route: 'GET /surveys/:id/redact/:answerId',
    path: () => `/surveys/${surveyId}/redact/${some}`,
    roles: LEADERS,
    status: 404,
  },
  { route: 'GET /retention', path: () => '/retention', roles: ADMIN },
  { route: 'GET /questions', path: () => '/questions', roles: LEADERS },
  { route: 'GET /my-reports', path: () => '/my-reports', roles: ['rep'] },
  { route: 'GET /proposals', path: () => '/proposals', roles: BIDDERS },
  { route: 'GET /proposals/new', path: () => '/proposals/new', roles: BIDDERS },
  { route: 'GET /proposals/:id', path: () => `/proposals/${proposalId}`, roles: BIDDERS },
  { route: 'GET /proposals/:id/text', path: () => `/proposals/${proposalId}/text`, roles: BIDDERS },
  { route: 'GET /proposals/:id/edit', path: () => `/proposals/${proposalId}/edit`, roles: BIDDERS },
  { route: 'GET /proposals/:id/outline', path: () => `/proposals/${proposalId}/outline`, roles: BIDDERS },
  { route: 'GET /surveys', path: () => '/surveys', roles: LEADERS },
  { route: 'GET /surveys/new', path: () => '/surveys/new', roles: LEADERS },
  { route: 'GET /surveys/:id', path: () => `/surveys/${surveyId}`, roles: LEADERS },
  { route: 'GET /crm', path: () => '/crm', roles: LEADERS },
  {
    route: 'GET /crm/entries',
    path: () => `/crm/entries?connector=${connectorId}&status=written`,
    roles: LEADERS,
  },
  { route: 'GET /crm/connections', path: () => '/crm/connections', roles: LEADERS },
  { route: 'GET /crm/connections/new', path: () => '/crm/connections/new', roles: ADMIN },
  { route: 'GET /crm/connections/:id', path: () => `/crm/connections/${hookId}`, roles: LEADERS },
  {
    route: 'GET /crm/connections/:id/settings',
    path: () => `/crm/connections/${hookId}/settings`,
    roles: ADMIN,
  },
  { route: 'GET /crm/connections/:id/remove', path: () => `/crm/connections/${hookId}/remove`, roles: ADMIN },
  { route: 'GET /crm/connections/:id/doubts', path: () => `/crm/connections/${hookId}/doubts`, roles: ADMIN },
  {
    route: 'GET /crm/connections/:id/findings',
    path: () => `/crm/connections/${hookId}/findings`,
    roles: LEADERS,
  },
  { route: 'GET /crm/records', path: () => '/crm/records', roles: LEADERS },
  { route: 'GET /crm/records/:id', path: () => `/crm/records/${recordId}`, roles: LEADERS },
  { route: 'GET /crm/mapping', path: () => '/crm/mapping', roles: ADMIN },
  { route: 'GET /crm/mapping/:id', path: () => `/crm/mapping/${connectorId}`, roles: ADMIN },
  {
    route: 'GET /crm/mapping/:id/fields/new',
    path: () => `/crm/mapping/${connectorId}/fields/new`,
    roles: ADMIN,
  },
  {
    route: 'GET /crm/mapping/:id/fields/:key',
    path: () => `/crm/mapping/${connectorId}/fields/${mappingKey}`,
    roles: ADMIN,
  },
  { route: 'GET /crm/mapping/:id/dry-run', path: () => `/crm/mapping/${connectorId}/dry-run`, roles: ADMIN },
  {
    route: 'GET /crm/mapping/:id/versions',
    path: () => `/crm/mapping/${connectorId}/versions`,
    roles: ADMIN,
  },
  {
    route: 'GET /crm/mapping/:id/redeliver',
    path: () => `/crm/mapping/${connectorId}/redeliver`,
    roles: ADMIN,
  },
  {
    route: 'GET /crm/mapping/:id/mapping.json',
    path: () => `/crm/mapping/${connectorId}/mapping.json`,
    roles: ADMIN,
  },
  { route: 'GET /people', path: () => '/people', roles: ADMIN },
  { route: 'GET /people/new', path: () => '/people/new', roles: ADMIN },
  { route: 'GET /people/:id', path: () => `/people/${idOf('r1')}`, roles: ADMIN },
  { route: 'GET /attempts', path: () => '/attempts', roles: ADMIN },
  { route: 'GET /phone-settings', path: () => '/phone-settings', roles: ADMIN },
  { route: 'GET /my-keys', path: () => '/my-keys', roles: ['rep', 'proposal_manager'] },
  { route: 'GET /lines', path: () => '/lines', roles: ADMIN },
  { route: 'GET /lines/new', path: () => '/lines/new', roles: ADMIN },
  { route: 'GET /lines/:id', path: () => `/lines/${idOf('line')}`, roles: ADMIN },
  { route: 'GET /supervision/rules', path: () => '/supervision/rules', roles: SUPERVISORS },
  { route: 'GET /turnaround', path: () => '/turnaround', roles: ADMIN },
  { route: 'GET /turnaround/new', path: () => '/turnaround/new', roles: ADMIN },
  { route: 'GET /turnaround/:id', path: () => `/turnaround/${classId}`, roles: ADMIN },
  { route: 'GET /job-codes', path: () => '/job-codes', roles: ADMIN },
  { route: 'GET /prompts', path: () => '/prompts', roles: ADMIN },
  { route: 'GET /vocabulary', path: () => '/vocabulary', roles: ADMIN },
  { route: 'GET /vocabulary/:file', path: () => '/vocabulary/accounts.csv', roles: ADMIN },
  { route: 'GET /report-fields', path: () => '/report-fields', roles: ADMIN },
  { route: 'GET /report-fields/new', path: () => '/report-fields/new', roles: ADMIN },
  { route: 'GET /report-fields/fields.csv', path: () => '/report-fields/fields.csv', roles: ADMIN },
  { route: 'GET /report-fields/:key', path: () => '/report-fields/no_such', roles: ADMIN, status: 404 },
  { route: 'GET /codebook', path: () => '/codebook', roles: CODE_READERS },
  { route: 'GET /codebook/draft', path: () => '/codebook/draft', roles: SUPERVISORS, status: 404 },
  { route: 'GET /codebook/learning', path: () => '/codebook/learning', roles: ADMIN },
  {
    route: 'GET /codebook/draft/codes/:key',
    path: () => '/codebook/draft/codes/need',
    roles: SUPERVISORS,
    status: 404,
  },
  { route: 'GET /codebook/preview', path: () => '/codebook/preview', roles: SUPERVISORS, status: 404 },
  { route: 'GET /agreement', path: () => '/agreement', roles: CODE_READERS },
  { route: 'GET /agreement/disputes', path: () => '/agreement/disputes', roles: CODE_READERS },
  { route: 'GET /agreement/codes/:key', path: () => '/agreement/codes/need', roles: CODE_READERS },
  { route: 'GET /codings/:id', path: () => `/codings/${some}`, roles: CODERS, status: 404 },
  { route: 'GET /recordings', path: () => '/recordings', roles: ADMIN },
  { route: 'GET /audit-log', path: () => '/audit-log', roles: ADMIN },
];

/** What changes something; who may is all that is looked at here. */
const CHANGES: { route: string; path: () => string; roles: readonly Role[] }[] = [
  { route: 'POST /sign-out', path: () => '/sign-out', roles: ROLES },
  { route: 'POST /theme', path: () => '/theme', roles: ROLES },
  { route: 'POST /agreement/next', path: () => '/agreement/next', roles: CODERS },
  { route: 'POST /agreement/share', path: () => '/agreement/share', roles: ADMIN },
  { route: 'POST /codings/:id/settle', path: () => `/codings/${some}/settle`, roles: ['supervisor'] },
  ...['draft/begin', 'draft/discard', 'draft/add', 'apply', 'undo'].map((change) => ({
    route: `POST /codebook/${change}`,
    path: () => `/codebook/${change}`,
    roles: SUPERVISORS,
  })),
  ...['now', 'put', 'automatic'].map((change) => ({
    route: `POST /codebook/learning/${change}`,
    path: () => `/codebook/learning/${change}`,
    roles: ADMIN,
  })),
  ...['change', 'order', 'merge', 'retire', 'restore', 'take-example', 'drop-example'].map((change) => ({
    route: `POST /codebook/draft/codes/:key/${change}`,
    path: () => `/codebook/draft/codes/need/${change}`,
    roles: SUPERVISORS,
  })),
  {
    route: 'POST /supervision/rules/requirements',
    path: () => '/supervision/rules/requirements',
    roles: SUPERVISORS,
  },
  {
    route: 'POST /supervision/rules/conflicts',
    path: () => '/supervision/rules/conflicts',
    roles: SUPERVISORS,
  },
  {
    route: 'POST /supervision/rules/conflicts/:id/remove',
    path: () => `/supervision/rules/conflicts/${some}/remove`,
    roles: SUPERVISORS,
  },
  { route: 'POST /turnaround', path: () => '/turnaround', roles: ADMIN },
  { route: 'POST /turnaround/:id', path: () => `/turnaround/${classId}`, roles: ADMIN },
  { route: 'POST /turnaround/:id/active', path: () => `/turnaround/${classId}/active`, roles: ADMIN },
  { route: 'POST /turnaround/working-days', path: () => '/turnaround/working-days', roles: ADMIN },
  { route: 'POST /report-fields', path: () => '/report-fields', roles: ADMIN },
  { route: 'POST /report-fields/try', path: () => '/report-fields/try', roles: ADMIN },
  { route: 'POST /report-fields/import', path: () => '/report-fields/import', roles: ADMIN },
  { route: 'POST /report-fields/:key', path: () => '/report-fields/no_such', roles: ADMIN },
  { route: 'POST /report-fields/:key/switch', path: () => '/report-fields/no_such/switch', roles: ADMIN },
  { route: 'POST /job-codes', path: () => '/job-codes', roles: ADMIN },
  {
    route: 'POST /reports/:id/replies',
    path: () => `/reports/${reportId()}/replies`,
    roles: ['rep', 'transcriptionist', 'supervisor', 'manager', 'administrator'],
  },
  {
    route: 'POST /reports/:id/steps/:position/done',
    path: () => `/reports/${reportId()}/steps/0/done`,
    roles: ['rep', 'manager', 'administrator'],
  },
  {
    route: 'POST /reports/:id/flags',
    path: () => `/reports/${reportId()}/flags`,
    roles: ['rep', 'transcriptionist', 'supervisor', 'manager', 'administrator'],
  },
  { route: 'POST /reports/:id/correct', path: () => `/reports/${reportId()}/correct`, roles: TYPISTS },
  {
    route: 'POST /reports/:id/correct/preview',
    path: () => `/reports/${reportId()}/correct/preview`,
    roles: TYPISTS,
  },
  { route: 'POST /reports/:id/crm/undo', path: () => `/reports/${reportId()}/crm/undo`, roles: ADMIN },
  { route: 'POST /reports/:id/crm/anew', path: () => `/reports/${reportId()}/crm/anew`, roles: ADMIN },
  { route: 'POST /flags/:id/settle', path: () => `/flags/${some}/settle`, roles: FLAGGERS },
  { route: 'POST /flags/:id/owner', path: () => `/flags/${some}/owner`, roles: FLAGGERS },
  { route: 'POST /accuracy/sampling', path: () => '/accuracy/sampling', roles: SUPERVISORS },
  {
    route: 'POST /my-work/mistakes/:id/seen',
    path: () => `/my-work/mistakes/${some}/seen`,
    roles: TYPISTS,
  },
  { route: 'POST /expansions', path: () => '/expansions', roles: TYPISTS },
  { route: 'POST /expansions/import', path: () => '/expansions/import', roles: TYPISTS },
  { route: 'POST /expansions/:id/remove', path: () => `/expansions/${some}/remove`, roles: TYPISTS },
  { route: 'POST /spelling-words', path: () => '/spelling-words', roles: TYPISTS },
  { route: 'POST /spelling-words/:id/remove', path: () => `/spelling-words/${some}/remove`, roles: TYPISTS },
  { route: 'POST /style-guide', path: () => '/style-guide', roles: ['supervisor', 'administrator'] },
  { route: 'POST /questions', path: () => '/questions', roles: LEADERS },
  { route: 'POST /questions/:id/close', path: () => `/questions/${some}/close`, roles: LEADERS },
  { route: 'POST /customers/:id/number', path: () => `/customers/${some}/number`, roles: ADMIN },
  { route: 'POST /surveys', path: () => '/surveys', roles: LEADERS },
  {
    route: 'POST /surveys/:id/batches',
    path: () => `/surveys/${surveyId}/batches`,
    roles: LEADERS,
  },
  {
    route: 'POST /surveys/:id/batches/:batchId/revoke',
    path: () => `/surveys/${surveyId}/batches/${some}/revoke`,
    roles: LEADERS,
  },
  { route: 'POST /proposals', path: () => '/proposals', roles: BIDDERS },
  { route: 'POST /proposals/:id', path: () => `/proposals/${some}`, roles: BIDDERS },
  { route: 'POST /proposals/:id/outline', path: () => `/proposals/${some}/outline`, roles: BIDDERS },
  {
    route: 'POST /proposals/:id/contributions/:contributionId',
    path: () => `/proposals/${some}/contributions/${some}`,
    roles: BIDDERS,
  },
  { route: 'POST /proposals/:id/closed', path: () => `/proposals/${some}/closed`, roles: BIDDERS },
  { route: 'POST /crm/entries/:id/settle', path: () => `/crm/entries/${some}/settle`, roles: ADMIN },
  { route: 'POST /crm/entries/:id/retry', path: () => `/crm/entries/${some}/retry`, roles: ADMIN },
  { route: 'POST /crm/problems/:id/settle', path: () => `/crm/problems/${some}/settle`, roles: ADMIN },
  { route: 'POST /crm/connectors/:id/retry', path: () => `/crm/connectors/${some}/retry`, roles: ADMIN },
  { route: 'POST /crm/connections', path: () => '/crm/connections', roles: ADMIN },
  { route: 'POST /crm/connections/check', path: () => '/crm/connections/check', roles: ADMIN },
  ...['settings', 'check', 'switch', 'remove', 'import', 'reconcile'].map((act) => ({
    route: `POST /crm/connections/:id/${act}`,
    path: () => `/crm/connections/${some}/${act}`,
    roles: ADMIN,
  })),
  {
    route: 'POST /crm/connections/:id/doubts/:doubtId',
    path: () => `/crm/connections/${some}/doubts/${some}`,
    roles: ADMIN,
  },
  {
    route: 'POST /crm/connections/:id/findings/:findingId',
    path: () => `/crm/connections/${some}/findings/${some}`,
    roles: ADMIN,
  },
  { route: 'POST /crm/records/:id', path: () => `/crm/records/${some}`, roles: ADMIN },
  { route: 'POST /crm/mapping/:id/apply', path: () => `/crm/mapping/${some}/apply`, roles: ADMIN },
  { route: 'POST /crm/mapping/:id/discard', path: () => `/crm/mapping/${some}/discard`, roles: ADMIN },
  { route: 'POST /crm/mapping/:id/usual', path: () => `/crm/mapping/${some}/usual`, roles: ADMIN },
  { route: 'POST /crm/mapping/:id/fields', path: () => `/crm/mapping/${some}/fields`, roles: ADMIN },
  { route: 'POST /crm/mapping/:id/fields/try', path: () => `/crm/mapping/${some}/fields/try`, roles: ADMIN },
  {
    route: 'POST /crm/mapping/:id/fields/:key/remove',
    path: () => `/crm/mapping/${some}/fields/${some}/remove`,
    roles: ADMIN,
  },
  {
    route: 'POST /crm/mapping/:id/fields/:key/reset',
    path: () => `/crm/mapping/${some}/fields/${some}/reset`,
    roles: ADMIN,
  },
  {
    route: 'POST /crm/mapping/:id/versions/:number/bring-back',
    path: () => `/crm/mapping/${some}/versions/1/bring-back`,
    roles: ADMIN,
  },
  { route: 'POST /crm/mapping/:id/redeliver', path: () => `/crm/mapping/${some}/redeliver`, roles: ADMIN },
  { route: 'POST /crm/mapping/:id/import', path: () => `/crm/mapping/${some}/import`, roles: ADMIN },
  { route: 'POST /people', path: () => '/people', roles: ADMIN },
  { route: 'POST /people/:id', path: () => `/people/${some}`, roles: ADMIN },
  { route: 'POST /people/:id/password', path: () => `/people/${some}/password`, roles: ADMIN },
  { route: 'POST /people/:id/pin', path: () => `/people/${some}/pin`, roles: ADMIN },
  { route: 'POST /people/:id/active', path: () => `/people/${some}/active`, roles: ADMIN },
  { route: 'POST /attempts/unlock', path: () => '/attempts/unlock', roles: ADMIN },
  { route: 'POST /phone-settings', path: () => '/phone-settings', roles: ADMIN },
  { route: 'POST /my-keys', path: () => '/my-keys', roles: ['rep', 'proposal_manager'] },
  { route: 'POST /lines', path: () => '/lines', roles: ADMIN },
  { route: 'POST /retention/:id', path: () => `/retention/${some}`, roles: ADMIN },
  { route: 'POST /lines/:id', path: () => `/lines/${some}`, roles: ADMIN },
  {
    route: 'POST /prompts/:language/:promptId/:piece/remove',
    path: () => '/prompts/en-US/goodbye/0/remove',
    roles: ADMIN,
  },
  {
    route: 'POST /prompts/:language/:promptId/:piece/audio',
    path: () => '/prompts/en-US/goodbye/0/audio',
    roles: ADMIN,
  },
  { route: 'POST /vocabulary/:table', path: () => '/vocabulary/accounts', roles: ADMIN },
  { route: 'POST /recordings/:id/restart', path: () => `/recordings/${some}/restart`, roles: ADMIN },
];

test('every route of the console is known to this test', () => {
  const tested = [
    ...PUBLIC,
    ...SCREENS.map((screen) => screen.route),
    ...CHANGES.map((change) => change.route),
  ];
  const events = ['GET /events'];
  const unknown = kit.routes.filter(
    (route) => ![...tested, ...events].includes(route) && !WORKBENCH.test(route),
  );
  expect(unknown).toEqual([]);
  expect([...tested, ...events].filter((route) => !kit.routes.includes(route))).toEqual([]);
});

describe('a stranger gets nothing', () => {
  test.each(SCREENS)('$route', async ({ path }) => {
    const page = await kit.stranger().get(path());
    expect(page.statusCode).toBe(303);
    expect(page.headers.location).toBe(`/sign-in?next=${encodeURIComponent(path())}`);
    expect(page.body).toBe('');
    const program = await kit.app.inject({ url: path(), headers: { accept: 'application/json' } });
    expect(program.statusCode).toBe(401);
    expect(program.json()).toEqual({ error: { code: 'unauthenticated', message: 'Sign in first.' } });
  });

  test('GET /events', async () => {
    const answer = await kit.app.inject({ url: '/events', headers: { accept: 'text/event-stream' } });
    expect(answer.statusCode).toBe(401);
  });

  test.each(CHANGES)('$route', async ({ path }) => {
    expect((await kit.stranger().post(path())).statusCode).toBe(401);
  });
});

describe('a role that may not gets 403, one that may gets the screen', () => {
  for (const { route, path, roles } of SCREENS) {
    test.each(ROLES)(`${route} as %s`, async (role) => {
      const page = await (await kit.as(role)).get(path());
      // Another person's report is not told of at all.
      const hidden = HIDDEN[route]?.includes(role) ? 404 : 403;
      expect(page.statusCode).toBe(
        roles.includes(role) ? (SCREENS.find((screen) => screen.route === route)?.status ?? 200) : hidden,
      );
      if (!roles.includes(role)) expect(page.body).toContain('<h1>');
    });
  }

  for (const { route, path, roles } of CHANGES) {
    const refused = ROLES.filter((role) => !roles.includes(role));
    if (refused.length > 0)
      test.each(refused)(`${route} as %s`, async (role) => {
        expect((await (await kit.as(role)).post(path())).statusCode).toBe(403);
      });
  }
});

describe('without the token of a page of ours nothing is changed', () => {
  test.each(CHANGES.filter(({ route }) => route !== 'POST /sign-out'))('$route', async ({ path, roles }) => {
    const role = roles.includes('administrator') ? 'administrator' : (roles[0] ?? 'administrator');
    const answer = await (await kit.as(role)).post(path(), { _csrf: '' });
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain('too old');
  });
});

test('an address with something else than an id leads to a page that says so', async () => {
  for (const path of [
    '/reports/1',
    '/customers/x',
    '/crm/records/',
    '/people/1',
    '/lines/9',
    '/proposals/9',
    '/today/reports?list=all',
  ]) {
    const administrator = path.startsWith('/today') ? 'manager' : 'administrator';
    const page = await (await kit.as(administrator)).get(path);
    expect([path, page.statusCode]).toEqual([path, 404]);
    expect(page.body).toContain('There is nothing');
  }
});

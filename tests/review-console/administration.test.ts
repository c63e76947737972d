import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashPassword } from '../../platform/auth/passwords.ts';
import { verifyPin } from '../../platform/auth/pins.ts';
import { PASSWORD } from './support/company.ts';
import { Client, type ConsoleKit, createConsoleKit, idOf } from './support/console-kit.ts';

let kit: ConsoleKit;
let administrator: Client;

beforeAll(async () => {
  kit = await createConsoleKit({ reports: 1 });
  administrator = await kit.as('administrator');
});
afterAll(() => kit.close());

const prisma = () => kit.platform.database.prisma;
const audits = (subjectId: string) =>
  prisma().auditEntry.findMany({ where: { subjectId }, orderBy: { at: 'asc' } });

const person = {
  name: 'Nora Quist',
  email: 'Nora@Caprock.example',
  roles: ['rep', 'manager'],
  shortNumber: '345',
  phones: '+1 602 555 0134\n+1 602 555 0135',
  territory: '',
  region: 'Midwest',
  managerId: '',
  timeZone: 'America/Denver',
};

describe('People', () => {
  test('a person is added with roles and phones, and the audit log says who did it', async () => {
    const answer = await administrator.post('/people', person);
    const user = await prisma().user.findUniqueOrThrow({
      where: { email: 'nora@caprock.example' },
      include: { phones: { orderBy: { number: 'asc' } } },
    });
    expect(answer.headers.location).toBe(`/people/${user.id}`);
    expect(user).toMatchObject({
      name: 'Nora Quist',
      roles: ['rep', 'manager'],
      shortNumber: '345',
      region: 'Midwest',
    });
    expect(user.phones.map((phone) => phone.number)).toEqual(['+16025550134', '+16025550135']);
    const [entry] = await audits(user.id);
    expect(entry).toMatchObject({ action: 'user.created', actorId: kit.company.userIds.administrator });
    expect(JSON.stringify(entry?.detail)).not.toContain('6025550134');
  });

  test('what is wrong is said beside its field, and what was typed stays', async () => {
    const answer = await administrator.post('/people', { ...person, email: 'nobody', shortNumber: '1' });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('Write an e-mail address, like ana@example.com.');
    expect(answer.body).toContain('A short number has 3 to 8 digits.');
    expect(answer.body).toContain('value="Nora Quist"');
    const taken = await administrator.post('/people', person);
    expect([taken.statusCode, taken.body.includes('Somebody already has this')]).toEqual([400, true]);
  });

  test('a PIN is shown once and kept only as a hash', async () => {
    const { body } = await administrator.post(`/people/${idOf('r2')}/pin`);
    const pin = /issued-pin">(\d{6})</.exec(body)?.[1] ?? '';
    const user = await prisma().user.findUniqueOrThrow({ where: { id: idOf('r2') } });
    expect(await verifyPin(kit.platform.config.secret, user.pinHash, pin)).toBe(true);
    expect(user.pinMustChange).toBe(true);
    expect((await administrator.get(`/people/${idOf('r2')}`)).body).not.toContain(pin);
    expect(JSON.stringify(await audits(idOf('r2')))).not.toContain(pin);
  });

  test('a new password ends the sessions under the old one', async () => {
    const transcriptionist = await kit.as('transcriptionist');
    expect((await transcriptionist.get('/welcome')).statusCode).toBe(200);
    const short = await administrator.post(`/people/${idOf('transcriptionist')}/password`, {
      password: 'short',
    });
    expect([short.statusCode, short.body.includes('at least 10 characters')]).toEqual([400, true]);
    await administrator.post(`/people/${idOf('transcriptionist')}/password`, {
      password: 'another long password',
    });
    const page = await transcriptionist.get('/queue');
    expect(page.headers.location).toBe('/sign-in?next=%2Fqueue');
    expect((await transcriptionist.get('/sign-in?next=%2Fqueue')).body).toContain('Your session has ended.');
  });

  test('a deactivated person is out at once and can be let in again', async () => {
    const manager = await kit.as('manager');
    await administrator.post(`/people/${idOf('manager')}/active`, { active: 'no' });
    expect((await manager.get('/today')).statusCode).toBe(303);
    expect((await administrator.get('/people')).body).not.toContain('Margaret');
    expect((await administrator.get('/people?inactive=yes')).body).toContain('Margaret');
    await administrator.post(`/people/${idOf('manager')}/active`, { active: 'yes' });
    expect((await manager.get('/today')).statusCode).toBe(200);
  });

  test('administrators cannot lock themselves out', async () => {
    const self = kit.company.userIds.administrator;
    const role = await administrator.post(`/people/${self}`, {
      ...person,
      name: 'Ada Lund',
      email: kit.company.emails.administrator,
      shortNumber: '',
      phones: '',
      roles: 'rep',
    });
    expect([role.statusCode, role.body.includes('take the role of administrator from yourself')]).toEqual([
      400,
      true,
    ]);
    expect((await administrator.post(`/people/${self}/active`, { active: 'no' })).statusCode).toBe(403);
    expect((await administrator.get('/people')).statusCode).toBe(200);
  });

  test('are found by name, role and region', async () => {
    const { body } = await administrator.get('/people?q=midwest&role=rep');
    expect(body).toContain('Tucker Boone');
    expect(body).not.toContain('Dale Hutchins');
  });
});

describe('Lines', () => {
  const line = {
    name: 'Survey line',
    number: '+1 602 555 0199',
    purpose: 'survey',
    language: 'en-US',
    turnaroundHours: '0.5',
    keepAudioDays: '',
  };

  test('a line is added, changed and switched off', async () => {
    expect((await administrator.post('/lines', line)).statusCode).toBe(303);
    const row = await prisma().line.findUniqueOrThrow({ where: { number: '+16025550199' } });
    expect(row).toMatchObject({
      purpose: 'survey',
      turnaroundMinutes: 30,
      keepAudioDays: null,
      active: true,
    });
    await administrator.post(`/lines/${row.id}`, { ...line, name: 'Customers', keepAudioDays: '30' });
    expect(await prisma().line.findUniqueOrThrow({ where: { id: row.id } })).toMatchObject({
      name: 'Customers',
      keepAudioDays: 30,
      active: false,
    });
    expect((await audits(row.id)).map((entry) => entry.action)).toEqual(['line.created', 'line.changed']);
  });

  test('what is wrong is said', async () => {
    const answer = await administrator.post('/lines', { ...line, number: '12', turnaroundHours: 'soon' });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('Write the number that is dialed.');
    expect(answer.body).toContain('Write hours, like 4 or 0.5.');
    expect((await administrator.post('/lines', line)).body).toContain(
      'There is a line with this number already.',
    );
  });
});

describe('Vocabulary', () => {
  test('what is exported is imported again without a change', async () => {
    const csv = (await administrator.get('/vocabulary/accounts.csv')).body;
    expect(csv.split('\n')[0]).toBe('id,name,aliases,city,state,region,lifecycle,owner');
    // The first import gives each account its number for the phone; from then on it keeps it.
    expect((await administrator.post('/vocabulary/accounts', { csv })).statusCode).toBe(303);
    const before = await prisma().account.findMany({ orderBy: { externalId: 'asc' } });
    expect(before.filter(({ shortNumber }) => shortNumber === null)).toEqual([]);
    expect((await administrator.post('/vocabulary/accounts', { csv })).statusCode).toBe(303);
    expect(await prisma().account.findMany({ orderBy: { externalId: 'asc' } })).toEqual(before);
    expect((await audits('accounts')).at(-1)).toMatchObject({
      action: 'vocabulary.imported',
      detail: { rows: 40 },
    });
  });

  test('rows are added and changed, with several names in a cell', async () => {
    const csv = 'id;name;aliases\r\np14;RanchMate Booster Pump;RanchMate; "the booster"\r\n';
    const wrong = await administrator.post('/vocabulary/products', { csv });
    expect(wrong.statusCode).toBe(400);
    const right = 'id,name,aliases\np14,RanchMate 2 Booster,"RanchMate; the booster"\np99,Well Wizard,\n';
    await administrator.post('/vocabulary/products', { csv: right });
    expect(await prisma().product.findUniqueOrThrow({ where: { externalId: 'p14' } })).toMatchObject({
      name: 'RanchMate 2 Booster',
      aliases: ['RanchMate', 'the booster'],
      active: true,
    });
    expect((await administrator.get('/vocabulary?table=products&q=wizard')).body).toContain('Well Wizard');
    expect(await prisma().product.count({ where: { active: true } })).toBe(15);
  });

  test('a file that is wrong changes nothing and says where', async () => {
    const contacts = await prisma().contact.count();
    const answer = await administrator.post('/vocabulary/contacts', {
      csv: 'id,name,title,account\nc900,Ann Lee,Buyer,a01\nc901,Bob Ray,,nowhere\n',
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('Contact c901 belongs to account nowhere, which is not there.');
    expect(answer.body).toContain('c900,Ann Lee,Buyer,a01');
    expect(await prisma().contact.count()).toBe(contacts);
  });
});

describe('Recordings in trouble', () => {
  test('one is tried again, once for two presses', async () => {
    const { id } = await prisma().recording.create({
      data: {
        dictationId: idOf('A-040/dictation'),
        part: 1,
        status: 'dead',
        attempts: 12,
        lastError: 'gone',
      },
    });
    expect((await administrator.get('/recordings')).body).toContain('Try again');
    const answers = await Promise.all([
      administrator.post(`/recordings/${id}/restart`),
      administrator.post(`/recordings/${id}/restart`),
    ]);
    expect(answers.map((answer) => answer.statusCode)).toEqual([303, 303]);
    expect(await prisma().recording.findUniqueOrThrow({ where: { id } })).toMatchObject({
      status: 'announced',
      attempts: 0,
    });
    expect((await administrator.get('/recordings')).body).toContain('Every recording is in');
    expect(await audits(id)).toHaveLength(1);
  });
});

describe('sign-in', () => {
  const homes = [
    ['rep', '/my-reports'],
    ['transcriptionist', '/queue'],
    ['supervisor', '/supervision'],
    ['manager', '/today'],
    ['proposal_manager', '/proposals'],
    ['administrator', '/crm'],
  ] as const;

  test.each(homes)('%s lands on %s', async (role, home) => {
    await prisma().user.update({
      where: { id: kit.company.userIds[role] },
      data: { passwordHash: await hashPassword(PASSWORD), sessionEpoch: 0 },
    });
    const client = new Client(kit.app);
    const answer = await client.post('/sign-in', { email: kit.company.emails[role], password: PASSWORD });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, home]);
    expect((await client.get('/')).headers.location).toBe(home);
    expect((await client.get(home)).statusCode).toBe(200);
    expect((await client.post('/sign-out')).headers.location).toBe('/sign-in');
    expect((await client.get(home)).statusCode).toBe(303);
  });

  test('leads back to where one wanted to go, on this site only', async () => {
    const credentials = { email: kit.company.emails.manager, password: PASSWORD };
    const to = async (next: string) =>
      (await new Client(kit.app).post('/sign-in', { ...credentials, next })).headers.location;
    expect(await to('/search?q=pump')).toBe('/search?q=pump');
    expect(await to('//evil.example')).toBe('/today');
    expect(await to('/\\evil.example')).toBe('/today');
    expect(await to('https://evil.example')).toBe('/today');
  });

  test('a wrong password and an unknown e-mail are told the same', async () => {
    const wrong = await new Client(kit.app).post('/sign-in', {
      email: kit.company.emails.rep,
      password: 'wrong',
    });
    const unknown = await new Client(kit.app).post('/sign-in', {
      email: 'who@caprock.example',
      password: 'wrong',
    });
    expect([wrong.statusCode, unknown.statusCode]).toEqual([401, 401]);
    const said = (html: string) => /role="alert"><p>([^<]+)</.exec(html)?.[1];
    expect(said(wrong.body)).toBeTruthy();
    expect(said(wrong.body)).toBe(said(unknown.body));
  });

  test('colors are chosen for this browser', async () => {
    const client = await kit.as('proposal_manager');
    await client.post('/sign-in', { email: kit.company.emails.proposal_manager, password: PASSWORD });
    const answer = await client.post('/theme', { theme: 'dark', back: '/proposals' });
    expect(answer.headers.location).toBe('/proposals');
    expect((await client.get('/proposals')).body).toContain('<html lang="en" data-theme="dark">');
  });
});

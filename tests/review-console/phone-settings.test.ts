import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KEY_MAPS, pauseCommandOf } from '../../ivr/flow/dictating/key-maps.ts';
import { keyMapTable } from '../../review-console/phone/key-map-table.ts';
import { readPhoneSettings } from '../../transcription/intake/phone-settings.ts';
import { type Client, type ConsoleKit, createConsoleKit, idOf } from './support/console-kit.ts';

let kit: ConsoleKit;
let administrator: Client;

beforeAll(async () => {
  kit = await createConsoleKit({ reports: 1 });
  administrator = await kit.as('administrator');
});
afterAll(() => kit.close());

const settings = () => readPhoneSettings(kit.platform.database.pool);
const keyMapOf = async (id: string) =>
  (await kit.platform.database.prisma.user.findUniqueOrThrow({ where: { id } })).keyMap;
const FORM = { keyMap: 'record_on_2', resumeMinutes: '15', resumeAfterFailureMinutes: '90', holdHours: '48' };

describe('Phone', () => {
  test('shows what holds, with the keys of each map', async () => {
    const { body } = await administrator.get('/phone-settings');
    expect(body).toMatch(/<option value="standard" selected>Standard<\/option>/);
    expect(body).toContain('value="24"');
    expect(body).toContain('Hear the last ten seconds');
  });

  test('is saved, and the audit log says who did it', async () => {
    expect((await administrator.post('/phone-settings', FORM)).headers.location).toBe('/phone-settings');
    expect(await settings()).toEqual({
      keyMap: 'record_on_2',
      resumeMinutes: 15,
      resumeAfterFailureMinutes: 90,
      holdHours: 48,
    });
    const [entry] = await kit.platform.database.prisma.auditEntry.findMany({
      where: { action: 'phone.settings_changed' },
    });
    expect(entry).toMatchObject({ actorId: kit.company.userIds.administrator, subjectId: 'phone' });
    const log = await administrator.get('/audit-log');
    expect(log.body).toContain('changed the settings of the phone');
  });

  test('what is wrong is said beside its field, what was typed stays, nothing is saved', async () => {
    const before = await settings();
    const answer = await administrator.post('/phone-settings', {
      ...FORM,
      resumeMinutes: 'soon',
      holdHours: '0',
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('Write a number of minutes.');
    expect(answer.body).toContain('At least 1.');
    expect(answer.body).toContain('value="soon"');
    expect((await administrator.post('/phone-settings', { ...FORM, keyMap: 'qwerty' })).statusCode).toBe(400);
    expect(await settings()).toEqual(before);
  });
});

describe('a person’s keys', () => {
  test('are chosen by an administrator', async () => {
    const id = idOf('r1');
    const { name, email, roles, timeZone } = await kit.platform.database.prisma.user.findUniqueOrThrow({
      where: { id },
    });
    const person = { name, email, roles, timeZone };
    await administrator.post(`/people/${id}`, { ...person, keyMap: 'record_on_1' });
    expect(await keyMapOf(id)).toBe('record_on_1');
    expect((await administrator.get(`/people/${id}`)).body).toMatch(/value="record_on_1" selected/);
    await administrator.post(`/people/${id}`, { ...person, keyMap: '' });
    expect(await keyMapOf(id)).toBeNull();
    expect((await administrator.post(`/people/${id}`, { ...person, keyMap: 'x' })).statusCode).toBe(400);
  });

  test('are chosen by themselves', async () => {
    const rep = await kit.as('rep');
    expect((await rep.post('/my-keys', { keyMap: 'record_on_1' })).headers.location).toBe('/my-keys');
    const { body } = await rep.get('/my-keys');
    expect(body).toMatch(/<option value="record_on_1" selected>/);
    expect(body).toContain('As the company has it: Record on 2');
    await rep.post('/my-keys', { keyMap: '' });
    expect((await rep.get('/my-keys')).body).not.toContain('selected');
  });
});

test('the table has a key for every command of every map', () => {
  const maps = Object.entries(KEY_MAPS).map(([name, { paused, recording, confirm }]) => ({
    name,
    recording: Object.entries(recording).map(([key, command]) => ({ key, command })),
    paused: paused.map(([key, command]) => ({ key, command })),
    confirm,
  }));
  const { groups } = keyMapTable(maps);
  for (const { rows } of groups) for (const { keys } of rows) expect(keys).not.toContain('');
  const paused = groups[1]?.rows ?? [];
  expect(paused.find(({ label }) => label === 'Go on')?.keys).toEqual(['1', '1', '2']);
  const [, , play] = paused;
  expect(play?.keys[2]).toBe('8 or 7');
  expect(pauseCommandOf(KEY_MAPS.record_on_2, '7')).toBe('play_all');
});

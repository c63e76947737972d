import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkConnection, checkEntered } from '../../../crm-sync/connections/check-connection.ts';
import { readInputs } from '../../../crm-sync/connections/connection-inputs.ts';
import { getConnection } from '../../../crm-sync/connections/list-connections.ts';
import {
  changeConnection,
  createConnection,
  removeConnection,
  switchConnection,
} from '../../../crm-sync/connections/write-connection.ts';
import { createCredentialStore, credentialBox } from '../../../crm-sync/connectors/credentials.ts';
import { createOpenConnector } from '../../../crm-sync/connectors/open-connector.ts';
import type { Platform } from '../../../platform/platform.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { createPlayingCrm } from '../playing-crm.ts';

const crm = createPlayingCrm();
let kit: TestPlatform;
let platform: Platform;
let actorId: string;
let made = 0;

beforeAll(async () => {
  kit = await createTestPlatform();
  ({ platform } = kit);
  const { id } = await platform.database.prisma.user.create({
    data: { email: 'admin@example.com', name: 'Ada', roles: ['administrator'] },
  });
  actorId = id;
});
afterAll(() => kit.close());

const settings = { origin: 'https://crm.example', edition: 'small', perSecond: '' };

async function connect(secrets: Record<string, string> = { token: crm.token }): Promise<string> {
  made += 1;
  const entered = { name: `CRM ${made}`, settings, secrets, keepSecrets: true };
  return (await createConnection(platform, crm.kind, { entered, actorId })).id;
}

const credentialsOf = (id: string, secret = platform.config.secret) =>
  createCredentialStore(platform.database, credentialBox({ secret }), id);
const deps = () => ({ ...platform, openConnector: createOpenConnector(platform, [crm.kind]) });

describe('what is filled in', () => {
  const fields = { name: 'CRM', origin: 'https://crm.example', edition: 'small', token: 'x' };

  test.each([
    [{}, {}],
    [{ name: ' ' }, { name: 'Give the connection a name.' }],
    [{ origin: '' }, { origin: 'Fill in Address.' }],
    [{ origin: 'crm.example' }, { origin: 'Write Address as an address, like https://example.com.' }],
    [{ origin: 'http://crm.example' }, { origin: expect.stringContaining('https://') }],
    [{ origin: 'http://localhost:8080' }, {}],
    [
      { origin: 'https://me:secret@crm.example' },
      { origin: expect.stringContaining('Leave user and password out') },
    ],
    [{ origin: 'https://wrong.example' }, { origin: 'That address belongs to nobody.' }],
    [{ edition: 'huge' }, { edition: 'Choose one of the list for Edition.' }],
    [{ perSecond: 'many' }, { perSecond: 'Requests a second is a number.' }],
    [{ token: ' ' }, { token: 'Fill in Access token.' }],
  ])('%j', (change, errors) => {
    const read = readInputs(crm.kind, { ...fields, ...change }, null);
    expect(read.ok ? {} : read.errors).toEqual(errors);
  });

  const kept = { settings: { origin: 'https://crm.example/a' }, keys: ['token'] };

  test('secrets are not sent to another address than the one that they were entered for', () => {
    const moved = { ...fields, origin: 'https://elsewhere.example', token: '' };
    expect(readInputs(crm.kind, moved, kept)).toMatchObject({
      ok: false,
      errors: { token: 'Fill in Access token.', form: expect.stringContaining('not sent to another') },
    });
    expect(readInputs(crm.kind, { ...moved, token: 'new' }, kept)).toMatchObject({
      ok: true,
      entered: { keepSecrets: false },
    });
  });

  test('a secret that is kept may be left blank, and only what was typed is one', () => {
    const read = readInputs(crm.kind, { ...fields, token: '', signing: 's' }, kept);
    expect(read).toMatchObject({ ok: true, entered: { secrets: { signing: 's' }, keepSecrets: true } });
  });
});

describe('a connection', () => {
  test('begins switched off, with its kind’s mapping; sent twice it is one', async () => {
    const id = await connect();
    const entered = { name: 'another', settings, secrets: {}, keepSecrets: true };
    await createConnection(platform, crm.kind, { id, entered, actorId });
    const row = await platform.database.prisma.connector.findUnique({
      where: { id },
      include: { mappings: true },
    });
    expect(row).toMatchObject({ active: false, kind: 'playing' });
    expect(row?.mappings).toHaveLength(2);
    expect(await credentialsOf(id).read()).toEqual({ token: crm.token });
  });

  test('no table holds a secret, and the audit log tells what was done without any', async () => {
    const token = 'not-to-be-found-anywhere-8731';
    const id = await connect({ token });
    const { changedAt } = await getConnection(platform, id);
    const signing = 'neither-is-this-one-5512';
    const entered = { name: 'renamed', settings, secrets: { signing }, keepSecrets: true };
    await changeConnection(platform, { id, changedAt, entered, actorId });
    const { rows } = await platform.database.pool.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    for (const { name } of rows) {
      const dump = await platform.database.pool.query(`select t::text as row from "${name}" t`);
      const text = dump.rows.map(({ row }) => row).join('\n');
      for (const secret of [token, signing])
        for (const form of [
          secret,
          Buffer.from(secret).toString('hex'),
          Buffer.from(secret).toString('base64'),
        ])
          expect(text.includes(form), name).toBe(false);
    }
    const entries = await platform.database.prisma.auditEntry.findMany({
      where: { subjectId: id },
      orderBy: { at: 'asc' },
    });
    expect(entries.map(({ action, detail }) => [action, detail])).toEqual([
      ['connection.added', { kind: 'playing', name: expect.any(String) }],
      ['connection.changed', { name: 'renamed', fields: ['name', 'signing'] }],
    ]);
    expect(await credentialsOf(id).read()).toEqual({ token, signing });
  });

  test('a secret left blank stays; a new one throws away what the CRM gave for the old', async () => {
    const id = await connect();
    await credentialsOf(id).renew({ token: crm.token }, async (now) => ({ ...now, access: 'given' }));
    const change = async (secrets: Record<string, string>) => {
      const { changedAt } = await getConnection(platform, id);
      await changeConnection(platform, {
        id,
        changedAt,
        entered: { name: `n${id}`, settings, secrets, keepSecrets: true },
        actorId,
      });
      return credentialsOf(id).read();
    };
    expect(await change({})).toEqual({ token: crm.token, access: 'given' });
    expect(await change({ token: 'new' })).toEqual({ token: 'new' });
  });

  test('two administrators at once: the second hears of it', async () => {
    const id = await connect();
    const { changedAt } = await getConnection(platform, id);
    const save = (name: string) =>
      changeConnection(platform, {
        id,
        changedAt,
        entered: { name, settings, secrets: {}, keepSecrets: true },
        actorId,
      });
    const outcomes = await Promise.allSettled([save('one'), save('two')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find(({ status }) => status === 'rejected');
    expect(refused).toMatchObject({
      reason: { statusCode: 409, userMessage: expect.stringContaining('Somebody else') },
    });
  });

  test('what is typed while the CRM renews credentials is not lost', async () => {
    const id = await connect();
    const { changedAt } = await getConnection(platform, id);
    let changing: Promise<void> | undefined;
    await credentialsOf(id).renew({ token: crm.token }, async (now) => {
      const entered = { name: `n${id}`, settings, secrets: { token: 'typed' }, keepSecrets: true };
      changing = changeConnection(platform, { id, changedAt, entered, actorId });
      return { ...now, token: 'renewed' };
    });
    await changing;
    expect(await credentialsOf(id).read()).toEqual({ token: 'typed' });
  });

  test('a name is taken once', async () => {
    const id = await connect();
    const { name } = await getConnection(platform, id);
    const entered = { name, settings, secrets: {}, keepSecrets: true };
    await expect(createConnection(platform, crm.kind, { entered, actorId })).rejects.toMatchObject({
      statusCode: 409,
    });
    const other = await connect();
    const { changedAt } = await getConnection(platform, other);
    await expect(
      changeConnection(platform, { id: other, changedAt, entered, actorId }),
    ).rejects.toMatchObject({
      statusCode: 409,
    });
  });

  test('is checked before and after it is saved; another DICTALINE_SECRET is told as such', async () => {
    const id = await connect({ token: 'wrong' });
    expect(await checkConnection(deps(), id)).toMatchObject({ ok: false });
    expect(await getConnection(platform, id)).toMatchObject({
      checkProblem: expect.stringContaining('token'),
    });
    const right = { name: 'x', settings, secrets: { token: crm.token }, keepSecrets: true };
    expect(await checkEntered(deps(), crm.kind, { id, entered: right })).toEqual({ ok: true });
    expect(await checkEntered(deps(), crm.kind, { id: null, entered: right })).toEqual({ ok: true });
    expect(await credentialsOf(id).read()).toEqual({ token: 'wrong' });
    const moved = { ...platform, config: { ...platform.config, secret: 'another-secret-of-enough-letters' } };
    const openConnector = createOpenConnector(moved, [crm.kind]);
    expect(await checkConnection({ ...moved, openConnector }, id)).toEqual({
      ok: false,
      message: expect.stringContaining('DICTALINE_SECRET'),
    });
    const broken = createOpenConnector(platform, [{ ...crm.kind, open: () => JSON.parse('no settings') }]);
    expect(await checkConnection({ ...platform, openConnector: broken }, id)).toMatchObject({ ok: false });
    crm.errors = [new Error(`a driver that quotes ${crm.token}`)];
    expect(JSON.stringify(await checkConnection(deps(), id))).not.toContain(crm.token);
  });

  test('is removed by its name, switched off, with everything that hangs on it', async () => {
    const id = await connect();
    await switchConnection(platform, { id, active: true, actorId });
    const { name } = await getConnection(platform, id);
    const remove = (typedName: string) => removeConnection(platform, { id, typedName, actorId });
    await expect(remove('other')).rejects.toMatchObject({ statusCode: 400 });
    await expect(remove(name)).rejects.toMatchObject({ statusCode: 409 });
    await switchConnection(platform, { id, active: false, actorId });
    await remove(name);
    await remove(name);
    expect(await platform.database.prisma.connector.count({ where: { id } })).toBe(0);
    expect(
      await platform.database.prisma.auditEntry.count({
        where: { subjectId: id, action: 'connection.removed' },
      }),
    ).toBe(1);
  });
});

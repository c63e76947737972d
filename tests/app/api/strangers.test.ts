import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiKit, createApiKit } from '../support/api-kit.ts';

let kit: ApiKit;
let operations: { method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; url: string }[];

beforeAll(async () => {
  kit = await createApiKit();
  const { body } = await kit.stranger('GET', '/api/openapi.json');
  const { paths } = body as { paths: Record<string, Record<string, unknown>> };
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase() as (typeof operations)[number]['method'],
      url: path.replace(/\{number\}/g, '1').replace(/\{\w+\}/g, () => randomUUID()),
    })),
  );
});
afterAll(() => kit.close());

describe('every operation of the document', () => {
  test('answers a stranger with 401, whatever they send, and changes nothing', async () => {
    expect(operations.length).toBeGreaterThan(40);
    const before = await everything();
    for (const { method, url } of operations) {
      const answers = [await kit.stranger(method, url)];
      if (method !== 'GET') answers.push(await kit.stranger(method, url, { name: 'x', text: 'x' }));
      for (const answer of answers) {
        expect(answer.status, `${method} ${url}`).toBe(401);
        expect(answer.body, `${method} ${url}`).toMatchObject({ error: { code: 'unauthenticated' } });
      }
    }
    expect(await everything()).toEqual(before);
  });

  test('answers a wrong token with 401', async () => {
    for (const { method, url } of operations) {
      const reply = await kit.app.inject({
        method,
        url,
        headers: { authorization: `Bearer ${'x'.repeat(30)}` },
      });
      expect(reply.statusCode, `${method} ${url}`).toBe(401);
    }
  });

  test('answers somebody without a role with 403, but for what everybody may see', async () => {
    const nobody = await kit.person();
    const open: string[] = [];
    for (const { method, url } of operations) {
      const { status } = await nobody(method, url);
      if (status !== 403) open.push(`${method} ${url}`);
    }
    expect(open).toEqual([]);
  });

  test('refuses a session without its CSRF token to change anything', async () => {
    const administrator = await kit.person(
      'administrator',
      'manager',
      'transcriptionist',
      'proposal_manager',
      'rep',
    );
    const before = await everything();
    for (const { method, url } of operations.filter((operation) => operation.method !== 'GET')) {
      const { status } = await administrator.withoutCsrf(method, url, {});
      expect(status, `${method} ${url}`).toBe(403);
    }
    expect(await everything()).toEqual(before);
  });
});

/** Rows of every table, so that a change anywhere shows. */
async function everything(): Promise<Record<string, string>> {
  const { pool } = kit.platform.database;
  const { rows } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  const contents: Record<string, string> = {};
  for (const { name } of rows) {
    const sum = await pool.query<{ sum: string }>(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from "${name}" t`,
    );
    contents[name] = sum.rows[0]?.sum ?? '';
  }
  return contents;
}

import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiKit, createApiKit } from '../support/api-kit.ts';

let kit: ApiKit;
beforeAll(async () => {
  kit = await createApiKit();
});
afterAll(() => kit.close());

interface Operation {
  operationId?: string;
  summary?: string;
  tags?: string[];
  responses?: Record<string, { description?: string; content?: unknown }>;
}

async function operations(): Promise<[name: string, Operation][]> {
  const { body } = await kit.stranger('GET', '/api/openapi.json');
  const { paths } = body as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(paths).flatMap(([url, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${url}`,
      operation,
    ]),
  );
}

test('the document is valid OpenAPI', async () => {
  const { body } = await kit.stranger('GET', '/api/openapi.json');
  const result = await new Validator().validate(body as Record<string, unknown>);
  expect(result.errors).toBeUndefined();
  expect(result.valid).toBe(true);
});

test('every operation has a name of its own, a summary, an answer and the errors', async () => {
  const all = await operations();
  expect(all.length).toBeGreaterThan(10);
  const names = all.map(([, { operationId }]) => operationId);
  expect(new Set(names).size).toBe(all.length);
  for (const [name, { summary, tags, responses = {} }] of all) {
    expect(name).toMatch(/ \/api\/v1\//);
    expect(summary, name).toBeTruthy();
    expect(tags, name).toHaveLength(1);
    expect(
      Object.keys(responses).some((status) => status.startsWith('2')),
      name,
    ).toBe(true);
    for (const status of ['400', '401', '403', '500'])
      expect(responses[status]?.content, `${name} ${status}`).toBeDefined();
  }
});

test('the documentation is browsable, and its looser policy stays on its pages', async () => {
  const page = await kit.app.inject('/api/docs/');
  expect(page.statusCode).toBe(200);
  expect(page.headers['content-type']).toContain('text/html');
  expect(page.headers['content-security-policy']).toContain("style-src 'self' 'unsafe-inline'");
  expect(page.headers['content-security-policy']).toContain("script-src 'self';");
  for (const url of ['/api/openapi.json', '/api/v1/surveys', '/healthz'])
    expect((await kit.app.inject(url)).headers['content-security-policy']).not.toContain('unsafe-inline');
});

test('answers are kept by nobody on the way', async () => {
  const reply = await kit.app.inject('/api/v1/surveys');
  expect(reply.headers['cache-control']).toBe('no-store');
});

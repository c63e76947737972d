import { get } from 'node:http';
import { expect, test } from 'vitest';

test('a test that reaches for the outside world is told so', async () => {
  const reached = fetch('http://203.0.113.7/').then(
    () => 'reached',
    (error: Error) => String(error.cause ?? error),
  );
  expect(await reached).toContain('tried to reach 203.0.113.7');
  const request = new Promise((resolve) => {
    get('http://example.com/', () => resolve('reached')).on('error', (error) => resolve(error.message));
  });
  expect(await request).toContain('tried to reach example.com');
});

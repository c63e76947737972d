import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLogger, type Logger } from '../../platform/log.ts';

function loggerWithLines(): { log: Logger; lines: string[] } {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { log: createLogger({ level: 'info', destination }), lines };
}

test('writes one JSON line with level, time, fields and message', () => {
  const { log, lines } = loggerWithLines();
  log.info({ callId: 'c1', durationMs: 12 }, 'call ended');
  expect(JSON.parse(String(lines[0]))).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    callId: 'c1',
    durationMs: 12,
    msg: 'call ended',
  });
  log.debug('not this');
  expect(lines).toHaveLength(1);
});

test.each([
  { phone: 'SECRET' },
  { pin: 'SECRET' },
  { body: { Digits: 'SECRET', From: 'SECRET', SpeechResult: 'SECRET' } },
  { req: { headers: { authorization: 'SECRET', cookie: 'SECRET' } } },
  { res: { headers: { 'set-cookie': 'SECRET' } } },
  { transcript: 'SECRET', draft: { text: 'SECRET' } },
  { user: { password: 'SECRET', token: 'SECRET' } },
])('removes %o', (fields) => {
  const { log, lines } = loggerWithLines();
  log.info(fields, 'something');
  log.child(fields).info('something');
  expect(lines).toHaveLength(2);
  expect(lines.join()).not.toContain('SECRET');
});

test('an error is told by its name, message, code and causes, without what the database adds to it', () => {
  const { log, lines } = loggerWithLines();
  const cause = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (text)=(SECRET) exists',
  });
  const err = Object.assign(new Error('could not save', { cause }), { meta: { text: 'SECRET' } });
  log.error({ err }, 'failed');
  expect(JSON.parse(String(lines[0])).err).toMatchObject({
    type: 'Error',
    message: 'could not save',
    cause: { message: 'duplicate key', code: '23505' },
  });
  expect(lines.join()).not.toContain('SECRET');
});

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../support/until.ts';
import { type ConsoleKit, createConsoleKit } from './support/console-kit.ts';

let kit: ConsoleKit;
let port: number;

beforeAll(async () => {
  kit = await createConsoleKit({ reports: 14 });
  await kit.app.listen({ port: 0, host: '127.0.0.1' });
  port = (kit.app.server.address() as AddressInfo).port;
});
afterAll(() => kit.close());

/** Listens as somebody; `heard` grows. */
async function listen(role: 'manager' | 'rep' | 'transcriptionist' | 'administrator' | 'proposal_manager') {
  const cookie = (await kit.as(role)).cookieHeader();
  let heard = '';
  let ended = false;
  const request = http.get({ port, path: '/events', headers: { cookie, accept: 'text/event-stream' } });
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
  });
  response.setEncoding('utf8');
  response.on('data', (text: string) => {
    heard += text;
  });
  response.on('error', () => {});
  response.once('close', () => {
    ended = true;
  });
  await until(() => heard.includes('retry: '), 'the stream to begin');
  return { response, heard: () => heard, ended: () => ended, close: () => request.destroy() };
}

test('each role hears what it may open, ids only', async () => {
  const { prisma } = kit.platform.database;
  const own = await prisma.report.findFirstOrThrow({ where: { speakerId: kit.company.userIds.rep } });
  const others = await prisma.report.findFirstOrThrow({
    where: { speakerId: { not: kit.company.userIds.rep } },
  });
  const [manager, rep, transcriptionist, proposals] = await Promise.all([
    listen('manager'),
    listen('rep'),
    listen('transcriptionist'),
    listen('proposal_manager'),
  ]);
  expect(manager.response.headers['content-type']).toBe('text/event-stream');
  const { events } = kit.platform;
  await events.publish('report.finalized', { reportId: others.id });
  await events.publish('job.changed', { jobId: own.id });
  await events.publish('something.else', { reportId: own.id });
  await events.publish('report.read', { reportId: own.id });

  const told = (topic: string, data: object) => `event: ${topic}\ndata: ${JSON.stringify(data)}\n\n`;
  // The last one told has arrived, so everything before it has been told or kept back.
  await until(
    () => manager.heard().includes(told('report.read', { reportId: own.id })),
    'the manager to hear',
  );
  await until(() => rep.heard().includes(told('report.read', { reportId: own.id })), 'the rep to hear');
  await until(
    () => transcriptionist.heard().includes(told('job.changed', { jobId: own.id })),
    'the transcriptionist to hear',
  );
  expect(manager.heard()).toContain(told('report.finalized', { reportId: others.id }));
  expect(manager.heard()).not.toMatch(/job\.changed|something\.else/);
  expect(rep.heard()).not.toMatch(/report\.finalized|job\.changed|something\.else/);
  expect(transcriptionist.heard()).not.toMatch(/report\./);
  expect(proposals.heard()).not.toMatch(/event:/);
  for (const listener of [manager, rep, transcriptionist, proposals]) listener.close();
});

test('a server that stops lets its listeners go', async () => {
  const other = await createConsoleKit({ reports: 1 });
  await other.app.listen({ port: 0, host: '127.0.0.1' });
  const address = other.app.server.address() as AddressInfo;
  const cookie = (await other.as('manager')).cookieHeader();
  let ended = false;
  const request = http.get({ port: address.port, path: '/events', headers: { cookie } });
  const response = await new Promise<http.IncomingMessage>((resolve) => request.once('response', resolve));
  response.resume();
  response.once('end', () => {
    ended = true;
  });
  await other.close();
  await until(() => ended, 'the stream to end');
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addReply } from '../../transcription/reports/replies.ts';
import { buildAccount, buildReport } from '../support/build-report.ts';
import { heard } from './heard.ts';
import { type IvrServer, OWN_PHONE, PIN, REPORT_LINE, speech, startIvrServer } from './server.ts';

let server: IvrServer;
let managerId: string;
beforeAll(async () => {
  server = await startIvrServer();
  const { rows } = await server.pool.query<{ id: string }>(
    `insert into app_user (id, email, name, roles) values (gen_random_uuid(), 'm@example.com', 'Mia Moss', '{manager}')
     returning id`,
  );
  managerId = rows[0]?.id ?? '';
});
afterAll(() => server.close());

async function replyWith(text: string): Promise<void> {
  const account = await buildAccount(server.platform.database, { name: 'Acme Pumps' });
  const { reportId } = await buildReport(server.platform.database, {
    speakerId: server.repId,
    lineId: server.lineId,
    accountId: account.id,
  });
  await addReply(server.fullPlatform, { reportId, authorId: managerId, text, requestId: randomUUID() });
}

async function signedIn() {
  const call = await server.simulator.placeCall({ from: OWN_PHONE, to: REPORT_LINE });
  await call.press(`${PIN}#`);
  return call;
}

test('a reply is heard before anything else, and no more once it was acknowledged', async () => {
  await replyWith('Offer them the A4 & call me.');
  const call = await signedIn();
  expect(heard(call)).toContain(
    'There is an answer to one of your reports. | Mia Moss answered your report about Acme Pumps: | ' +
      'Offer them the A4 & call me. | If you have got that, press 1.',
  );
  await call.press('1');
  expect(call.listening()).toMatchObject({ kind: 'recording' });
  await call.hangUp();
  const next = await signedIn();
  expect(heard(next)).not.toContain('Mia Moss');
  await next.hangUp();
});

test('kept for later it is among the messages after the report, and at the next call', async () => {
  await replyWith('Well done.');
  const call = await signedIn();
  await call.press('3');
  await call.speak(speech(2));
  await call.press('#2');
  expect(heard(call).split('Well done.')).toHaveLength(3);
  await call.press('3');
  expect(call.listening()).toMatchObject({ kind: 'keys', numDigits: 1 });
  await call.hangUp();
  const next = await signedIn();
  expect(heard(next)).toContain('Well done.');
  await next.press('1');
  await next.speak(speech(2));
  await next.press('#2');
  expect(heard(next)).toContain('You have no messages.');
  await next.hangUp();
});

test('hanging up in the middle of a reply does not acknowledge it', async () => {
  await replyWith('Third.');
  const call = await signedIn();
  await call.hangUp();
  const next = await signedIn();
  expect(heard(next)).toContain('Third.');
  await next.hangUp();
});

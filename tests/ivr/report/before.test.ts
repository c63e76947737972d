import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { noteClosed } from '../../../transcription/closing/notices.ts';
import { addReply } from '../../../transcription/reports/replies.ts';
import { addStandingQuestion } from '../../../transcription/standing-questions/standing-questions.ts';
import { buildAccount, buildReport, buildUser } from '../../support/build-report.ts';
import { heard } from '../heard.ts';
import { type IvrServer, speech, startIvrServer } from '../server.ts';
import { addRep, type Rep } from './rep.ts';

let server: IvrServer;
let managerId: string;
let rep: Rep;
beforeAll(async () => {
  server = await startIvrServer();
  managerId = (await buildUser(server.platform.database, { name: 'Mia Moss', roles: ['manager'] })).id;
});
afterAll(() => server.close());
beforeEach(async () => {
  await server.pool.query('truncate standing_question cascade');
  rep = await addRep(server);
});

async function replyWith(text: string): Promise<void> {
  const account = await buildAccount(server.platform.database, { name: 'Acme Pumps' });
  const { reportId } = await buildReport(server.platform.database, {
    speakerId: rep.id,
    lineId: server.lineId,
    accountId: account.id,
  });
  await addReply(server.fullPlatform, { reportId, authorId: managerId, text, requestId: randomUUID() });
}
const ask = (text: string) => addStandingQuestion(server.fullPlatform, { text, createdById: managerId });
const report = async (call: Awaited<ReturnType<Rep['call']>>) => {
  await call.speak(speech(2));
  await call.press('#');
  await call.press('#');
};
const recording = { kind: 'recording' };

describe('a dictation that was closed', () => {
  test('is told of at the next call, once', async () => {
    const call = await rep.call();
    await call.speak(speech(2));
    await call.press('#');
    const { prisma } = server.platform.database;
    const dictation = await prisma.dictation.findFirstOrThrow({ where: { speakerId: rep.id } });
    await prisma.$transaction((tx) =>
      noteClosed(tx, { dictationId: dictation.id, code: 'caller_hung_up', now: new Date() }),
    );
    // What was kept is among the messages, too.
    await call.press('2');
    const told = `Your dictation ${dictation.reference.split('').join(' ')} could not be used`;
    expect(heard(call)).toContain(told);
    await call.press('3');
    await call.press('#');
    const next = await rep.call();
    expect(heard(next)).toContain(told);
    await next.press('1');
    expect(next.listening()).toMatchObject(recording);
    await report(next);
    const last = await rep.call();
    expect(heard(last)).not.toContain(told);
    await last.hangUp();
  });
});

describe('replies', () => {
  test('are heard before anything else, and no more once acknowledged', async () => {
    await replyWith('Offer them the A4 & call me.');
    const call = await rep.call();
    expect(heard(call)).toContain(
      'There is an answer to one of your reports. | Mia Moss answered your report about Acme Pumps: | ' +
        'Offer them the A4 & call me. | Got it, press 1.',
    );
    await call.press('1');
    expect(call.listening()).toMatchObject(recording);
    await report(call);
    const next = await rep.call();
    expect(heard(next)).not.toContain('Mia Moss');
    await next.hangUp();
  });

  test('kept for later they are among the messages after the report, and at the next call', async () => {
    await replyWith('Well done.');
    const call = await rep.call();
    await call.press('3');
    await call.speak(speech(2));
    await call.press('#2');
    expect(heard(call).split('Well done.')).toHaveLength(3);
    await call.press('3');
    expect(call.listening()).toMatchObject({ kind: 'keys', numDigits: 1 });
    await call.press('#');
    const next = await rep.call();
    expect(heard(next)).toContain('Well done.');
    await next.press('1');
    await next.speak(speech(2));
    await next.press('#2');
    expect(heard(next)).toContain('You have no messages.');
    await next.hangUp();
  });

  test('heard to the end they are heard, without any key', async () => {
    await replyWith('First.');
    await replyWith('Second.');
    const call = await rep.call();
    expect(heard(call)).toContain('There are 2 answers to your reports.');
    await call.wait();
    await call.wait();
    expect(call.listening()).toMatchObject(recording);
    await report(call);
    const next = await rep.call();
    expect(heard(next)).not.toContain('answered');
    await next.hangUp();
  });

  test('whoever begins to speak is let through, and hears them the next time', async () => {
    await replyWith('First.');
    await replyWith('Second.');
    await ask('Any reaction to the price change?');
    const call = await rep.call();
    await call.speak(speech(1));
    expect(heard(call)).not.toContain('Second.');
    expect(heard(call)).toMatch(/Go ahead after the tone\.$/);
    expect(call.listening()).toMatchObject(recording);
    await report(call);
    const next = await rep.call();
    expect(heard(next)).toContain('First.');
    await next.press('11');
    expect(heard(next)).toContain('The office asks:');
    await next.hangUp();
  });

  test('hanging up in the middle of one does not acknowledge it', async () => {
    await replyWith('Third.');
    const call = await rep.call();
    await call.hangUp();
    const next = await rep.call();
    expect(heard(next)).toContain('Third.');
    await next.hangUp();
  });

  test('an acknowledgment delivered twice counts once', async () => {
    await replyWith('Fourth.');
    await replyWith('Fifth.');
    const call = await server.simulator.placeCall({
      from: rep.phone,
      to: '+15550100001',
      faults: { repeatRequests: true },
    });
    await call.press('246813#');
    await call.press('1');
    expect(heard(call).split('Fifth.')).toHaveLength(2);
    await call.hangUp();
    const { rows } = await server.pool.query('select 1 from reply_hearing where user_id = $1', [rep.id]);
    expect(rows).toHaveLength(1);
  });
});

describe('what the office asks', () => {
  const question = 'The office asks: | Any reaction to the price change?';
  test('is asked in the fewest words, then the report begins', async () => {
    await ask('Any reaction to the price change?');
    const call = await rep.call();
    expect(heard(call)).toMatch(/The office asks: \| Any reaction to the price change\?$/);
    await call.wait();
    expect(heard(call)).toContain(`${question} | Please say your report after the tone.`);
    await report(call);
  });

  test('once to each rep, one question a call, the oldest first', async () => {
    await ask('Any reaction to the price change?');
    server.clock.advance(1000);
    await ask('Who is short of technicians?');
    const call = await rep.call();
    expect(heard(call)).not.toContain('technicians');
    await call.wait();
    await report(call);
    const next = await rep.call();
    expect(heard(next)).toContain('Who is short of technicians?');
    expect(heard(next)).not.toContain('price change');
    await next.press('5');
    await report(next);
    const third = await rep.call();
    expect(heard(third)).not.toContain('The office asks');
    await third.hangUp();
    const other = await (await addRep(server)).call();
    expect(heard(other)).toContain(question);
    await other.hangUp();
  });

  test('speaking skips it: the tone comes at once', async () => {
    await ask('Any reaction to the price change?');
    const call = await rep.call();
    await call.speak(speech(1));
    expect(heard(call)).toContain(`${question} | Go ahead after the tone.`);
    await report(call);
    const next = await rep.call();
    expect(heard(next)).not.toContain('The office asks');
    await next.hangUp();
  });

  test('hanging up before it was answered asks it again', async () => {
    await ask('Any reaction to the price change?');
    await (await rep.call()).hangUp();
    const next = await rep.call();
    expect(heard(next)).toContain(question);
    await next.hangUp();
  });

  test('in Spanish to whoever speaks it; the question itself as it was written', async () => {
    await ask('Any reaction to the price change?');
    const spanish = await addRep(server, { language: 'es-US' });
    const call = await spanish.call();
    expect(heard(call)).toContain('La oficina pregunta: | Any reaction to the price change?');
    await call.hangUp();
  });
});

test('a call that is over keeps nothing of what it told', async () => {
  await replyWith('Offer them ten percent.');
  await ask('Any reaction to the price change?');
  const call = await rep.call();
  await call.hangUp();
  const { rows } = await server.pool.query<{ state: string }>(
    'select state::text from call where user_id = $1 or from_number = $2',
    [rep.id, rep.phone],
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.state).not.toMatch(/ten percent|price change/);
});

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { settleFlag } from '../../../transcription/reports/flags/settle-flag.ts';
import { buildAccount, buildReport, buildUser } from '../../support/build-report.ts';
import { heard } from '../heard.ts';
import { type IvrServer, speech, startIvrServer } from '../server.ts';
import { addRep, heardSince, type Rep } from './rep.ts';

let server: IvrServer;
let rep: Rep;
let june: { id: string };
const NOW = new Date('2026-11-18T20:00:00Z');

beforeAll(async () => {
  server = await startIvrServer();
  server.clock.set(NOW);
  june = await buildUser(server.platform.database, { name: 'June Typist', roles: ['transcriptionist'] });
});
afterAll(() => server.close());
beforeEach(async () => {
  rep = await addRep(server);
});

const prisma = () => server.platform.database.prisma;
const flags = () => prisma().reportFlag.findMany({ where: { flaggedById: rep.id } });

async function reported(name: string, calledAt: string) {
  const account = await buildAccount(server.platform.database, { name });
  const { reportId } = await buildReport(server.platform.database, {
    speakerId: rep.id,
    lineId: server.lineId,
    accountId: account.id,
    calledAt: new Date(calledAt),
  });
  await prisma().report.update({ where: { id: reportId }, data: { finalizedById: june.id } });
  return reportId;
}

async function inMenu() {
  const call = await rep.call();
  await call.speak(speech(2));
  await call.press('#');
  expect(heard(call)).toContain('If something in the CRM is wrong, 5.');
  return call;
}

test('a rep marks one of the last reports and what is wrong in it, and hears at the next call what was done', async () => {
  const older = await reported('Wabash Canning', '2026-11-16T18:00:00Z');
  await reported('Ironwood Foods', '2026-11-17T18:00:00Z');
  const call = await inMenu();
  const before = call.events().length;
  await call.press('5');
  expect(heardSince(call, before).join(' ')).toMatch(/1: Ironwood Foods, yesterday\..*2: Wabash Canning,/);
  await call.press('2');
  await call.press('2');
  expect(heard(call)).toContain('you will hear what was done');
  await call.press('#');

  const [flag] = await flags();
  expect(flag).toMatchObject({
    reportId: older,
    subject: 'Numbers',
    source: 'phone',
    ownerId: june.id,
    settledAt: null,
    createdAt: NOW,
  });
  await settleFlag(server.platform, {
    flagId: flag?.id ?? '',
    user: { id: june.id, roles: ['transcriptionist'] },
    settlement: 'It says nineteen five now.',
  });

  const next = await rep.call();
  expect(heardSince(next).join(' ')).toMatch(
    /What you marked as wrong in your report about Wabash Canning is settled\. It says nineteen five now\./,
  );
  await next.press('1');
  await next.hangUp();
  expect((await flags())[0]?.toldAt).toEqual(NOW);
  const last = await rep.call();
  expect(heard(last)).not.toContain('is settled');
  await last.hangUp();
});

test('the line breaks after the report was chosen: it is marked; a star takes a wrong one back', async () => {
  const newest = await reported('Wabash Canning', '2026-11-17T18:00:00Z');
  const call = await inMenu();
  await call.press('5');
  await call.press('1');
  await call.hangUp();
  expect(await flags()).toMatchObject([{ reportId: newest, subject: 'Something (not said what)' }]);

  await prisma().reportFlag.deleteMany({ where: { flaggedById: rep.id } });
  const other = await inMenu();
  await other.press('5');
  await other.press('1');
  await other.press('*');
  expect(await flags()).toEqual([]);
  await other.press('0');
  await other.hangUp();
});

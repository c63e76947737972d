import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { dictate } from '../../ivr/simulator/dictate.ts';
import { createPhoneClient, type PhoneClient } from '../../ivr/simulator/phone-client.ts';
import { StartupError } from '../../platform/errors.ts';
import { DEMO_LINES, DEMO_PASSWORD, DEMO_REPS, DEMO_STAFF } from './demo-people.ts';
import { hearReplies } from './hear-replies.ts';
import { FOR_THE_DEMO_RUN } from './plan-reports.ts';
import { type DemoReport, readCompany, readDemoSpeech } from './read-company.ts';
import { requireServer, type ServerClient, signInAt } from './server-client.ts';
import { settledByPeople } from './settled-by-people.ts';
import { transcribe, waitForJob } from './transcribe.ts';
import { waitFor } from './wait-for.ts';

const USAGE = 'demo [--server URL] [--typing-seconds N]';
const REPLY = 'Well done, Priya. Ship the six and eight inch first, and tell me if Trident really protests.';

const reportShape = z.object({
  undelivered: z.boolean(),
  account: z.object({ name: z.string() }).nullable(),
  units: z.array(z.object({ number: z.number(), codes: z.array(z.object({ code: z.string() })) })),
  fields: z.array(z.object({ certainty: z.string() })),
  sync: z.array(z.object({ status: z.string(), objectType: z.string() })),
});
const recordsShape = z.object({ records: z.array(z.object({ id: z.uuid(), name: z.string() })) });
const recordShape = z.object({
  fields: z.array(
    z.object({
      label: z.string(),
      display: z.string(),
      history: z.array(z.object({ reportId: z.string().nullable() })),
    }),
  ),
});

interface Demo {
  server: string;
  phone: PhoneClient;
  typingMs: number;
  company: Awaited<ReturnType<typeof readCompany>>;
  /** Prints a step with the seconds since the beginning. */
  step: (text: string) => void;
}

function readOptions(args: string[]): { server: string; typingMs: number } | null {
  try {
    const { values } = parseArgs({
      args,
      options: {
        server: { type: 'string', default: 'http://localhost:3000' },
        'typing-seconds': { type: 'string', default: '15' },
      },
    });
    const seconds = Number(values['typing-seconds']);
    if (!URL.canParse(values.server) || !(seconds >= 0)) return null;
    return { server: values.server.replace(/\/+$/, ''), typingMs: seconds * 1000 };
  } catch {
    return null;
  }
}

function clock(): (text: string) => void {
  const startedAt = performance.now();
  return (text) => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(`${seconds.padStart(6)} s  ${text}\n`);
  };
}

function repOf(report: DemoReport) {
  const rep = DEMO_REPS.find(({ externalId }) => externalId === report.rep);
  if (!rep) throw new Error(`Nobody of the demo company is ${report.rep}`);
  return rep;
}

const signIn = ({ server }: Demo, key: string): Promise<ServerClient> =>
  signInAt(server, {
    email: DEMO_STAFF.find((person) => person.key === key)?.email ?? '',
    password: DEMO_PASSWORD,
  });

/** A rep calls from the car. Resolves to the reference that the line read back. */
async function call(demo: Demo, report: DemoReport): Promise<string> {
  const { phone: from, pin } = repOf(report);
  const audio = await readDemoSpeech(report.id);
  const reference = await dictate(
    demo.phone,
    { to: DEMO_LINES.report.number, from, shortNumber: null, pin, audio, keys: [] },
    () => {},
  );
  if (reference === null) throw new StartupError("The line read no reference back; see the server's log.");
  return reference;
}

/** Days from the call as it was written down to today's. */
function daysSince(callDate: string): number {
  return Math.floor(Date.now() / 86_400_000) - Math.round(Date.parse(`${callDate}T00:00:00Z`) / 86_400_000);
}

/** Waits until every value of a report has arrived in the CRM, or needs a person. */
function delivered(manager: ServerClient, reportId: string) {
  return waitFor('the CRM', async () => {
    const report = await manager.get(`/api/v1/reports/${reportId}`, reportShape);
    return report.undelivered || report.sync.some(({ status }) => status === 'waiting') ? null : report;
  });
}

async function showCustomer(
  { step }: Demo,
  manager: ServerClient,
  name: string,
  reportId: string,
): Promise<void> {
  const query = `objectType=account&q=${encodeURIComponent(name)}`;
  const { records } = await manager.get(`/api/v1/crm/records?${query}`, recordsShape);
  const record = records.find((candidate) => candidate.name === name);
  if (!record) throw new StartupError(`The CRM has no record of ${name}; see the server's log.`);
  const { fields } = await manager.get(`/api/v1/crm/records/${record.id}`, recordShape);
  const ours = fields.filter(({ history }) => history[0]?.reportId === reportId);
  for (const { label, display } of ours.slice(0, 3))
    step(`  CRM · ${name} · ${label}: ${display.slice(0, 70)}`);
}

async function firstReport(demo: Demo, report: DemoReport, manager: ServerClient): Promise<string> {
  const { step } = demo;
  step('Priya Raman calls from her car, enters her PIN and dictates');
  const reference = await call(demo, report);
  step(`She has hung up; the line read back reference ${reference}`);
  const tess = await signIn(demo, 'tess');
  const { jobId, seconds } = await waitForJob(tess, reference);
  step(`The recording is copied and verified; ${Math.round(seconds)} s of audio wait in the queue`);
  const unitStartsMs = demo.company.times[report.id]?.unitStartsMs ?? null;
  const mentions = demo.company.mentions[report.id];
  const settled = settledByPeople(report, { shiftDays: daysSince(report.callDate), unitStartsMs, mentions });
  step('Tess Moreno claims the job and types');
  const { reportId, saves } = await transcribe(tess, jobId, { settled, typingMs: demo.typingMs });
  step(
    `Finished: ${report.units.length} thought units, coded and confirmed (${saves} drafts were saved on the way)`,
  );
  const { sync, account } = await delivered(manager, reportId);
  const written = sync.filter(({ status }) => status === 'written').length;
  step(`${written} values are in the CRM`);
  if (account) await showCustomer(demo, manager, account.name, reportId);
  return reportId;
}

async function secondReport(demo: Demo, report: DemoReport, manager: ServerClient): Promise<void> {
  const { step } = demo;
  step('Walt Kowalczyk calls; this one is finished with what the software suggests');
  const reference = await call(demo, report);
  const ian = await signIn(demo, 'ian');
  const { jobId } = await waitForJob(ian, reference);
  const { text, anchors } = settledByPeople(report, {
    shiftDays: 0,
    unitStartsMs: null,
    mentions: undefined,
  });
  const { reportId } = await transcribe(ian, jobId, {
    settled: { text, anchors },
    typingMs: demo.typingMs / 2,
  });
  const { units, fields, sync } = await delivered(manager, reportId);
  const suggested = fields.filter(({ certainty }) => certainty === 'suggested').length;
  const kept = sync.filter(({ status }) => status === 'written').length;
  step(
    `Reference ${reference}: ${units.length} units, ${suggested} values marked as suggestions, ${kept} written`,
  );
}

async function play(demo: Demo): Promise<void> {
  const { step, phone } = demo;
  const [won, lost] = FOR_THE_DEMO_RUN.map((id) => demo.company.reports.find((report) => report.id === id));
  if (!won || !lost) throw new Error('The reports of the demo run are missing');
  const manager = await signIn(demo, 'nora');
  const reportId = await firstReport(demo, won, manager);
  await manager.post(`/api/v1/reports/${reportId}/read`, {}, z.object({ isNew: z.boolean() }));
  step('Nora Whitfield has it on her dashboard and reads it');
  await manager.post(
    `/api/v1/reports/${reportId}/replies`,
    { text: REPLY, requestId: randomUUID() },
    z.object({ replyId: z.uuid() }),
  );
  step(`She answers: “${REPLY}”`);
  await secondReport(demo, lost, manager);
  const { phone: from, pin } = repOf(won);
  const said = await hearReplies(phone, { from, to: DEMO_LINES.report.number, pin });
  if (!said.includes(REPLY)) throw new StartupError("Priya did not hear the answer; see the server's log.");
  step('Priya calls again and hears the answer before anything else');
  step(`The whole chain is done. Look at ${demo.server}/reports/${reportId}`);
}

/**
 * `demo`: plays the whole chain against a running server: a call, typing, the CRM, a manager's answer, the next call
 * that hears it. Prints each step with its time.
 */
export async function runDemo(args: string[]): Promise<number> {
  const options = readOptions(args);
  if (options === null) {
    process.stderr.write(`usage: ${USAGE}\n`);
    return 2;
  }
  await requireServer(options.server);
  const phone = createPhoneClient(options.server);
  const lines = await phone.lines();
  if (!lines.some(({ number }) => number === DEMO_LINES.report.number))
    throw new StartupError(
      'This server does not have the demo company; start one without DATABASE_URL and with a new DATA_DIR, or run the command `seed`.',
    );
  process.stdout.write(
    `Open ${options.server}/today as ${DEMO_STAFF[0]?.email} (${DEMO_PASSWORD}) to watch.\n\n`,
  );
  await play({ ...options, phone, company: await readCompany(), step: clock() });
  return 0;
}

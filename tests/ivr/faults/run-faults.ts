import path from 'node:path';
import { ANSWERS_DIFFER } from '../../../ivr/simulator/call-requests.ts';
import type { Platform } from '../../../platform/platform.ts';
import { createFastClock } from './fast-clock.ts';
import { type Findings, findProblems } from './find-problems.ts';
import { type CompletedRecording, startOutsideCarrier } from './outside-carrier.ts';
import { createRandom } from './random.ts';
import { makeRandomCall } from './random-caller.ts';
import { startRestartingServer } from './restarting-server.ts';
import { makeWorld } from './world.ts';

export interface FaultsOptions {
  /** The same database and storage as the server's, to look into. */
  platform: Pick<Platform, 'config' | 'database' | 'objects'>;
  /** What the server is started with, beside what is decided here. */
  env: Record<string, string>;
  port: number;
  folder: string;
  seed: number;
  /** At least so many calls, and so many kills. */
  calls: number;
  kills: number;
  /** At the same time. */
  callers: number;
  /** The server lives so long, by chance up to twice that; longer, where the next one has not loaded yet. */
  killEveryMs: number;
  /** How much faster time runs. */
  speed: number;
  /** How long things may take to settle once all calls are over. */
  settleMs: number;
  /** Told now and then. */
  progress?: (text: string) => void;
}

export interface FaultsReport extends Findings {
  calls: number;
  recordings: number;
  kills: number;
  seconds: number;
  /** What became of the dictations, by status. */
  dictations: Record<string, number>;
  mishaps: Record<string, number>;
  /** What the server wrote to standard error. */
  errors: string;
}

/** Times as many calls as asked for, at most, while kills are waited for. */
const MOST_CALLS = 1.5;

/**
 * Random calls on all lines, by a carrier that does everything wrong that carriers do, against a real server that is
 * killed and started again meanwhile. When all is over and settled, what the carrier completed is compared with what
 * the server has.
 */
export async function runFaults(options: FaultsOptions): Promise<FaultsReport> {
  const { platform, port, seed, speed, calls, callers, killEveryMs } = options;
  const begun = Date.now();
  const world = await makeWorld(platform);
  const publicUrl = `http://127.0.0.1:${port}`;
  const chance = createRandom(seed);
  const tooEarly: string[] = [];
  const carrier = await startOutsideCarrier({
    folder: path.join(options.folder, 'carrier'),
    clock: createFastClock({ epochMs: begun, speed }),
    publicUrl,
    onDelete: async (recording) => {
      if (!(await isVerified(platform, recording))) tooEarly.push(recording.recordingSid);
    },
    random: chance.number,
  });
  const server = await startRestartingServer({
    ...options.env,
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    TWILIO_ACCOUNT_SID: carrier.accountSid,
    TWILIO_AUTH_TOKEN: carrier.authToken,
    TWILIO_API_ORIGIN: carrier.origin,
    FAULTS_EPOCH_MS: String(begun),
    FAULTS_SPEED: String(speed),
  });
  let kills = 0;
  let made = 0;
  try {
    let isOver = false;
    const caller = async () => {
      // Kills may be slow to come on a busy machine; calls without end would make it busier.
      while (made < calls || (kills < options.kills && made < MOST_CALLS * calls)) {
        // Who hears an error calls again later; some try at once.
        if (!chance.chance(0.05)) await pause(options.settleMs, server.isUp);
        made += 1;
        // Each call has its own chance, so that it doesn't matter which caller makes it.
        await makeRandomCall(carrier.simulator, world, createRandom(seed * 1_000_003 + made));
        if (made % 100 === 0)
          options.progress?.(`${made} calls, ${carrier.ledger.length} recordings, ${kills} kills`);
      }
    };
    const killer = async () => {
      // One standby that nobody needs any more would still take its share of the machine.
      while (!isOver && kills < options.kills) {
        await pause(killEveryMs * (1 + chance.number()), () => isOver);
        if (isOver) return;
        const isLast = kills + 1 >= options.kills;
        await server.killAndRestart(chance.pick([0, 0, 200, 700]), { isLast });
        kills += 1;
      }
    };
    const killing = killer();
    await Promise.all(Array.from({ length: callers }, caller)).finally(() => {
      isOver = true;
    });
    await killing;
    await carrier.simulator.deliverCallbacks();
    await untilSettled(platform, carrier.simulator.media.count, options.settleMs);
    const findings = await findProblems(platform, carrier.ledger);
    const left = await countCallsInProgress(platform);
    if (left > 0) findings.problems.push(`${left} calls that are over are still in progress`);
    const differing = carrier.mishaps.get(ANSWERS_DIFFER) ?? 0;
    if (differing > 0) findings.problems.push(`${ANSWERS_DIFFER}, ${differing} times`);
    for (const sid of tooEarly) findings.problems.push(`${sid} was deleted before it was verified`);
    return {
      ...findings,
      calls: made,
      recordings: carrier.ledger.length,
      kills,
      seconds: (Date.now() - begun) / 1000,
      dictations: await countDictations(platform),
      mishaps: Object.fromEntries([...carrier.mishaps].sort()),
      errors: server.errors(),
    };
  } finally {
    await server.stop();
    await carrier.close();
  }
}

/** In small pieces, so that the end is not waited for. */
async function pause(ms: number, isOver: () => boolean): Promise<void> {
  const until = Date.now() + ms;
  while (Date.now() < until && !isOver()) await new Promise((resolve) => setTimeout(resolve, 25));
}

/** Nothing under way any more but what a speaker put on hold, nothing left at the carrier; or the time is over, which the findings will show. */
async function untilSettled(
  { database }: FaultsOptions['platform'],
  leftAtCarrier: () => Promise<number>,
  settleMs: number,
): Promise<void> {
  const deadline = Date.now() + settleMs;
  while (Date.now() < deadline) {
    const { rows } = await database.pool.query<{ open: number }>(
      `select (select count(*) from call where status = 'in_progress')::int
         + (select count(*) from recording where status in ('expected', 'announced'))::int
         + (select count(*) from dictation where status = 'open')::int
         + (select count(*) from job j join dictation d on d.id = j.dictation_id
            where j.status = 'preparing' and d.status <> 'held')::int
         -- A part that came after the others were laid, until it is laid with them.
         + (select count(*) from recording r join job j on j.dictation_id = r.dictation_id
              join dictation d on d.id = r.dictation_id
            where r.status = 'verified' and not r.dropped and r.audio_start_ms is null
              and d.status in ('submitted', 'transcribed'))::int as open`,
    );
    if (rows[0]?.open === 0 && (await leftAtCarrier()) === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function isVerified(
  { database }: FaultsOptions['platform'],
  { recordingSid, sha256 }: CompletedRecording,
): Promise<boolean> {
  const { rows } = await database.pool.query<{ sha256: string | null }>(
    `select sha256 from recording
     where (carrier_recording_id = $1 or sha256 = $2) and status in ('verified', 'empty', 'destroyed')`,
    [recordingSid, sha256],
  );
  return rows[0]?.sha256 === sha256;
}

async function countCallsInProgress({ database }: FaultsOptions['platform']): Promise<number> {
  return database.prisma.call.count({ where: { status: 'in_progress' } });
}

async function countDictations({ database }: FaultsOptions['platform']): Promise<Record<string, number>> {
  const { rows } = await database.pool.query<{ name: string; number: number }>(
    `select l.purpose || ' ' || d.status as name, count(*)::int as number
     from dictation d join line l on l.id = d.line_id group by 1 order by 1`,
  );
  return Object.fromEntries(rows.map(({ name, number }) => [name, number]));
}

/** The report as lines for people. */
export function describeFaults(report: FaultsReport): string {
  const list = (of: Record<string, number>) =>
    Object.entries(of).map(([name, number]) => `  ${String(number).padStart(6)}  ${name}`);
  return [
    `${report.calls} calls, ${report.recordings} recordings, ${report.kills} kills of the server, ${report.seconds.toFixed(0)} s`,
    `lost ${report.lost}, doubled ${report.doubled}, in their dictation with the right hash ${report.verified}`,
    'dictations',
    ...list(report.dictations),
    'what went wrong on the way',
    ...list(report.mishaps),
    ...(report.problems.length > 0 ? ['PROBLEMS', ...report.problems.map((text) => `  ${text}`)] : []),
  ].join('\n');
}

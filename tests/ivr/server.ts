import Fastify, { type FastifyInstance } from 'fastify';
import type pg from 'pg';
import { createCarrierClient } from '../../ivr/carrier/carrier-client.ts';
import type { CallDeps, IvrPlatform, Replies } from '../../ivr/deps.ts';
import { registerIvr } from '../../ivr/register-ivr.ts';
import { registerSimulator } from '../../ivr/simulator/register-simulator.ts';
import type { Simulator } from '../../ivr/simulator/simulator.ts';
import { urlsOf } from '../../ivr/webhooks/part-token.ts';
import { hashPin } from '../../platform/auth/pins.ts';
import { createSettableClock, type SettableClock } from '../../platform/clock.ts';
import { handleErrors } from '../../platform/http/error-handler.ts';
import { freePort } from '../support/free-port.ts';
import { createTestPlatform } from '../support/test-platform.ts';

export const REPORT_LINE = '+15550100001';
export const SURVEY_LINE = '+15550100002';
export const PROPOSAL_LINE = '+15550100003';
export const OWN_PHONE = '+15550111111';
export const STRANGE_PHONE = '+15550122222';
export const SHORT_NUMBER = '4711';
export const PIN = '246813';

export interface IvrServer {
  app: FastifyInstance;
  platform: IvrPlatform;
  clock: SettableClock;
  pool: pg.Pool;
  simulator: Simulator;
  deps: CallDeps;
  carrier: ReturnType<typeof createCarrierClient>;
  repId: string;
  lineId: string;
  close(): Promise<void>;
}

/** Replies straight from the tables, as the part that keeps reports would read them. */
const replies: Replies = {
  async repliesToHear(client, userId) {
    const { rows } = await client.query(
      `select y.id as "replyId", a.name as author, c.name as about, y.text
       from reply y join report r on r.id = y.report_id join app_user a on a.id = y.author_id
       left join account c on c.id = r.account_id
       where r.speaker_id = $1
         and not exists (select 1 from reply_hearing h where h.reply_id = y.id and h.user_id = $1)
       order by y.created_at`,
      [userId],
    );
    return rows;
  },
  async acknowledgeReply(client, { replyId, userId }) {
    await client.query(
      'insert into reply_hearing (reply_id, user_id) values ($1, $2) on conflict do nothing',
      [replyId, userId],
    );
  },
};

/** The phone with its database, queue and simulated carrier, listening on a port of its own. */
export async function startIvrServer(): Promise<IvrServer> {
  const port = await freePort();
  const clock = createSettableClock(new Date());
  const { platform, close } = await createTestPlatform({
    clock,
    env: { PORT: String(port), PUBLIC_URL: 'https://phone.example.com' },
  });
  const carrier = createCarrierClient(platform.config.carrier);

  const app = Fastify();
  handleErrors(app);
  await registerIvr(app, platform, { replies, carrier });
  const simulator = await registerSimulator(app, platform, { callbackDelayMs: null, now: () => clock.now() });
  if (simulator === null) throw new Error('The simulator must be on without a carrier');
  await app.listen({ port, host: '127.0.0.1' });

  const { pool } = platform.database;
  const { repId, lineId } = await addPeople(pool, platform.config.secret);
  return {
    app,
    platform,
    clock,
    pool,
    simulator,
    carrier,
    deps: { platform, replies, urls: urlsOf(platform.config) },
    repId,
    lineId,
    async close() {
      await app.close();
      await close();
    },
  };
}

async function addPeople(pool: pg.Pool, secret: string): Promise<{ repId: string; lineId: string }> {
  const add = async (text: string, values: unknown[]): Promise<string> => {
    const { rows } = await pool.query<{ id: string }>(`${text} returning id`, values);
    return rows[0]?.id ?? '';
  };
  const repId = await add(
    `insert into app_user (id, email, name, roles, short_number, pin_hash)
     values (gen_random_uuid(), 'rep@example.com', 'Rita Reyes', '{rep}', $1, $2)`,
    [SHORT_NUMBER, await hashPin(secret, PIN)],
  );
  await add('insert into user_phone (id, user_id, number) values (gen_random_uuid(), $1, $2)', [
    repId,
    OWN_PHONE,
  ]);
  const line = 'insert into line (id, number, purpose, name) values (gen_random_uuid(), $1, $2, $3)';
  const lineId = await add(line, [REPORT_LINE, 'report', 'the field report line']);
  await add(line, [SURVEY_LINE, 'survey', 'Tell us']);
  await add(line, [PROPOSAL_LINE, 'proposal', 'Bid 12']);
  return { repId, lineId };
}

/** Loud enough to count as speech, `seconds` long at 8 kHz; `pitch` tells one from another. */
export function speech(seconds: number, pitch = 200): Int16Array {
  const samples = new Int16Array(Math.round(seconds * 8000));
  for (let at = 0; at < samples.length; at += 1) {
    samples[at] = Math.round(8000 * Math.sin((2 * Math.PI * pitch * at) / 8000)) || 1;
  }
  return samples;
}

export function silenceOf(seconds: number): Int16Array {
  return new Int16Array(Math.round(seconds * 8000));
}

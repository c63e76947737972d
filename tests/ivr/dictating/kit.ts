import type { SimulatedCall } from '../../../ivr/simulator/simulated-call.ts';
import { settleDictation } from '../../../transcription/dictations/settle-dictation.ts';
import { copyRecording } from '../../../transcription/ingest/copy-recording.ts';
import { heard } from '../heard.ts';
import { type IvrServer, OWN_PHONE, PIN, REPORT_LINE } from '../server.ts';

/** Calls from the rep's own phone and logs in. */
export async function callIn(server: IvrServer, from = OWN_PHONE): Promise<SimulatedCall> {
  const call = await server.simulator.placeCall({ from, to: REPORT_LINE });
  await call.press(`${PIN}#`);
  return call;
}

/** What the line says from now on. */
export function listen(call: SimulatedCall): () => string {
  const before = heard(call).length;
  return () => heard(call).slice(before).replace(/^ \| /, '');
}

/** Addresses of what the line has played, the last `count`. */
export function played(call: SimulatedCall, count: number): string[] {
  return call
    .events()
    .filter((event) => event.kind === 'play')
    .slice(-count)
    .map(({ url }) => url);
}

/** Seconds of what the carrier gets at an address that it plays. */
export async function secondsAt(server: IvrServer, url: string): Promise<number> {
  const { rawPayload } = await server.app.inject({ url });
  return (rawPayload.length - 44) / 2 / 8000;
}

export interface KeptDictation {
  id: string;
  status: string;
  urgent: boolean;
  wasCutOff: boolean;
  jobStatus: string | null;
  parts: { id: string; part: number; seconds: number | null; dropped: boolean; seam: boolean }[];
}

/** All dictations of the rep, in order of their beginning. */
export async function dictations(server: IvrServer): Promise<KeptDictation[]> {
  const { rows } = await server.pool.query<KeptDictation>(
    `select d.id, d.status, d.urgent, d.dropped_at is not null as "wasCutOff", j.status as "jobStatus",
       (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'part', r.part, 'seconds', r.announced_seconds,
          'dropped', r.dropped, 'seam', r.seam) order by r.part), '[]')
        from recording r where r.dictation_id = d.id) as parts
     from dictation d left join job j on j.dictation_id = d.id where d.speaker_id = $1 order by d.started_at, d.id`,
    [server.repId],
  );
  return rows;
}

/** Copies what the carrier has and lays it end to end, as the workers do. */
export async function settleAll(server: IvrServer): Promise<void> {
  const { fullPlatform: platform, carrier } = server;
  const { rows } = await server.pool.query<{ id: string; dictationId: string }>(
    `select id, dictation_id as "dictationId" from recording where status = 'announced'`,
  );
  for (const { id } of rows) await copyRecording({ platform, carrierMedia: carrier }, id);
  for (const { id } of await dictations(server)) await settleDictation(platform, id);
}

/** Each test begins as if nobody had called yet. */
export async function forgetAll(server: IvrServer): Promise<void> {
  await server.pool.query('truncate dictation, call cascade');
}

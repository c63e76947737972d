import { hashAnonymousId } from '../../../surveys/anonymous-id.ts';
import { resumeKeyOf } from '../../../surveys/phone/respondent-keys.ts';
import type { Dump, DumpedRow } from './take-dump.ts';

/** What only the respondents, the carrier and the server's operator know. */
export interface Known {
  secret: string;
  surveyId: string;
  /** E.164 */
  callers: string[];
  carrierCallIds: string[];
  carrierRecordingIds: string[];
  /** Digits of all invitations. */
  ids: string[];
}

/** Tables of what was said, from the response to its text. */
const SAID = ['survey_response', 'answer', 'dictation', 'recording', 'job', 'job_event', 'transcript'];
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const MOMENT = /\d{4}-\d\d-\d\dT(\d\d:\d\d:\d\d(?:\.\d+)?)(?:\+00:00|Z)/g;
/** Exact while somebody works, gone afterwards; they tell when a person or a worker was at it, never a caller. */
const WORKING = new Set(['lease_expires_at', 'next_attempt_at']);

/**
 * Looks for everything that leads from a response to who gave it. Each finding is a sentence; none is what should
 * come out.
 */
export function auditDump(dump: Dump, known: Known): string[] {
  const said = rowsOfSurvey(dump, known.surveyId);
  const invitations = dump.rows.filter(({ table }) => table === 'invitation');
  return [
    ...findNeedles(dump, known),
    ...findDerivedKeys(dump, known),
    ...findTransactions(invitations, said),
    ...findTimes(said),
    ...findTraces(dump, said),
  ];
}

/** Rows of the survey's responses, whatever table they are in. */
export function rowsOfSurvey({ rows }: Dump, surveyId: string): DumpedRow[] {
  const ids = new Set<unknown>();
  const found: DumpedRow[] = [];
  const links = ['survey_id', 'response_id', 'answer_id', 'dictation_id', 'job_id'];
  for (const table of SAID) {
    for (const row of rows.filter((each) => each.table === table)) {
      const isOurs = links.some((link) => row.columns[link] === surveyId || ids.has(row.columns[link]));
      if (!isOurs) continue;
      ids.add(row.columns.id);
      found.push(row);
    }
  }
  return found;
}

function findNeedles(dump: Dump, known: Known): string[] {
  const spaced = known.ids.map((id) => id.replace(/\d{4}(?=\d)/g, '$& '));
  const needles = {
    'a caller’s number': known.callers.flatMap((number) => [number.slice(1), number.slice(2)]),
    'the carrier’s id of a call': known.carrierCallIds,
    'the carrier’s id of a recording': known.carrierRecordingIds,
    'an anonymous ID': [...known.ids, ...spaced],
  };
  return Object.entries(needles).flatMap(([what, texts]) =>
    texts.flatMap((text) => [
      ...dump.rows.filter((row) => row.text.includes(text)).map((row) => `${what} is in ${row.table}`),
      ...(dump.log.includes(text) ? [`${what} is in the log`] : []),
      ...dump.objects
        .filter(({ key, content }) => key.includes(text) || content.includes(text))
        .map(() => `${what} is in the object storage`),
    ]),
  );
}

/** Whoever knows the secret and the IDs can make every key that was ever made of them. */
function findDerivedKeys(dump: Dump, { secret, surveyId, ids }: Known): string[] {
  return ids.flatMap((id) => {
    const idHash = hashAnonymousId(secret, surveyId, id);
    const resumeKey = resumeKeyOf(secret, idHash);
    return [
      ...dump.rows
        .filter((row) => row.text.includes(resumeKey) && !isUnfinished(row))
        .map((row) => `a resume key of a complete response is in ${row.table}`),
      ...dump.rows
        .filter((row) => row.table !== 'invitation' && row.text.includes(idHash))
        .map((row) => `an ID’s hash is in ${row.table}`),
    ];
  });
}

/** A response that its respondent may still go on with has to be found again. */
function isUnfinished({ table, columns }: DumpedRow): boolean {
  return table === 'survey_response' && columns.complete === false;
}

/** Rows written in one transaction belong together, and one that was written alone is told from its neighbors. */
function findTransactions(invitations: DumpedRow[], said: DumpedRow[]): string[] {
  const writtenSaid = new Set(said.map(({ xmin }) => xmin));
  const shared = invitations.filter(({ xmin }) => writtenSaid.has(xmin));
  const finished = invitations.filter(({ columns }) => columns.finished === true);
  const open = invitations.filter(({ columns }) => columns.finished !== true);
  const apart = finished.filter(({ xmin }) => !open.some((other) => other.xmin === xmin));
  return [
    ...shared.map(() => 'an invitation was written in the transaction of a response'),
    ...apart.map(() => 'a finished invitation is told by its transaction from those that are not'),
  ];
}

function findTimes(said: DumpedRow[]): string[] {
  return said.flatMap((row) =>
    Object.entries(row.columns).flatMap(([column, value]) => {
      if (typeof value !== 'string' || WORKING.has(column)) return [];
      const moments = [...value.matchAll(MOMENT)].filter(([, time]) => time !== '00:00:00');
      const isOfOurs = column === 'id' || column === 'object_key' || column === 'audio_key';
      const timed = isOfOurs ? [...value.matchAll(UUID)].filter(([, version]) => version !== '4') : [];
      return [
        ...moments.map(() => `${row.table}.${column} tells a time`),
        ...timed.map(() => `${row.table}.${column} holds an id with a time in it`),
      ];
    }),
  );
}

/** Places that keep times, and so must not name a row of what was said; and calls, which must be gone. */
function findTraces(dump: Dump, said: DumpedRow[]): string[] {
  const queue = dump.rows.filter(({ table }) => table.startsWith('bullmq.')).map(({ text }) => text);
  const ids = said.map(({ columns, table }) => ({ table, id: String(columns.id) }));
  const calls = dump.rows.filter(
    ({ table, text }) => table === 'call' && text.includes('"purpose": "survey"'),
  );
  return [
    ...ids.filter(({ id }) => dump.log.includes(id)).map(({ table }) => `the log names a ${table}`),
    ...ids
      .filter(({ id }) => queue.some((text) => text.includes(id)))
      .map(({ table }) => `the queue names a ${table}`),
    ...calls.map(() => 'a call to the survey line is still there'),
  ];
}

/**
 * `analyze --world world.json --in transcripts.jsonl --out predictions.jsonl`: splits, codes and extracts transcripts
 * on files or pipes, with no server and no database. Nothing is written unless every line could be read.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { analyze, prepareVocabulary } from '../../transcription/thought-units/analyze.ts';
import type { Analysis } from '../../transcription/thought-units/types.ts';

const USAGE =
  'Usage: analyze --world world.json --in transcripts.jsonl --out predictions.jsonl ("-" for standard input or output).';

/** What is wrong with the command or its files, in one sentence for the person. */
class UsageError extends Error {}

const isoDay = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, 'is not a date like 2026-03-31')
  .refine(
    (day) => !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day),
    'is no day of the calendar',
  );

const Line = z.object({
  id: z.string(),
  rep: z.string().nullish(),
  callDate: isoDay,
  transcript: z.string(),
});

const term = z.object({ id: z.string(), name: z.string(), aliases: z.array(z.string()).default([]) });
const World = z.object({
  company: z.string().default(''),
  industry: z.string().default(''),
  reps: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      territory: z.string().default(''),
      region: z.string().default(''),
    }),
  ),
  accounts: z.array(
    term.extend({
      city: z.string().default(''),
      state: z.string().default(''),
      region: z.string().default(''),
      lifecycle: z.enum(['lead', 'new', 'active', 'inactive']).default('active'),
    }),
  ),
  contacts: z.array(
    z.object({ id: z.string(), name: z.string(), account: z.string(), title: z.string().default('') }),
  ),
  products: z.array(term),
  competitors: z.array(term),
});

type TranscriptLine = z.infer<typeof Line>;

/** Runs the command. @returns the exit status: 0 when done, 2 when the command or a file is at fault */
export async function runAnalyze(args: string[]): Promise<number> {
  try {
    const options = readOptions(args);
    const lexicon = prepareVocabulary(readWorld(options.world));
    const lines = readLines(options.in);
    const predictions = lines.map(({ id, rep, callDate, transcript }) =>
      JSON.stringify(
        toPrediction(id, analyze({ transcript, callDate, rep: rep ?? null, vocabulary: lexicon })),
      ),
    );
    writeWhole(options.out, predictions.map((line) => `${line}\n`).join(''));
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function readOptions(args: string[]): { world: string; in: string; out: string } {
  let values: { world?: string; in?: string; out?: string };
  try {
    ({ values } = parseArgs({
      args,
      options: { world: { type: 'string' }, in: { type: 'string' }, out: { type: 'string' } },
    }));
  } catch (error) {
    throw new UsageError(
      `${error instanceof Error ? error.message.split('. ')[0] : String(error)}. ${USAGE}`,
    );
  }
  const { world, in: source, out } = values;
  for (const [name, value] of [
    ['world', world],
    ['in', source],
    ['out', out],
  ])
    if (!value) throw new UsageError(`The option --${name} is missing. ${USAGE}`);
  return { world: world ?? '', in: source ?? '', out: out ?? '' };
}

function readText(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    const reason =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder'
          : code === 'EACCES'
            ? 'reading it is not allowed'
            : String(error);
    throw new UsageError(`Cannot read ${path === '-' ? 'standard input' : path}: ${reason}.`);
  }
}

/** The first thing that is wrong, as "callDate is missing". */
function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  const where = issue?.path.map(String).join('.');
  const what = /received undefined/.test(issue?.message ?? '')
    ? 'is missing'
    : (issue?.message ?? 'is not as expected');
  return where ? `${where} ${/^is /.test(what) ? what : `is wrong (${what})`}` : 'it is not a JSON object';
}

function readWorld(path: string): z.infer<typeof World> {
  let json: unknown;
  try {
    json = JSON.parse(readText(path));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} is not JSON.`);
  }
  const world = World.safeParse(json);
  if (!world.success) throw new UsageError(`${path} is not a vocabulary: ${firstIssue(world.error)}.`);
  return world.data;
}

function readLines(path: string): TranscriptLine[] {
  const name = path === '-' ? 'standard input' : path;
  const seen = new Map<string, number>();
  return readText(path)
    .split('\n')
    .flatMap((text, n): TranscriptLine[] => {
      if (!text.trim()) return [];
      let json: unknown;
      try {
        json = JSON.parse(text);
      } catch {
        throw new UsageError(`Line ${n + 1} of ${name} is not JSON.`);
      }
      const line = Line.safeParse(json);
      if (!line.success)
        throw new UsageError(`Line ${n + 1} of ${name} is not a transcript: ${firstIssue(line.error)}.`);
      const before = seen.get(line.data.id);
      if (before) throw new UsageError(`Line ${n + 1} of ${name} has the id of line ${before}.`);
      seen.set(line.data.id, n + 1);
      return [line.data];
    });
}

/** Writes beside the target and renames, so that a reader never sees half of it. */
function writeWhole(path: string, text: string): void {
  if (path === '-') {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
    return;
  }
  const beside = `${path}.${randomUUID()}.part`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw new UsageError(
      `Cannot write ${path}: ${error instanceof Error ? error.message.replace(/, .*$/, '') : String(error)}.`,
    );
  }
}

/** An analysis with plain values, as the scorer reads it. */
export function toPrediction(id: string, { units, fields }: Analysis) {
  const plain = <T>(items: { value: T }[]): T[] => items.map(({ value }) => value);
  return {
    id,
    units: units.map(({ text, start, end, codes }) => ({
      text,
      start,
      end,
      codes: codes.map(({ code }) => code),
    })),
    fields: {
      account: fields.account?.value ?? null,
      contacts: plain(fields.contacts),
      newContacts: plain(fields.newContacts),
      meetingDate: fields.meetingDate?.value ?? null,
      meetingType: fields.meetingType?.value ?? null,
      products: plain(fields.products),
      competitors: plain(fields.competitors),
      newCompetitors: plain(fields.newCompetitors),
      amounts: plain(fields.amounts),
      percents: plain(fields.percents),
      nextSteps: fields.nextSteps.map(({ unit, value }) => ({ unit, ...value })),
      sentiment: fields.sentiment.value,
      stage: fields.stage?.value ?? null,
    },
  };
}

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { stringify } from 'csv-stringify/sync';
import { StartupError } from '../../platform/errors.ts';
import { type ReportDetail, readAllReports } from '../api/reports/read-report.ts';
import { usage, withPlatform } from './with-platform.ts';

const USAGE = 'export [--format jsonl|csv] [--out FILE]';

interface Format {
  header: string;
  render: (report: ReportDetail) => string;
}

const CSV_COLUMNS = [
  'report',
  'reference',
  'calledAt',
  'meetingDate',
  'speaker',
  'region',
  'account',
  'unit',
  'text',
  'codes',
  'fields',
  'audioStartMs',
  'audioEndMs',
] as const;

// What somebody said may begin like a formula; a spreadsheet must not run it.
const toCsv = (rows: (string | number | null)[][]) => stringify(rows, { escape_formulas: true });

/** A row a unit. */
function csvRows(report: ReportDetail): (string | number | null)[][] {
  return report.units.map((unit) => {
    const fields = report.fields.filter(
      (field) => field.unit === unit.number && field.certainty !== 'refused',
    );
    return [
      report.id,
      report.reference,
      report.calledAt,
      report.meetingDate,
      report.speaker?.name ?? null,
      report.region,
      report.account?.name ?? null,
      unit.number,
      unit.text,
      unit.codes
        .filter(({ certainty }) => certainty !== 'refused')
        .map(({ code }) => code)
        .join(' '),
      fields.map(({ field, display }) => `${field}: ${display}`).join('; '),
      unit.audioStartMs,
      unit.audioEndMs,
    ];
  });
}

const FORMATS: Record<string, Format> = {
  jsonl: { header: '', render: (report) => `${JSON.stringify(report)}\n` },
  csv: { header: toCsv([[...CSV_COLUMNS]]), render: (report) => toCsv(csvRows(report)) },
};

async function write(to: Writable, text: string): Promise<void> {
  if (!to.write(text)) await once(to, 'drain');
}

/** Writes to a file that is there whole or not at all. */
async function toFile(file: string, work: (to: Writable) => Promise<void>): Promise<void> {
  const draft = `${file}.part`;
  const stream = createWriteStream(draft, { mode: 0o600 });
  try {
    await once(stream, 'open').catch((cause: unknown) => {
      throw new StartupError(`The file ${file} can't be written; choose another one with --out.`, { cause });
    });
    await work(stream);
    stream.end();
    await once(stream, 'finish');
    await rename(draft, file);
  } catch (error) {
    stream.destroy();
    await rm(draft, { force: true });
    throw error;
  }
}

/** `export`: the reports with their units, codes and field values, the oldest first; a JSON object or CSV rows each. */
export async function runExport(args: string[]): Promise<number> {
  let values: { format: string; out?: string };
  try {
    const options = { format: { type: 'string', default: 'jsonl' }, out: { type: 'string' } } as const;
    values = parseArgs({ args, options }).values;
  } catch {
    return usage(USAGE);
  }
  const format = FORMATS[values.format];
  if (!format) return usage(USAGE, `There is no format ${values.format}.`);
  await withPlatform(async (platform) => {
    let reports = 0;
    const work = async (to: Writable) => {
      await write(to, format.header);
      for await (const report of readAllReports(platform)) {
        await write(to, format.render(report));
        reports += 1;
      }
    };
    if (values.out === undefined) await work(process.stdout);
    else await toFile(values.out, work);
    await platform.database.prisma.auditEntry.create({
      data: {
        action: 'reports.exported',
        subjectType: 'report',
        subjectId: 'all',
        detail: { format: values.format, reports },
      },
    });
    process.stderr.write(`${reports} reports written.\n`);
  });
  return 0;
}

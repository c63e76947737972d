import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { vocabularySchema } from '../../transcription/vocabulary/vocabulary-schema.ts';

const FOLDER = path.join(import.meta.dirname, 'company');

const amountKind = z.enum(['deal', 'price', 'budget', 'discount', 'volume-spend', 'other']);

const demoReport = z.object({
  id: z.string(),
  rep: z.string(),
  callDate: z.iso.date(),
  units: z.array(
    z.object({ text: z.string(), codes: z.array(z.string()), para: z.boolean().default(false) }),
  ),
  gold: z.object({
    account: z.string().nullable(),
    contacts: z.array(z.string()),
    newContacts: z.array(z.string()),
    meetingDate: z.iso.date().nullable(),
    meetingType: z.enum(['visit', 'phone', 'video', 'event', 'email']).nullable(),
    products: z.array(z.string()),
    competitors: z.array(z.string()),
    newCompetitors: z.array(z.string()),
    amounts: z.array(z.object({ value: z.number(), currency: z.literal('USD'), of: amountKind })),
    percents: z.array(z.object({ value: z.number(), of: amountKind })),
    nextSteps: z.array(
      z.object({
        unit: z.number(),
        owner: z.enum(['rep', 'customer', 'colleague']),
        due: z.iso.date().nullable(),
      }),
    ),
    sentiment: z.number(),
    stage: z.string().nullable(),
  }),
});

const times = z.record(z.string(), z.object({ durationMs: z.number(), unitStartsMs: z.array(z.number()) }));

export type DemoReport = z.infer<typeof demoReport>;
export type DemoTimes = z.infer<typeof times>;

/** The demo company as it lies in the repository. */
export async function readCompany() {
  const read = (name: string) => readFile(path.join(FOLDER, name), 'utf8');
  const lines = (await read('reports.jsonl')).split('\n').filter((line) => line !== '');
  return {
    world: vocabularySchema.parse(JSON.parse(await read('world.json'))),
    reports: lines.map((line) => demoReport.parse(JSON.parse(line))),
    /** Of the reports that have audio. */
    times: times.parse(JSON.parse(await read('audio/times.json'))),
  };
}

/** What was said in a report, as 8 kHz MP3. */
export function readDemoAudio(reportId: string): Promise<Buffer> {
  return readFile(path.join(FOLDER, 'audio', `${reportId}.mp3`));
}

/** The text as a transcriptionist types it, and where each unit begins in it. */
export function transcriptOf({ units }: Pick<DemoReport, 'units'>): { text: string; starts: number[] } {
  let text = '';
  const starts = units.map((unit, index) => {
    if (index > 0) text += unit.para ? '\n\n' : ' ';
    const start = text.length;
    text += unit.text;
    return start;
  });
  return { text, starts };
}

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { decodeAudio } from '../../transcription/audio/decode-audio.ts';
import { sampleBytes, wavHeader } from '../../transcription/audio/write-wav.ts';
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

/** Where in the text each value is said, in the order of the values; null where it is not said in one place. */
const mentions = z.record(
  z.string(),
  z.record(z.string(), z.array(z.tuple([z.number(), z.number()]).nullable())),
);

export type DemoMentions = z.infer<typeof mentions>;
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
    mentions: mentions.parse(JSON.parse(await read('mentions.json'))),
  };
}

/** What was said in a report, as the carrier records it: 16-bit mono WAV at 8 kHz. */
export async function readDemoSpeech(reportId: string): Promise<Buffer> {
  const mp3 = await readFile(path.join(FOLDER, 'audio', `${reportId}.mp3`));
  const decoded = await decodeAudio(Readable.from([mp3]));
  if (decoded.kind !== 'audio') throw new Error(`The audio of demo report ${reportId} can't be read`);
  const { sampleRate, samples } = decoded.audio;
  const blocks: Buffer[] = [];
  let count = 0;
  for await (const block of samples) {
    // Copied: the decoder may use its memory again.
    blocks.push(Buffer.from(sampleBytes(block)));
    count += block.length;
  }
  return Buffer.concat([wavHeader(sampleRate, count), ...blocks]);
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

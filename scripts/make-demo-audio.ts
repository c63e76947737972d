/**
 * Speaks the demo company's dictations with a speech synthesizer, as somebody on a phone would be heard, and notes
 * when each thought unit starts. Run by hand when the texts change; needs Debian's espeak-ng, sox and
 * libsox-fmt-mp3. Its output is committed, so that nobody else needs them.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

interface DemoReport {
  id: string;
  rep: string;
  units: { text: string; para?: boolean }[];
}

const company = path.join(import.meta.dirname, '..', 'app', 'demo', 'company');
/** Reports that get audio: two or three of each rep, so that every voice is heard. */
const EVERY_SECOND = 2;
/** A voice and a speed (words a minute) for each rep. */
const VOICES: Record<string, [voice: string, wordsPerMinute: number]> = {
  r1: ['en-us+m3', 170],
  r2: ['en-us+f2', 185],
  r3: ['en-us+m1', 175],
  r4: ['en-us+f4', 185],
  r5: ['en-us+m7', 180],
  r6: ['en-us+f3', 170],
  r7: ['en-us+m5', 185],
  r8: ['en-us+f5', 180],
};
const HEADER_BYTES = 44;
const SAMPLE_RATE = 8000;

function speak(text: string, voice: string, wordsPerMinute: number, folder: string): Buffer {
  const spoken = path.join(folder, 'spoken.wav');
  const phone = path.join(folder, 'phone.wav');
  execFileSync('espeak-ng', ['-v', voice, '-s', String(wordsPerMinute), '-w', spoken, text]);
  // A telephone carries 300 to 3400 Hz.
  execFileSync('sox', [
    '-V1',
    spoken,
    '-r',
    String(SAMPLE_RATE),
    '-c',
    '1',
    '-b',
    '16',
    phone,
    'sinc',
    '300-3400',
    'gain',
    '-n',
    '-3',
  ]);
  return readFileSync(phone).subarray(HEADER_BYTES);
}

const reports: DemoReport[] = readFileSync(path.join(company, 'reports.jsonl'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line));
const folder = mkdtempSync(path.join(os.tmpdir(), 'demo-audio-'));
const target = path.join(company, 'audio');
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const times: Record<string, { durationMs: number; unitStartsMs: number[] }> = {};
let bytes = 0;
for (const report of reports.filter((_, index) => index % EVERY_SECOND === 0)) {
  const [voice, wordsPerMinute] = VOICES[report.rep] ?? ['en-us', 175];
  const pieces: Buffer[] = [];
  const unitStartsMs: number[] = [];
  let samples = 0;
  const append = (piece: Buffer) => {
    pieces.push(piece);
    samples += piece.length / 2;
  };
  report.units.forEach((unit, index) => {
    if (index > 0) append(Buffer.alloc(SAMPLE_RATE * 2 * (unit.para ? 0.9 : 0.25)));
    unitStartsMs.push(Math.round((samples / SAMPLE_RATE) * 1000));
    append(speak(unit.text, voice, wordsPerMinute, folder));
  });
  const raw = path.join(folder, 'whole.raw');
  writeFileSync(raw, Buffer.concat(pieces));
  const mp3 = path.join(target, `${report.id}.mp3`);
  execFileSync('sox', [
    '-V1',
    '-t',
    'raw',
    '-r',
    String(SAMPLE_RATE),
    '-e',
    'signed',
    '-b',
    '16',
    '-c',
    '1',
    raw,
    '-C',
    '16',
    mp3,
  ]);
  times[report.id] = { durationMs: Math.round((samples / SAMPLE_RATE) * 1000), unitStartsMs };
  bytes += statSync(mp3).size;
}
writeFileSync(path.join(target, 'times.json'), `${JSON.stringify(times)}\n`);
rmSync(folder, { recursive: true, force: true });
console.log(`${Object.keys(times).length} dictations, ${Math.round(bytes / 1024)} KiB`);

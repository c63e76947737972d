/**
 * Three dictations, spoken by a synthesizer over a phone line, typed in Chromium from the first word to the finished
 * report, by keyboard alone, as somebody would who types so many keys a second: plays, types behind the voice, pauses
 * when it runs away, takes a name that is offered, gives codes where the suggestion is wrong, finishes.
 *
 *   npm run bench typist [KEYS-PER-SECOND]      (needs espeak-ng and python3)
 *
 * A press is a key that goes down; Shift and Ctrl count, too. Beside it what the same text costs in a bare field.
 */

import { launchChromium } from '../tests/support/chromium.ts';
import { createPeaks, PEAKS_PER_SECOND } from '../transcription/audio/peaks.ts';
import { writeWav } from '../transcription/audio/write-wav.ts';
import { speakDictation } from './support/alignment/speak-dictation.ts';
import { machine } from './support/bench-platform.ts';
import { DICTATIONS } from './support/typist/dictations.ts';
import { createHands, pressesInBareField } from './support/typist/hands.ts';
import { reviewUnits, typeDictation } from './support/typist/typist.ts';
import { openWorkbenchServer } from './support/workbench-server.ts';

const [, , rate = '8'] = process.argv;
const server = await openWorkbenchServer(0);
const browser = await launchChromium(['--autoplay-policy=no-user-gesture-required']);
try {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await server.signIn(page);
  const hands = createHands(page, Number(rate));
  console.log(`${rate} keys a second\n${machine()}\n`);
  console.log(
    'dictation        audio s  words  letters  bare presses  typing  review  codes changed  text as said  s in all  of audio',
  );
  for (const [at, { name, units }] of DICTATIONS.entries()) {
    const spoken = speakDictation(
      units,
      { program: 'espeak-ng', voice: 'en-us', wordsPerMinute: 150, noiseDb: 24 },
      at + 1,
    );
    const jobId = await server.addJob({ seconds: 1, text: '', doubts: 0 });
    const seconds = await store(jobId, spoken.samples, spoken.sampleRate);
    const begun = Date.now();
    await page.goto(`${server.address}/workbench/${jobId}`);
    await page.waitForSelector('#workbench[data-ready="write"]');
    await typeDictation(page, hands, spoken);
    const typing = hands.presses();
    const typed = await page.inputValue('#text');
    const changed = await reviewUnits(page, hands, units);
    const review = hands.presses() - typing;
    const took = (Date.now() - begun) / 1000;
    hands.forget();
    console.log(
      [
        name.padEnd(16),
        show(seconds, 7),
        show(spoken.words.length, 6, 0),
        show(spoken.text.length, 8, 0),
        show(pressesInBareField(spoken.text), 13, 0),
        show(typing, 7, 0),
        show(review, 7, 0),
        show(changed, 14, 0),
        (typed === spoken.text ? 'yes' : 'NO').padStart(13),
        show(took, 9),
        show(took / seconds, 9, 2),
      ].join(' '),
    );
    if (typed !== spoken.text) console.log(`  said:  ${spoken.text}\n  typed: ${typed}`);
  }
} finally {
  await browser.close();
  await server.close();
}

function show(value: number, width: number, digits = 1): string {
  return value.toFixed(digits).padStart(width);
}

/** Puts the speech in place of the job's audio; gives its length in seconds. */
async function store(jobId: string, samples: Int16Array, sampleRate: number): Promise<number> {
  const { prisma } = server.platform.database;
  const { dictation } = await prisma.job.findUniqueOrThrow({
    where: { id: jobId },
    select: { dictation: { select: { id: true, audioKey: true } } },
  });
  const wav = writeWav(sampleRate, samples);
  await server.platform.objects.put(dictation.audioKey ?? '', wav, { contentType: 'audio/wav' });
  const peaks = createPeaks(sampleRate);
  peaks.push(samples);
  const durationSeconds = samples.length / sampleRate;
  await prisma.dictation.update({
    where: { id: dictation.id },
    data: {
      durationSeconds,
      sampleRate,
      audioBytes: wav.length,
      peaks: new Uint8Array(peaks.finish()),
      peaksPerSecond: PEAKS_PER_SECOND,
    },
  });
  return durationSeconds;
}

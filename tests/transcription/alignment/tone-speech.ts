import type { SpeechSynthesizer } from '../../../transcription/alignment/speech-synthesizer.ts';

/**
 * Speech for tests: each letter is a chord of its own, so that words sound different and the same word sounds alike
 * whoever says it. Another speaker has another length of letters and another loudness.
 */
export interface ToneSpeaker {
  letterMs: number;
  amplitude: number;
}

const SAMPLE_RATE = 8000;

export function sayWord(word: string, { letterMs, amplitude }: ToneSpeaker): Int16Array {
  const letters = [...word.toLowerCase().replace(/[^a-z]/g, '')];
  const width = Math.round((letterMs * SAMPLE_RATE) / 1000);
  return Int16Array.from({ length: letters.length * width }, (_, at) => {
    const code = (letters[Math.floor(at / width)] ?? 'a').charCodeAt(0) - 97;
    const low = 300 + 40 * code;
    const high = 1400 + ((code * 7) % 26) * 70;
    const seconds = at / SAMPLE_RATE;
    return amplitude * (Math.sin(2 * Math.PI * low * seconds) + Math.sin(2 * Math.PI * high * seconds)) * 0.5;
  });
}

/** A text said with pauses after full stops and commas; tells when each word begins. */
export function sayText(
  text: string,
  speaker: ToneSpeaker,
  { leadMs, sentenceMs, commaMs }: { leadMs: number; sentenceMs: number; commaMs: number },
): { samples: Int16Array; words: { start: number; startMs: number; endMs: number }[] } {
  const pieces: Int16Array[] = [];
  let length = 0;
  const add = (piece: Int16Array) => {
    pieces.push(piece);
    length += piece.length;
  };
  const silence = (ms: number) => new Int16Array(Math.round((ms * SAMPLE_RATE) / 1000));
  add(silence(leadMs));
  const words = [...text.matchAll(/\S+/g)].map((match) => {
    const startMs = (length * 1000) / SAMPLE_RATE;
    add(sayWord(match[0], speaker));
    const endMs = (length * 1000) / SAMPLE_RATE;
    if (/[.!?]$/.test(match[0])) add(silence(sentenceMs));
    else if (/,$/.test(match[0])) add(silence(commaMs));
    return { start: match.index, startMs, endMs };
  });
  const samples = new Int16Array(length);
  let at = 0;
  for (const piece of pieces) {
    samples.set(piece, at);
    at += piece.length;
  }
  return { samples, words };
}

export function toneSynthesizer(speaker: ToneSpeaker): SpeechSynthesizer & { spoken: string[] } {
  const spoken: string[] = [];
  return {
    spoken,
    async speak(text) {
      spoken.push(text);
      const { samples } = sayText(text, speaker, { leadMs: 20, sentenceMs: 0, commaMs: 0 });
      return { samples, sampleRate: SAMPLE_RATE };
    },
  };
}

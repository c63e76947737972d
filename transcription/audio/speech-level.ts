/**
 * Whether anything at all was said. It only has to tell an empty line from a voice: in doubt it says that
 * something was, because a person can close a job in a second and nobody can bring back what was thrown away.
 */
export interface SpeechLevel {
  push(samples: Int16Array): void;
  finish(): { loudMs: number; silent: boolean };
}

const FRAME_MS = 20;
/**
 * -55 dB below full scale. An idle telephone line is quieter (mu-law's own noise is near -70), a whisper held
 * away from the mouth is louder.
 */
const LOUD = 32_768 * 10 ** (-55 / 20);
/** A click or the tail of a key's tone is shorter, the shortest word is longer. */
const SHORTEST_SPEECH_MS = 120;

export function measureSpeech(sampleRate: number): SpeechLevel {
  const frameSamples = Math.round((sampleRate * FRAME_MS) / 1000);
  let sum = 0;
  let squares = 0;
  let inFrame = 0;
  let loudFrames = 0;
  return {
    push(samples) {
      for (const sample of samples) {
        sum += sample;
        squares += sample * sample;
        inFrame += 1;
        if (inFrame < frameSamples) continue;
        // Around the frame's mean: a converter's constant offset is no sound.
        const mean = sum / inFrame;
        if (Math.sqrt(Math.max(0, squares / inFrame - mean * mean)) > LOUD) loudFrames += 1;
        sum = 0;
        squares = 0;
        inFrame = 0;
      }
    },
    finish() {
      const loudMs = loudFrames * FRAME_MS;
      return { loudMs, silent: loudMs < SHORTEST_SPEECH_MS };
    },
  };
}

import type { CallEvent } from '../call-events.ts';

/** Speaks what the line says, one after another, until it is interrupted. */
export interface Speaker {
  /** Resolves when all of it was heard, or at once when it is interrupted. */
  play(events: readonly CallEvent[]): Promise<void>;
  interrupt(): void;
}

/** Slower than people speak, for when the browser doesn't tell that it has finished. */
const SECONDS_A_WORD = 0.6;
const TONE_SECONDS = 0.25;

export function createSpeaker({ isAloud }: { isAloud: () => boolean }): Speaker {
  let current = new AbortController();
  let context: AudioContext | null = null;

  async function playOne(event: CallEvent, signal: AbortSignal): Promise<void> {
    if (!isAloud()) return;
    if (event.kind === 'say') return say(event, signal);
    if (event.kind === 'tone') return tone(signal);
    if (event.kind === 'play' && event.isPlayable) return playAudio(event.url, signal);
    if (event.kind === 'pause') return waitFor(event.seconds, signal);
  }

  async function say(event: Extract<CallEvent, { kind: 'say' }>, signal: AbortSignal): Promise<void> {
    if (!('speechSynthesis' in window)) return;
    const utterance = new SpeechSynthesisUtterance(event.text);
    utterance.lang = event.language;
    const over = new Promise<void>((resolve) => {
      utterance.onend = () => resolve();
      utterance.onerror = () => resolve();
      signal.addEventListener('abort', () => {
        speechSynthesis.cancel();
        resolve();
      });
    });
    // Without a voice nothing is spoken and nobody says so.
    const hasVoice = speechSynthesis.getVoices().length > 0;
    const longest = hasVoice ? 2 + event.text.split(' ').length * SECONDS_A_WORD : 0;
    speechSynthesis.speak(utterance);
    await Promise.race([over, waitFor(longest, signal)]);
    speechSynthesis.cancel();
  }

  async function tone(signal: AbortSignal): Promise<void> {
    context ??= new AudioContext();
    const oscillator = new OscillatorNode(context, { frequency: 1000 });
    const quiet = new GainNode(context, { gain: 0.15 });
    oscillator.connect(quiet).connect(context.destination);
    oscillator.start();
    await waitFor(TONE_SECONDS, signal);
    oscillator.stop();
  }

  async function playAudio(url: string, signal: AbortSignal): Promise<void> {
    const audio = new Audio(url);
    const over = new Promise<void>((resolve) => {
      audio.onended = () => resolve();
      audio.onerror = () => resolve();
      signal.addEventListener('abort', () => resolve());
    });
    await audio.play().catch(() => undefined);
    if (!audio.paused) await over;
    audio.pause();
  }

  return {
    async play(events) {
      const { signal } = current;
      for (const event of events) {
        if (signal.aborted) return;
        await playOne(event, signal);
      }
    },
    interrupt() {
      current.abort();
      current = new AbortController();
    },
  };
}

function waitFor(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Plays one thing at a time: recordings, and words in a voice of the browser where it has one for the language. */
export interface Sounds {
  /** Resolves when it has ended; false when it was stopped or can't be played. */
  play(url: string): Promise<boolean>;
  /** Words without a recording. Without a voice they are silent for as long as it takes to read them. */
  speak(text: string, language: string): Promise<boolean>;
  stop(): void;
}

/** Reading speed of somebody who speaks on the telephone. */
const MS_A_CHARACTER = 60;

export function createSounds(): Sounds {
  const audio = new Audio();
  let settle: ((ended: boolean) => void) | null = null;

  const finish = (ended: boolean) => {
    const told = settle;
    settle = null;
    told?.(ended);
  };
  const stop = () => {
    audio.pause();
    window.speechSynthesis?.cancel();
    finish(false);
  };
  const begin = () => {
    stop();
    return new Promise<boolean>((resolve) => {
      settle = resolve;
    });
  };
  audio.addEventListener('ended', () => finish(true));
  audio.addEventListener('error', () => finish(false));

  return {
    stop,
    play(url) {
      const ended = begin();
      audio.src = url;
      audio.play().catch((error: unknown) => {
        // Stopped before it began is no failure of this one.
        if (!(error instanceof DOMException && error.name === 'AbortError')) finish(false);
      });
      return ended;
    },
    speak(text, language) {
      const ended = begin();
      const mine = settle;
      const over = () => {
        if (settle === mine) finish(true);
      };
      const voice = voiceFor(language);
      if (!voice) {
        setTimeout(over, Math.max(300, text.length * MS_A_CHARACTER));
        return ended;
      }
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.voice = voice;
      utterance.lang = language;
      utterance.addEventListener('end', over);
      utterance.addEventListener('error', over);
      window.speechSynthesis.speak(utterance);
      return ended;
    },
  };
}

/** One of exactly that language before one of another country. */
function voiceFor(language: string): SpeechSynthesisVoice | undefined {
  const voices = window.speechSynthesis?.getVoices() ?? [];
  const [family = ''] = language.split('-');
  return (
    voices.find(({ lang }) => lang.replace('_', '-') === language) ??
    voices.find(({ lang }) => lang.startsWith(family))
  );
}

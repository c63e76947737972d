/** Plays pieces of dictations: one audio element for the page, a second piece stops the first. */
export interface ClipPlayer {
  /** Resolves when the piece has ended or another one was asked for; false: it can't be played. */
  play(clip: Clip): Promise<boolean>;
  stop(): void;
  isPlaying(): boolean;
}

export interface Clip {
  dictationId: string;
  fromMs: number;
  toMs: number;
}

export function createClipPlayer(audio: HTMLAudioElement): ClipPlayer {
  let source = '';
  let settle: ((played: boolean) => void) | null = null;
  let endMs = 0;
  const finish = (played: boolean) => {
    audio.pause();
    settle?.(played);
    settle = null;
  };
  audio.addEventListener('timeupdate', () => {
    if (settle && audio.currentTime * 1000 >= endMs) finish(true);
  });
  audio.addEventListener('ended', () => finish(true));
  audio.addEventListener('error', () => finish(false));
  return {
    async play({ dictationId, fromMs, toMs }) {
      finish(true);
      const address = `/api/v1/dictations/${dictationId}/audio`;
      if (source !== address) {
        source = address;
        audio.src = address;
      }
      audio.currentTime = fromMs / 1000;
      endMs = toMs;
      const done = new Promise<boolean>((resolve) => {
        settle = resolve;
      });
      audio.play().catch((error: unknown) => {
        // Stopped before it began is no failure.
        if (!(error instanceof DOMException && error.name === 'AbortError')) finish(false);
      });
      return done;
    },
    stop: () => finish(true),
    isPlaying: () => settle !== null,
  };
}

export interface PiecePlayer {
  readonly isPlaying: boolean;
  /** Plays from `startMs` and stops at `endMs`. */
  play(startMs: number, endMs: number): void;
  stop(): void;
  faster(by: 1 | -1): void;
}

const SPEEDS = [0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.4, 1.6, 1.8, 2, 2.5];

/** Plays pieces of one audio, with the pitch kept. `onTrouble` is told why it can't. */
export function createPiecePlayer(audio: HTMLAudioElement, onTrouble: (why: string) => void): PiecePlayer {
  let stopAt = 0;
  let speed = SPEEDS.indexOf(1);
  audio.preservesPitch = true;
  const trouble = () =>
    onTrouble('The audio can not be played right now. Check the connection and try again.');
  // Looked at with each frame, because timeupdate comes only four times a second.
  const watch = () => {
    if (audio.paused) return;
    if (audio.currentTime >= stopAt) audio.pause();
    else requestAnimationFrame(watch);
  };
  return {
    get isPlaying() {
      return !audio.paused;
    },
    play(startMs, endMs) {
      stopAt = endMs / 1000;
      audio.currentTime = startMs / 1000;
      audio.playbackRate = SPEEDS[speed] ?? 1;
      audio.play().then(watch, (error: DOMException) => {
        // Our own pause while it was about to begin is no trouble.
        if (error.name !== 'AbortError') trouble();
      });
    },
    stop: () => audio.pause(),
    faster(by) {
      speed = Math.max(0, Math.min(SPEEDS.length - 1, speed + by));
      audio.playbackRate = SPEEDS[speed] ?? 1;
    },
  };
}

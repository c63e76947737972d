/** Plays a stretch of a dictation's audio, one at a time. */
export interface SpanPlayer {
  play(span: { startMs: number; endMs: number }, onEnd: () => void): void;
  stop(): void;
}

/** @param url of a whole WAV; asked for in pieces by the browser */
export function createSpanPlayer(url: string): SpanPlayer {
  const audio = new Audio();
  audio.preload = 'none';
  let ended: (() => void) | null = null;
  let untilSeconds = 0;
  const stop = () => {
    audio.pause();
    ended?.();
    ended = null;
  };
  const watch = () => {
    if (ended === null) return;
    if (audio.currentTime >= untilSeconds || audio.ended) stop();
    else requestAnimationFrame(watch);
  };
  audio.addEventListener('error', stop);
  return {
    stop,
    play({ startMs, endMs }, onEnd) {
      stop();
      ended = onEnd;
      untilSeconds = endMs / 1000;
      if (audio.src === '') audio.src = url;
      const begin = () => {
        audio.currentTime = startMs / 1000;
        audio.play().then(watch, stop);
      };
      if (audio.readyState >= HTMLMediaElement.HAVE_METADATA) begin();
      else {
        audio.addEventListener('loadedmetadata', begin, { once: true });
        audio.load();
      }
    },
  };
}

import type { Player } from '../audio/player.ts';

/** Plays pieces of other dictations: what a speaker said to a doubt, or a passage as it was said first. */
export interface AnswerPlayer {
  /** The same piece again: stops it. Without an end: to the end. */
  play(url: string, piece?: { startMs: number; endMs: number }): void;
  stop(): void;
}

export function createAnswerPlayer(player: Player, onTrouble: (message: string) => void): AnswerPlayer {
  const audio = new Audio();
  audio.preload = 'none';
  audio.dataset.part = 'answer';
  let playing = '';
  audio.addEventListener('ended', () => {
    playing = '';
  });
  // The dictation goes on: one voice at a time.
  player.audio.addEventListener('play', () => stop());

  function stop(): void {
    audio.pause();
    playing = '';
  }

  return {
    stop,
    play(url, piece) {
      // The browser itself stops at the end of a media fragment.
      const source = piece
        ? `${url}#t=${(piece.startMs / 1000).toFixed(2)},${(piece.endMs / 1000).toFixed(2)}`
        : url;
      const isAgain = playing === source && !audio.paused;
      player.pause();
      stop();
      if (isAgain) return;
      audio.src = source;
      playing = source;
      audio.play().catch((error: DOMException) => {
        if (error.name !== 'AbortError')
          onTrouble('The answer can not be played right now. Check the connection, then try again.');
      });
    },
  };
}

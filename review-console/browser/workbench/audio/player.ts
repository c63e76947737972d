import { heardUntil, jumpedTo, type Listening, nextSpeed, resumeAt } from './back-step.ts';

/** The dictation's audio, driven from the keyboard. Positions in seconds. */
export interface Player {
  readonly audio: HTMLAudioElement;
  readonly seconds: number;
  readonly isPlaying: boolean;
  readonly speed: number;
  toggle(): void;
  pause(): void;
  /** Jumps by that many seconds and goes on as it was. */
  skip(seconds: number): void;
  jumpTo(seconds: number): void;
  /** Plays from `start` and stops at `end`; the same piece again: stops it. */
  playPiece(start: number, end: number): void;
  faster(direction: -1 | 1): void;
  setSpeed(speed: number): void;
  /** The last stretch once more, slower; the usual speed returns where it began. */
  againSlower(): void;
  backStepSeconds: number;
}

export interface PlayerEvents {
  /** Position, speed or playing changed. */
  onChange(): void;
  onTrouble(message: string): void;
}

const AGAIN_SECONDS = 5;
const AGAIN_FACTOR = 0.7;

export function createPlayer(
  audio: HTMLAudioElement,
  settings: { speed: number; backStepSeconds: number; startSeconds: number; durationSeconds: number },
  events: PlayerEvents,
): Player {
  let listening: Listening = jumpedTo(settings.startSeconds);
  let speed = settings.speed;
  let stopAt: number | null = null;
  let slowUntil: number | null = null;
  let piece: { start: number; end: number } | null = null;
  // A position set before the audio is loaded is applied when it is.
  let wanted: number | null = settings.startSeconds;

  audio.preservesPitch = true;
  audio.defaultPlaybackRate = speed;
  audio.playbackRate = speed;

  const seconds = () => wanted ?? audio.currentTime;
  const setPosition = (to: number) => {
    const inside = Math.max(0, Math.min(to, settings.durationSeconds || Number.MAX_SAFE_INTEGER));
    if (audio.readyState >= HTMLMediaElement.HAVE_METADATA) audio.currentTime = inside;
    else wanted = inside;
  };
  const play = () => {
    audio.play().catch((error: DOMException) => {
      // "play" interrupted by our own pause is no trouble.
      if (error.name === 'AbortError') return;
      events.onTrouble('The audio can not be played right now. Check the connection, then press play again.');
    });
  };
  const jump = (to: number) => {
    stopAt = null;
    slowUntil = null;
    piece = null;
    audio.playbackRate = speed;
    setPosition(to);
    listening = jumpedTo(Math.max(0, to));
    events.onChange();
  };

  audio.addEventListener('loadedmetadata', () => {
    if (wanted !== null) audio.currentTime = wanted;
    wanted = null;
    audio.playbackRate = speed;
  });
  /** A piece ends at its word: looked at with each frame, because timeupdate comes only four times a second. */
  const stopInTime = () => {
    if (stopAt === null) return;
    if (audio.currentTime >= stopAt) {
      stopAt = null;
      piece = null;
      audio.pause();
    } else requestAnimationFrame(stopInTime);
  };
  audio.addEventListener('timeupdate', () => {
    const now = audio.currentTime;
    if (!audio.paused) listening = heardUntil(listening, now);
    // A window in the background has no frames.
    if (stopAt !== null && now >= stopAt) stopInTime();
    if (slowUntil !== null && now >= slowUntil) {
      slowUntil = null;
      audio.playbackRate = speed;
    }
    events.onChange();
  });
  for (const name of ['play', 'pause', 'ratechange', 'seeked', 'ended'])
    audio.addEventListener(name, () => events.onChange());
  audio.addEventListener('error', () =>
    events.onTrouble('The audio could not be loaded. Check the connection, then load the page again.'),
  );

  const player: Player = {
    audio,
    backStepSeconds: settings.backStepSeconds,
    get seconds() {
      return seconds();
    },
    get isPlaying() {
      return !audio.paused;
    },
    get speed() {
      return speed;
    },
    toggle() {
      if (!audio.paused) return player.pause();
      stopAt = null;
      piece = null;
      setPosition(resumeAt(listening, seconds(), player.backStepSeconds));
      play();
    },
    pause() {
      listening = heardUntil(listening, audio.currentTime);
      stopAt = null;
      piece = null;
      audio.pause();
    },
    skip(by) {
      jump(seconds() + by);
    },
    jumpTo: jump,
    playPiece(start, end) {
      const again = piece?.start === start && piece.end === end && !audio.paused;
      if (again) return player.pause();
      jump(start);
      stopAt = end;
      piece = { start, end };
      play();
      requestAnimationFrame(stopInTime);
    },
    faster: (direction) => player.setSpeed(nextSpeed(speed, direction)),
    setSpeed(next) {
      speed = next;
      slowUntil = null;
      audio.defaultPlaybackRate = next;
      audio.playbackRate = next;
      events.onChange();
    },
    againSlower() {
      const until = seconds();
      jump(until - AGAIN_SECONDS);
      slowUntil = until;
      audio.playbackRate = Math.max(0.4, speed * AGAIN_FACTOR);
      play();
    },
  };
  return player;
}

import type { WorkbenchPreferences } from '../../../preferences/workbench-preferences.ts';
import { heardUntil, jumpedTo, type Listening, nextSpeed, resumeAt, SLOWEST } from './back-step.ts';
import { type Silence, silenceAt } from './find-silences.ts';

/** The dictation's audio, driven by keys and pedals. Positions in seconds. */
export interface Player {
  readonly audio: HTMLAudioElement;
  readonly seconds: number;
  readonly isPlaying: boolean;
  /** The one chosen; while something is repeated slower the audio itself is slower than this. */
  readonly speed: number;
  /** The stretch that is repeated; null when none is. */
  readonly loop: { start: number; end: number } | null;
  /** Silence skipped since the page was opened. */
  readonly skippedSeconds: number;
  /** Plays on from a small step back. */
  play(): void;
  pause(): void;
  toggle(): void;
  /** Jumps by that many seconds and goes on as it was. */
  skip(seconds: number): void;
  jumpTo(seconds: number): void;
  /** Winds back or forward until it is called with 0; then goes on as it was. */
  wind(direction: -1 | 0 | 1): void;
  /** Plays from `start` and stops at `end`; the same piece again: stops it, or begins it anew with `fromStart`. */
  playPiece(start: number, end: number, options?: { fromStart: boolean }): void;
  faster(direction: -1 | 1): void;
  setSpeed(speed: number): void;
  /** The last stretch once more, slower; the usual speed returns where it began. */
  againSlower(): void;
  /** Repeats the last stretch over and over, or goes on. */
  toggleLoop(): void;
  leaveLoop(): void;
  /** What is skipped while playing, if it is wanted. */
  useSilences(silences: readonly Silence[]): void;
}

export interface PlayerParts {
  audio: HTMLAudioElement;
  /** How the person likes to listen, now. */
  listening(): WorkbenchPreferences['listening'];
  startSeconds: number;
  durationSeconds: number;
  onPlay(): void;
  /** Position, speed, loop or playing changed. */
  onChange(): void;
  onTrouble(message: string): void;
}

const AGAIN_FACTOR = 0.75;
const WIND_FIRST_SECONDS = 1;
const WIND_EVERY_MS = 100;
/** Six seconds in one. */
const WIND_SECONDS = 0.6;
/** A jump lands a few samples early at times; less than this left of a silence is not worth another. */
const WORTH_SKIPPING_SECONDS = 0.05;

export function createPlayer(parts: PlayerParts): Player {
  const { audio, durationSeconds, onChange } = parts;
  let listening: Listening = heardUntil(jumpedTo(0), parts.startSeconds);
  let { speed } = parts.listening();
  let stopAt: number | null = null;
  let slowUntil: number | null = null;
  let piece: { start: number; end: number } | null = null;
  let loop: Player['loop'] = null;
  let silences: readonly Silence[] = [];
  let skippedSeconds = 0;
  let winding: { timer: ReturnType<typeof setInterval>; wasPlaying: boolean } | null = null;
  // A position set before the audio is loaded is applied when it is.
  let wanted: number | null = parts.startSeconds;

  audio.preservesPitch = true;
  audio.defaultPlaybackRate = speed;
  audio.playbackRate = speed;

  const seconds = () => wanted ?? audio.currentTime;
  const setPosition = (to: number) => {
    const inside = Math.max(0, Math.min(to, durationSeconds || Number.MAX_SAFE_INTEGER));
    if (audio.readyState >= HTMLMediaElement.HAVE_METADATA) audio.currentTime = inside;
    else wanted = inside;
  };
  const start = () => {
    parts.onPlay();
    audio.play().catch((error: DOMException) => {
      // "play" interrupted by our own pause is no trouble.
      if (error.name === 'AbortError') return;
      parts.onTrouble(
        error.name === 'NotAllowedError'
          ? 'The browser plays nothing before you press a letter or click. Do so once, then play again.'
          : 'The audio can not be played right now. Check the connection, then press play again.',
      );
    });
  };
  /** Whatever was to happen at some moment of the audio happens no more. */
  const forget = () => {
    stopAt = null;
    piece = null;
    slowUntil = null;
    loop = null;
    audio.playbackRate = speed;
  };
  const jump = (to: number) => {
    forget();
    setPosition(to);
    listening = jumpedTo(Math.max(0, to));
    onChange();
  };

  /** What happens at a moment of the audio: looked at with each frame, as timeupdate comes only four times a second. */
  function look(): void {
    const now = audio.currentTime;
    if (stopAt !== null && now >= stopAt) {
      stopAt = null;
      piece = null;
      audio.pause();
      return;
    }
    if (loop && now >= loop.end) {
      setPosition(loop.start);
      return;
    }
    if (slowUntil !== null && now >= slowUntil) {
      slowUntil = null;
      audio.playbackRate = speed;
    }
    if (!parts.listening().skipSilence || stopAt !== null || loop || slowUntil !== null) return;
    const silence = silenceAt(silences, now);
    if (!silence || silence.end - now < WORTH_SKIPPING_SECONDS) return;
    skippedSeconds += silence.end - now;
    setPosition(silence.end);
    listening = heardUntil(listening, silence.end);
  }
  const eachFrame = () => {
    if (audio.paused) return;
    look();
    requestAnimationFrame(eachFrame);
  };

  audio.addEventListener('loadedmetadata', () => {
    if (wanted !== null) audio.currentTime = wanted;
    wanted = null;
    audio.playbackRate = speed;
  });
  audio.addEventListener('play', () => requestAnimationFrame(eachFrame));
  audio.addEventListener('timeupdate', () => {
    if (!audio.paused) {
      listening = heardUntil(listening, audio.currentTime);
      // A window in the background has no frames.
      look();
    }
    onChange();
  });
  audio.addEventListener('ended', () => {
    if (!loop) return;
    setPosition(loop.start);
    start();
  });
  for (const name of ['play', 'pause', 'ratechange', 'seeked', 'ended'])
    audio.addEventListener(name, () => onChange());
  audio.addEventListener('error', () =>
    parts.onTrouble('The audio could not be loaded. Check the connection, then load the page again.'),
  );

  const player: Player = {
    audio,
    get seconds() {
      return seconds();
    },
    get isPlaying() {
      return !audio.paused;
    },
    get speed() {
      return speed;
    },
    get loop() {
      return loop;
    },
    get skippedSeconds() {
      return skippedSeconds;
    },
    play() {
      if (winding) winding.wasPlaying = true;
      if (winding || !audio.paused) return;
      stopAt = null;
      piece = null;
      const to = resumeAt(listening, seconds(), parts.listening().backStepSeconds);
      setPosition(loop ? Math.max(loop.start, to) : to);
      start();
    },
    pause() {
      if (winding) winding.wasPlaying = false;
      if (audio.paused) return;
      listening = heardUntil(listening, audio.currentTime);
      stopAt = null;
      piece = null;
      audio.pause();
    },
    toggle() {
      if (winding ? !winding.wasPlaying : audio.paused) player.play();
      else player.pause();
    },
    skip(by) {
      jump(seconds() + by);
    },
    jumpTo: jump,
    wind(direction) {
      const wasPlaying = winding ? winding.wasPlaying : !audio.paused;
      clearInterval(winding?.timer);
      winding = null;
      if (direction === 0) {
        if (wasPlaying && audio.paused) start();
        return;
      }
      audio.pause();
      jump(seconds() + direction * WIND_FIRST_SECONDS);
      const step = () => jump(seconds() + direction * WIND_SECONDS);
      winding = { wasPlaying, timer: setInterval(step, WIND_EVERY_MS) };
    },
    playPiece(from, end, { fromStart } = { fromStart: false }) {
      const again = !fromStart && piece?.start === from && piece.end === end && !audio.paused;
      if (again) {
        player.pause();
        return;
      }
      jump(from);
      stopAt = end;
      piece = { start: from, end };
      start();
    },
    faster: (direction) => player.setSpeed(nextSpeed(speed, direction)),
    setSpeed(next) {
      speed = next;
      slowUntil = null;
      audio.defaultPlaybackRate = next;
      audio.playbackRate = next;
      onChange();
    },
    againSlower() {
      const until = slowUntil ?? seconds();
      jump(until - parts.listening().againSeconds);
      slowUntil = until;
      audio.playbackRate = Math.max(SLOWEST * AGAIN_FACTOR, speed * AGAIN_FACTOR);
      start();
    },
    toggleLoop() {
      if (loop) {
        player.leaveLoop();
        return;
      }
      const end = seconds();
      const from = Math.max(0, end - parts.listening().loopSeconds);
      // Nothing has been heard yet that could be repeated.
      if (end - from < 0.5) return;
      jump(from);
      loop = { start: from, end };
      start();
      onChange();
    },
    leaveLoop() {
      loop = null;
      onChange();
    },
    useSilences(found) {
      silences = found;
    },
  };
  return player;
}

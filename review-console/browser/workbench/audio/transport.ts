import type { Banner } from '../dialogs/banner.ts';
import { byId, setText } from '../dom.ts';
import type { MenuItem } from '../job-menu.ts';
import type { CommandHandlers } from '../keys/commands.ts';
import type { Keys } from '../keys/keys.ts';
import type { Preferences } from '../keys/preferences.ts';
import { clockOf } from '../text/show-time.ts';
import type { JobDetail, Peaks } from '../wire.ts';
import { findSilences, type Silence } from './find-silences.ts';
import { askListening } from './listening-dialog.ts';
import { createPlayer, type Player } from './player.ts';
import { showSound, showSpeed } from './show-sound.ts';
import { createSound } from './sound.ts';
import { drawWaveform, type Waveform, type WavePiece } from './waveform.ts';

/** Player, waveform, time, speed and sound: everything of the slim line above the text. */
export interface Transport {
  player: Player;
  shadeUntil(seconds: number): void;
  /** Unclear passages on the waveform. */
  showDoubts(pieces: readonly WavePiece[]): void;
  /** Pairs of peaks that the waveform and the search for silences need. */
  peaksWanted: number;
  drawPeaks(peaks: Peaks): void;
  commands: CommandHandlers;
  /** What pedals do once. */
  run(action: 'again-slower' | 'loop'): void;
  items: readonly MenuItem[];
}

export interface TransportParts {
  job: JobDetail;
  startSeconds: number;
  banner: Banner;
  preferences: Preferences;
  keys: Keys;
  /** Further buttons of the dialog in which all of listening is set. */
  more: readonly MenuItem[];
}

const GAIN_STEP_DB = 3;
const MOST_GAIN_DB = 18;
/** Enough to see where a word ends, and for the widest screen; an hour of them is 72,000 pairs. */
const PEAKS_PER_SECOND = 20;
const LEAST_PEAKS = 2_400;
const MOST_PEAKS = 200_000;

export function createTransport(parts: TransportParts): Transport {
  const { job, banner, preferences, keys } = parts;
  const audio = byId('audio', HTMLAudioElement);
  const position = byId('position', HTMLElement);
  const speed = byId('speed', HTMLElement);
  const soundLine = byId('sound', HTMLElement);
  const skipped = byId('skipped', HTMLElement);
  const playButton = byId('play', HTMLButtonElement);
  const durationSeconds = job.dictation.durationSeconds ?? 0;
  const listening = () => preferences.now.listening;
  const sound = createSound(audio);
  let waveform: Waveform | null = null;
  let silences: readonly Silence[] = [];
  let shadedSeconds = 0;
  let doubts: readonly WavePiece[] = [];

  audio.src = job.dictation.audioUrl;
  setText(byId('duration', HTMLElement), clockOf(durationSeconds));
  const player = createPlayer({
    audio,
    listening,
    startSeconds: parts.startSeconds,
    durationSeconds,
    onPlay: sound.wake,
    onChange: draw,
    onTrouble: (message) => banner.show(message),
  });

  function draw(): void {
    setText(position, clockOf(player.seconds));
    setText(speed, showSpeed(player.speed));
    setText(soundLine, showSound(listening(), player.loop));
    setText(skipped, player.skippedSeconds >= 1 ? `${Math.floor(player.skippedSeconds)} s skipped` : '');
    playButton.setAttribute('aria-label', player.isPlaying ? 'Pause' : 'Play');
    playButton.toggleAttribute('data-playing', player.isPlaying);
    waveform?.show(player.seconds);
  }
  /** The cursor of the waveform glides; everything else is told four times a second. */
  function glide(): void {
    waveform?.show(player.seconds);
    if (player.isPlaying) requestAnimationFrame(glide);
  }
  audio.addEventListener('play', glide);

  // A click on the line leaves the cursor in the text.
  byId('line', HTMLElement).addEventListener('mousedown', (event) => event.preventDefault());
  playButton.addEventListener('click', () => player.toggle());
  byId('listening', HTMLButtonElement).addEventListener('click', () => void ask());
  const labels = byId('listening', HTMLButtonElement);
  keys.follow(() => {
    labels.title = keys.label('listening');
    playButton.title = keys.label('play');
  });

  let { speed: knownSpeed, skipSilence: showsSilences } = listening();
  preferences.follow(() => {
    const now = listening();
    sound.use(now);
    if (now.speed !== knownSpeed) player.setSpeed(now.speed);
    knownSpeed = now.speed;
    if (now.skipSilence !== showsSilences) waveform?.showSilences(now.skipSilence ? silences : []);
    showsSilences = now.skipSilence;
    draw();
  });

  const change = (to: Partial<ReturnType<typeof listening>>) => preferences.change('listening', to);
  function changeSpeed(direction: -1 | 1): void {
    player.faster(direction);
    change({ speed: player.speed });
  }
  const changeGain = (by: number) =>
    change({ gainDb: Math.max(0, Math.min(MOST_GAIN_DB, listening().gainDb + by)) });
  const ask = () => askListening({ preferences, player, keys, silences, more: parts.more });

  const commands: CommandHandlers = {
    // Escape leaves what is repeated; every other key pauses in it.
    play: (event) => (event.key === 'Escape' && player.loop ? player.leaveLoop() : player.toggle()),
    pause: () => player.pause(),
    back: () => player.skip(-listening().skipSeconds),
    forward: () => player.skip(listening().skipSeconds),
    'again-slower': () => player.againSlower(),
    loop: () => player.toggleLoop(),
    slower: () => changeSpeed(-1),
    faster: () => changeSpeed(1),
    'usual-speed': () => player.setSpeed(player.speed === 1 ? listening().speed : 1),
    'skip-silence': () => change({ skipSilence: !listening().skipSilence }),
    filter: () => change({ filter: !listening().filter }),
    quieter: () => changeGain(-GAIN_STEP_DB),
    louder: () => changeGain(GAIN_STEP_DB),
    listening: () => void ask(),
  };

  return {
    player,
    commands,
    run: (action) => (action === 'loop' ? player.toggleLoop() : player.againSlower()),
    items: [
      { label: 'Listening', note: 'Speed, steps, loudness, filter, silence, foot pedal', run: ask },
      ...parts.more,
    ],
    peaksWanted: Math.min(MOST_PEAKS, Math.max(LEAST_PEAKS, Math.ceil(durationSeconds * PEAKS_PER_SECOND))),
    shadeUntil(seconds) {
      shadedSeconds = seconds;
      waveform?.shadeUntil(seconds);
    },
    showDoubts(pieces) {
      doubts = pieces;
      waveform?.showDoubts(pieces);
    },
    drawPeaks(peaks) {
      waveform = drawWaveform(byId('wave', HTMLElement), peaks, {
        seamsMs: job.dictation.seamsMs,
        onJump: (seconds) => player.jumpTo(seconds),
      });
      waveform.shadeUntil(shadedSeconds);
      waveform.showDoubts(doubts);
      waveform.show(player.seconds);
      whenIdle(() => {
        silences = findSilences(peaks.peaks, peaks.peaksPerSecond);
        player.useSilences(silences);
        if (listening().skipSilence) waveform?.showSilences(silences);
      });
    },
  };
}

/** Not between a key and its letter. Safari does not tell when it is idle. */
function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(work, { timeout: 2_000 });
  else setTimeout(work, 200);
}

import type { Banner } from '../dialogs/banner.ts';
import { choose } from '../dialogs/choose.ts';
import { byId, setText } from '../dom.ts';
import type { CommandHandlers } from '../keys/commands.ts';
import { readSettings, writeSettings } from '../keys/settings.ts';
import { clockOf } from '../text/show-time.ts';
import type { JobDetail, Peaks } from '../wire.ts';
import { BACK_STEPS_SECONDS } from './back-step.ts';
import { createPlayer, type Player } from './player.ts';
import { drawWaveform, type Waveform, type WavePiece } from './waveform.ts';

/** Player, waveform, time and speed: everything of the slim line above the text. */
export interface Transport {
  player: Player;
  shadeUntil(seconds: number): void;
  /** Unclear passages on the waveform. */
  showDoubts(pieces: readonly WavePiece[]): void;
  drawPeaks(peaks: Peaks): void;
  commands: CommandHandlers;
  askBackStep(): Promise<void>;
}

const SKIP_SECONDS = 3;

export function createTransport(
  job: JobDetail,
  startSeconds: number,
  banner: Banner,
  onPosition: () => void,
): Transport {
  const audio = byId('audio', HTMLAudioElement);
  const frame = byId('wave', HTMLElement);
  const position = byId('position', HTMLElement);
  const speed = byId('speed', HTMLElement);
  const playButton = byId('play', HTMLButtonElement);
  const durationSeconds = job.dictation.durationSeconds ?? 0;
  const settings = readSettings(localStorage);
  let waveform: Waveform | null = null;
  let shadedSeconds = 0;
  let doubts: readonly WavePiece[] = [];

  audio.src = job.dictation.audioUrl;
  setText(byId('duration', HTMLElement), clockOf(durationSeconds));
  const player = createPlayer(
    audio,
    { ...settings, startSeconds, durationSeconds },
    { onChange: draw, onTrouble: (message) => banner.show(message) },
  );
  function draw(): void {
    setText(position, clockOf(player.seconds));
    setText(speed, `${player.speed.toFixed(2).replace(/0$/, '')}×`);
    playButton.setAttribute('aria-label', player.isPlaying ? 'Pause' : 'Play');
    playButton.toggleAttribute('data-playing', player.isPlaying);
    onPosition();
  }
  const keep = () =>
    writeSettings(localStorage, { speed: player.speed, backStepSeconds: player.backStepSeconds });
  // A click on the line leaves the cursor in the text.
  byId('line', HTMLElement).addEventListener('mousedown', (event) => event.preventDefault());
  playButton.addEventListener('click', () => player.toggle());
  draw();

  const commands: CommandHandlers = {
    play: () => player.toggle(),
    back: () => player.skip(-SKIP_SECONDS),
    forward: () => player.skip(SKIP_SECONDS),
    'again-slower': () => player.againSlower(),
    slower: () => changeSpeed(-1),
    faster: () => changeSpeed(1),
  };

  function changeSpeed(steps: 1 | -1): void {
    player.faster(steps);
    keep();
  }

  return {
    player,
    commands,
    shadeUntil(seconds) {
      shadedSeconds = seconds;
      waveform?.shadeUntil(seconds);
    },
    showDoubts(pieces) {
      doubts = pieces;
      waveform?.showDoubts(pieces);
    },
    drawPeaks(peaks) {
      waveform = drawWaveform(frame, audio, peaks, {
        seamsMs: job.dictation.seamsMs,
        nonce: frame.dataset.nonce ?? '',
        onJump: (seconds) => player.jumpTo(seconds),
      });
      waveform.shadeUntil(shadedSeconds);
      waveform.showDoubts(doubts);
    },
    async askBackStep() {
      const chosen = await choose({
        title: `Step back on resume (now ${player.backStepSeconds} s)`,
        choices: BACK_STEPS_SECONDS.map((step) => ({ value: step as number, label: `${step} seconds` })),
      });
      if (chosen?.[0] === undefined) return;
      player.backStepSeconds = chosen[0];
      keep();
    },
  };
}

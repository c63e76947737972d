import WaveSurfer from 'wavesurfer.js';
import type { Peaks } from '../wire.ts';

export interface Waveform {
  /** Shades what is typed already, up to this position in the audio. */
  shadeUntil(seconds: number): void;
  /** Shows the passages that are unclear. */
  showDoubts(pieces: readonly WavePiece[]): void;
  redraw(): void;
}

export interface WavePiece {
  startMs: number;
  endMs: number;
  title: string;
  state: string;
}

/**
 * The slim waveform above the text, drawn from stored peaks: the audio itself is only loaded where it is played.
 * `frame` gets two layers of ours besides: the typed part and the marks of resumed calls.
 */
export function drawWaveform(
  frame: HTMLElement,
  audio: HTMLAudioElement,
  { peaks, durationSeconds }: Peaks,
  options: { seamsMs: readonly number[]; nonce: string; onJump(seconds: number): void },
): Waveform {
  const colors = () => {
    const style = getComputedStyle(frame);
    const color = (name: string) => style.getPropertyValue(name).trim();
    return { waveColor: color('--edge'), progressColor: color('--accent'), cursorColor: color('--ink') };
  };
  const wave = WaveSurfer.create({
    container: frame,
    media: audio,
    peaks: [scale(peaks)],
    duration: durationSeconds,
    height: 44,
    cursorWidth: 2,
    normalize: true,
    hideScrollbar: true,
    dragToSeek: true,
    cspNonce: options.nonce,
    ...colors(),
  });
  wave.on('interaction', (seconds) => options.onJump(seconds));

  const typed = document.createElement('div');
  typed.className = 'wave-typed';
  frame.prepend(typed);
  for (const ms of options.seamsMs) {
    const mark = document.createElement('div');
    mark.className = 'wave-seam';
    mark.title = 'The call was dropped here and resumed.';
    mark.style.left = `${(ms / 10 / durationSeconds).toFixed(3)}%`;
    frame.append(mark);
  }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => wave.setOptions(colors()));
  return {
    shadeUntil(seconds) {
      typed.style.width = `${Math.min(100, (100 * seconds) / durationSeconds).toFixed(2)}%`;
    },
    showDoubts(pieces) {
      for (const old of frame.querySelectorAll('.wave-doubt')) old.remove();
      const percentOf = (ms: number) => Math.min(100, Math.max(0, ms / 10 / durationSeconds));
      for (const { startMs, endMs, title, state } of pieces) {
        const mark = document.createElement('div');
        mark.className = 'wave-doubt';
        mark.dataset.state = state;
        mark.title = title;
        mark.style.left = `${percentOf(startMs).toFixed(3)}%`;
        mark.style.width = `${(percentOf(endMs) - percentOf(startMs)).toFixed(3)}%`;
        frame.append(mark);
      }
    },
    redraw: () => wave.setOptions(colors()),
  };
}

/** wavesurfer takes one number for each column and draws it both ways: the larger side of each pair. */
function scale(pairs: readonly number[]): number[] {
  const columns: number[] = [];
  for (let index = 0; index + 1 < pairs.length; index += 2)
    columns.push(Math.max(Math.abs(pairs[index] ?? 0), Math.abs(pairs[index + 1] ?? 0)) / 128);
  return columns;
}

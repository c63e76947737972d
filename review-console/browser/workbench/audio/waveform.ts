import { element } from '../dom.ts';
import { clockOf } from '../text/show-time.ts';
import type { Peaks } from '../wire.ts';
import type { Silence } from './find-silences.ts';

export interface Waveform {
  /** Where the audio stands. Cheap enough for each frame. */
  show(seconds: number): void;
  /** Shades what is typed already, up to this position in the audio. */
  shadeUntil(seconds: number): void;
  /** Shows the passages that are unclear. */
  showDoubts(pieces: readonly WavePiece[]): void;
  /** Stretches that are skipped; none when nothing is. */
  showSilences(silences: readonly Silence[]): void;
}

export interface WavePiece {
  startMs: number;
  endMs: number;
  title: string;
  state: string;
}

/** Keys of the waveform itself, when it has the focus: seconds by which they move. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowDown: -1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
};

/**
 * The slim waveform above the text, drawn once from stored peaks at the pixels of the screen: an hour's is redrawn
 * only when the window changes. What has been played is the same picture in another color, uncovered by its width.
 */
export function drawWaveform(
  frame: HTMLElement,
  { peaks, durationSeconds }: Peaks,
  options: { seamsMs: readonly number[]; onJump(seconds: number): void },
): Waveform {
  const base = element('canvas', { class: 'wave-canvas' });
  const playedCanvas = element('canvas', { class: 'wave-canvas' });
  const played = element('div', { class: 'wave-played' }, playedCanvas);
  const cursor = element('div', { class: 'wave-cursor' });
  const typed = element('div', { class: 'wave-typed' });
  const percentOf = (seconds: number) =>
    durationSeconds > 0 ? Math.min(100, Math.max(0, (100 * seconds) / durationSeconds)) : 0;
  const seams = options.seamsMs.map((ms) => {
    const mark = element('div', { class: 'wave-seam', title: 'The call was dropped here and resumed.' });
    mark.style.left = `${percentOf(ms / 1000)}%`;
    return mark;
  });
  frame.replaceChildren(typed, base, played, cursor, ...seams);
  let silences: readonly Silence[] = [];
  let shownSeconds = 0;

  function draw(): void {
    const width = Math.round(frame.clientWidth * devicePixelRatio);
    const height = Math.round(frame.clientHeight * devicePixelRatio);
    if (width === 0 || height === 0) return;
    playedCanvas.style.width = `${frame.clientWidth}px`;
    const columns = columnsOf(peaks, width);
    const style = getComputedStyle(frame);
    for (const [canvas, color] of [
      [base, '--edge'],
      [playedCanvas, '--accent'],
    ] as const) {
      canvas.width = width;
      canvas.height = height;
      const context = canvas.getContext('2d');
      if (!context) continue;
      context.fillStyle = style.getPropertyValue(color).trim();
      columns.forEach((level, x) => {
        const tall = Math.max(devicePixelRatio, level * height);
        context.fillRect(x, (height - tall) / 2, 1, tall);
      });
      // What is skipped is not there: a gap with a line at its foot.
      for (const { start, end } of silences) {
        const x = (width * start) / durationSeconds;
        const wide = Math.max(1, (width * (end - start)) / durationSeconds);
        context.clearRect(x, 0, wide, height);
        context.fillRect(x, height - 2 * devicePixelRatio, wide, devicePixelRatio);
      }
    }
  }

  let isDue = false;
  /** Once a frame, however often it is asked for. */
  function redraw(): void {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      draw();
    });
  }

  const jump = (to: number) => options.onJump(Math.max(0, Math.min(durationSeconds, to)));
  const jumpToPointer = (event: PointerEvent) => {
    const { left, width } = frame.getBoundingClientRect();
    jump(((event.clientX - left) / width) * durationSeconds);
  };
  frame.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    frame.setPointerCapture(event.pointerId);
    jumpToPointer(event);
  });
  frame.addEventListener('pointermove', (event) => {
    if (frame.hasPointerCapture(event.pointerId)) jumpToPointer(event);
  });
  frame.addEventListener('keydown', (event) => {
    const step = STEPS[event.key];
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (step !== undefined) jump(shownSeconds + step);
    else if (event.key === 'Home') jump(0);
    else if (event.key === 'End') jump(durationSeconds);
    else return;
    event.preventDefault();
  });
  frame.tabIndex = 0;
  frame.setAttribute('role', 'slider');
  frame.setAttribute('aria-label', 'Position in the audio');
  frame.setAttribute('aria-valuemin', '0');
  frame.setAttribute('aria-valuemax', String(Math.round(durationSeconds)));
  new ResizeObserver(redraw).observe(frame);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);

  const waveform: Waveform = {
    show(seconds) {
      const percent = percentOf(seconds);
      played.style.width = `${percent}%`;
      cursor.style.left = `${percent}%`;
      // A screen reader is told by the second, and only of the slider that it stands on.
      if (Math.floor(seconds) === Math.floor(shownSeconds) && frame.hasAttribute('aria-valuenow')) {
        shownSeconds = seconds;
        return;
      }
      shownSeconds = seconds;
      frame.setAttribute('aria-valuenow', String(Math.floor(seconds)));
      frame.setAttribute('aria-valuetext', `${clockOf(seconds)} of ${clockOf(durationSeconds)}`);
    },
    shadeUntil(seconds) {
      typed.style.width = `${percentOf(seconds)}%`;
    },
    showSilences(found) {
      silences = found;
      redraw();
    },
    showDoubts(pieces) {
      for (const old of frame.querySelectorAll('.wave-doubt')) old.remove();
      for (const { startMs, endMs, title, state } of pieces) {
        const mark = element('div', { class: 'wave-doubt', 'data-state': state, title });
        mark.style.left = `${percentOf(startMs / 1000)}%`;
        mark.style.width = `${percentOf(endMs / 1000) - percentOf(startMs / 1000)}%`;
        frame.append(mark);
      }
    },
  };
  waveform.show(0);
  return waveform;
}

/**
 * One level (0 to 1) for each pixel: the loudest of the pairs that fall on it, as a share of the loudest of all.
 * @param pairs interleaved lowest and highest, -128 to 127
 */
export function columnsOf(pairs: readonly number[], width: number): Float32Array {
  const columns = new Float32Array(width);
  const count = Math.floor(pairs.length / 2);
  let loudest = 1;
  for (let x = 0; x < width && count > 0; x += 1) {
    const from = Math.min(count - 1, Math.floor((x * count) / width));
    const to = Math.max(from + 1, Math.floor(((x + 1) * count) / width));
    let level = 0;
    for (let pair = from; pair < to; pair += 1)
      level = Math.max(level, -(pairs[2 * pair] ?? 0), pairs[2 * pair + 1] ?? 0);
    columns[x] = level;
    loudest = Math.max(loudest, level);
  }
  return columns.map((level) => level / loudest);
}

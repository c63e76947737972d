import type { ChartPoint } from '../../transcription/coding/agreement/drift.ts';

const WIDTH = 600;
const HEIGHT = 120;

export interface LineChart {
  width: number;
  height: number;
  /** Points of each line, as `M0 10 L20 30`; a gap where there is no value. */
  lines: { path: string; dots: { x: number; y: number }[] }[];
}

const yOf = (value: number) => round(HEIGHT - Math.max(0, Math.min(1, value)) * HEIGHT);
const round = (value: number) => Math.round(value * 10) / 10;

/** Values from 0 to 1 as lines of an SVG; what is below 0 lies on the floor. Null with fewer than two places. Pure. */
export function lineChart(series: readonly (readonly (number | null)[])[]): LineChart | null {
  const places = series[0]?.length ?? 0;
  if (places < 2) return null;
  const x = (at: number) => round((at * WIDTH) / (places - 1));
  return {
    width: WIDTH,
    height: HEIGHT,
    lines: series.map((values) => {
      let path = '';
      let gap = true;
      const dots: { x: number; y: number }[] = [];
      values.forEach((value, at) => {
        if (value !== null) {
          path += `${gap ? 'M' : 'L'}${x(at)} ${yOf(value)} `;
          dots.push({ x: x(at), y: yOf(value) });
        }
        gap = value === null;
      });
      return { path: path.trim(), dots };
    }),
  };
}

export interface ControlBars {
  width: number;
  height: number;
  usualY: number | null;
  bars: {
    x: number;
    y: number;
    width: number;
    height: number;
    limitY: number;
    isOver: boolean;
    says: string;
  }[];
}

/** A control chart: disputed shares as bars, each with the limit that it should stay below. Pure. */
export function controlBars(chart: {
  usual: number | null;
  points: readonly ChartPoint[];
}): ControlBars | null {
  const { usual, points } = chart;
  if (points.length === 0) return null;
  const step = Math.min(48, WIDTH / points.length);
  return {
    width: WIDTH,
    height: HEIGHT,
    usualY: usual === null ? null : yOf(usual),
    bars: points.map(({ share, given, disputed, limit }, at) => {
      const height = round((share ?? 0) * HEIGHT);
      return {
        x: round(at * step),
        y: round(HEIGHT - height),
        width: round(step - 4),
        height,
        limitY: yOf(limit),
        isOver: share !== null && share > limit,
        says: `${disputed} of ${given} disputed; limit ${Math.round(limit * 100)}%`,
      };
    }),
  };
}

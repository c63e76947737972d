/** A stretch of a text that stayed, went or came. */
export interface DiffPiece {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** Beyond so many changed words a stretch is told as gone and come as a whole; looking on would take seconds. */
const MOST_CHANGES = 1_500;

/** Words and marks, each with the space before it. */
function tokensOf(text: string): string[] {
  return text.match(/\s*[\p{L}\p{N}\p{M}'’-]+|\s*[^\s]|\s+$/gu) ?? [];
}

/**
 * How one text became the other, word by word, in the fewest steps (E. Myers, "An O(ND) difference algorithm and its
 * variations", 1986). The pieces that stayed or went make up `before`, those that stayed or came `after`. Pure.
 */
export function diffWords(before: string, after: string): DiffPiece[] {
  const a = tokensOf(before);
  const b = tokensOf(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end += 1;
  const pieces: DiffPiece[] = [];
  push(pieces, 'same', a.slice(0, start));
  for (const piece of diffMiddle(a.slice(start, a.length - end), b.slice(start, b.length - end)))
    push(pieces, piece.kind, [piece.text]);
  push(pieces, 'same', a.slice(a.length - end));
  return pieces;
}

function push(pieces: DiffPiece[], kind: DiffPiece['kind'], tokens: readonly string[]): void {
  const text = tokens.join('');
  if (!text) return;
  const last = pieces.at(-1);
  if (last?.kind === kind) last.text += text;
  else pieces.push({ kind, text });
}

function diffMiddle(a: readonly string[], b: readonly string[]): DiffPiece[] {
  const whole: DiffPiece[] = [
    { kind: 'removed', text: a.join('') },
    { kind: 'added', text: b.join('') },
  ];
  if (a.length === 0 || b.length === 0) return whole;
  const steps = stepsBetween(a, b);
  return steps ?? whole;
}

/** The furthest that can be reached with d changes on each diagonal, for d = 0, 1, …; then the way back. */
function stepsBetween(a: readonly string[], b: readonly string[]): DiffPiece[] | null {
  const most = Math.min(a.length + b.length, MOST_CHANGES);
  const middle = most + 1;
  const reached = new Int32Array(2 * most + 3);
  const trace: Int32Array[] = [];
  for (let changes = 0; changes <= most; changes += 1) {
    trace.push(reached.slice(middle - changes - 1, middle + changes + 2));
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      const at = middle + diagonal;
      const isDown =
        diagonal === -changes || (diagonal !== changes && value(reached, at - 1) < value(reached, at + 1));
      let x = isDown ? value(reached, at + 1) : value(reached, at - 1) + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      reached[at] = x;
      if (x >= a.length && x - diagonal >= b.length) return wayBack(a, b, trace);
    }
  }
  return null;
}

const value = (list: Int32Array, at: number) => list[at] ?? 0;

function wayBack(a: readonly string[], b: readonly string[], trace: readonly Int32Array[]): DiffPiece[] {
  const pieces: DiffPiece[] = [];
  let x = a.length;
  let y = b.length;
  for (let changes = trace.length - 1; changes >= 0; changes -= 1) {
    const reached = trace[changes] ?? new Int32Array();
    const of = (diagonal: number) => value(reached, diagonal + changes + 1);
    const diagonal = x - y;
    const isDown = diagonal === -changes || (diagonal !== changes && of(diagonal - 1) < of(diagonal + 1));
    const from = isDown ? diagonal + 1 : diagonal - 1;
    const fromX = changes === 0 ? 0 : of(from);
    const fromY = changes === 0 ? 0 : fromX - from;
    while (x > fromX && y > fromY) {
      x -= 1;
      y -= 1;
      pieces.push({ kind: 'same', text: a[x] ?? '' });
    }
    if (changes > 0)
      pieces.push(
        isDown ? { kind: 'added', text: b[fromY] ?? '' } : { kind: 'removed', text: a[fromX] ?? '' },
      );
    x = fromX;
    y = fromY;
  }
  return pieces.reverse();
}

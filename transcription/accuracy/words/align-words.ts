/** What became of a word: kept, another one, left out of the second text, or only in it. */
export type EditKind = 'same' | 'substitute' | 'delete' | 'insert';

/** One step from the first sequence to the second: positions are those before the step. */
export interface Edit {
  kind: EditKind;
  first: number;
  second: number;
}

export interface Alignment {
  edits: Edit[];
  substitutions: number;
  deletions: number;
  insertions: number;
  /** Their sum: the edit distance. */
  distance: number;
}

/** Width of the first band that is tried; doubled until the distance fits in. */
const FIRST_BAND = 16;
const [DIAGONAL, UP, LEFT] = [0, 1, 2];

/**
 * Turns `first` into `second` by the fewest substitutions, deletions and insertions, each counting 1 (Levenshtein 1966;
 * Wagner and Fischer 1974). Among several such ways it is always the same: from the end, a pair is preferred to a word
 * left out, that to a word added.
 *
 * Only cells within `band` of the diagonal are filled, and a distance that fits into the band is the true one, since no
 * way of that length leaves it (Ukkonen 1985): time and memory O(n · distance) instead of O(n²).
 */
export function alignWords(first: readonly string[], second: readonly string[]): Alignment {
  const ids = new Map<string, number>();
  const number = (key: string) => {
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, ids.size);
    return ids.size - 1;
  };
  const a = Int32Array.from(first, number);
  const b = Int32Array.from(second, number);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail += 1;
  const middle = alignMiddle(a.subarray(head, a.length - tail), b.subarray(head, b.length - tail));
  const same = (from: number, to: number, shift: number): Edit[] =>
    Array.from({ length: to - from }, (_, at) => ({
      kind: 'same' as const,
      first: from + at,
      second: from + at + shift,
    }));
  const edits = [
    ...same(0, head, 0),
    ...middle.map((edit) => ({ ...edit, first: edit.first + head, second: edit.second + head })),
    ...same(a.length - tail, a.length, b.length - a.length),
  ];
  const count = (kind: EditKind) => middle.reduce((sum, edit) => sum + (edit.kind === kind ? 1 : 0), 0);
  const substitutions = count('substitute');
  const deletions = count('delete');
  const insertions = count('insert');
  return { edits, substitutions, deletions, insertions, distance: substitutions + deletions + insertions };
}

function alignMiddle(a: Int32Array, b: Int32Array): Edit[] {
  const widest = Math.max(a.length, b.length);
  for (let band = Math.max(FIRST_BAND, Math.abs(a.length - b.length)); ; band *= 2) {
    const found = alignInBand(a, b, Math.min(band, widest));
    if (found) return found;
  }
}

/** Null when the distance does not fit into the band. */
function alignInBand(a: Int32Array, b: Int32Array, band: number): Edit[] | null {
  const width = 2 * band + 1;
  // Two bits a cell: two texts of 10,000 words that share none would else take 200 MB.
  const steps = new Uint8Array(Math.ceil(((a.length + 1) * width) / 4));
  const far = a.length + b.length + 1;
  // Column c of row i is the cell (i, i - band + c).
  let above = new Int32Array(width).fill(far);
  let row = new Int32Array(width);
  for (let i = 0; i <= a.length; i++) {
    row.fill(far);
    const from = Math.max(0, band - i);
    const to = Math.min(width - 1, b.length - i + band);
    for (let c = from; c <= to; c++) {
      const j = i - band + c;
      if (i === 0 && j === 0) {
        row[c] = 0;
        continue;
      }
      const diagonal = i > 0 && j > 0 ? (above[c] ?? far) + (a[i - 1] === b[j - 1] ? 0 : 1) : far;
      const up = i > 0 && c + 1 < width ? (above[c + 1] ?? far) + 1 : far;
      const left = c > 0 && j > 0 ? (row[c - 1] ?? far) + 1 : far;
      const best = Math.min(diagonal, up, left);
      row[c] = best;
      const cell = i * width + c;
      const step = best === diagonal ? DIAGONAL : best === up ? UP : LEFT;
      steps[cell >> 2] = (steps[cell >> 2] ?? 0) | (step << ((cell & 3) * 2));
    }
    [above, row] = [row, above];
  }
  if ((above[b.length - a.length + band] ?? far) > band) return null;
  const edits: Edit[] = [];
  for (let i = a.length, j = b.length; i > 0 || j > 0; ) {
    const cell = i * width + (j - i + band);
    const step = ((steps[cell >> 2] ?? 0) >> ((cell & 3) * 2)) & 3;
    if (step === DIAGONAL) {
      i -= 1;
      j -= 1;
      edits.push({ kind: a[i] === b[j] ? 'same' : 'substitute', first: i, second: j });
    } else if (step === UP) edits.push({ kind: 'delete', first: --i, second: j });
    else edits.push({ kind: 'insert', first: i, second: --j });
  }
  return edits.reverse();
}

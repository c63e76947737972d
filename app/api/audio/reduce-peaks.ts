/**
 * A waveform of at most `points` pairs: the lowest and highest of each stretch. Interleaved min,max as int8, in and
 * out. Unchanged when it is short enough.
 */
export function reducePeaks(peaks: Uint8Array, points: number): number[] {
  const signed = new Int8Array(peaks.buffer, peaks.byteOffset, peaks.byteLength);
  const pairs = Math.floor(signed.length / 2);
  const count = Math.min(points, pairs);
  const reduced: number[] = [];
  for (let point = 0; point < count; point += 1) {
    const end = Math.floor(((point + 1) * pairs) / count);
    let low = 127;
    let high = -128;
    for (let pair = Math.floor((point * pairs) / count); pair < end; pair += 1) {
      low = Math.min(low, signed[pair * 2] ?? 0);
      high = Math.max(high, signed[pair * 2 + 1] ?? 0);
    }
    reduced.push(low, high);
  }
  return reduced;
}

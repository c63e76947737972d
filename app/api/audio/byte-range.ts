/** A piece of a file, both ends counted. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * What a Range header asks for of a file of `totalBytes` (RFC 9110, 14.1.2). `null`: all of it, which is also the
 * answer to what is not a single range in bytes. 'unsatisfiable': nothing of the file lies in it.
 */
export function readRange(
  header: string | undefined,
  totalBytes: number,
): ByteRange | null | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!match) return null;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return null;
  if (first === '') {
    const length = Number(last);
    if (length === 0 || totalBytes === 0) return 'unsatisfiable';
    return { start: Math.max(0, totalBytes - length), end: totalBytes - 1 };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return null;
  if (start >= totalBytes) return 'unsatisfiable';
  return { start, end: last === '' ? totalBytes - 1 : Math.min(Number(last), totalBytes - 1) };
}

/** Somebody or something by id and name; null when the row has none. */
export function named(id: string | null, name: string | null): { id: string; name: string } | null {
  return id !== null && name !== null ? { id, name } : null;
}

/** Where in a dictation's audio a unit lies; null when that is not known. */
export function placeInAudio(row: {
  dictationId: string;
  startMs: number | null;
  endMs: number | null;
}): { dictationId: string; startMs: number; endMs: number } | null {
  const { dictationId, startMs, endMs } = row;
  return startMs !== null && endMs !== null ? { dictationId, startMs, endMs } : null;
}

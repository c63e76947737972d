/**
 * A key of ours as the key column holds it. Addresses that name a record by an alternate key can't carry every
 * character (Microsoft Learn, "Use an alternate key to reference a record"), so all but the plainest are written as
 * `~` and their code. Pure; `ourKey` is its inverse.
 */
export function keyValue(externalKey: string): string {
  return externalKey.replace(/[^A-Za-z0-9._-]/gu, (char) => `~${(char.codePointAt(0) ?? 0).toString(16)}~`);
}

export function ourKey(value: string): string {
  return value.replace(/~([0-9a-f]+)~/g, (_all, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  );
}

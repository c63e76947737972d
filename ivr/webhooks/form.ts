/** A form as received: parameters in any number, values decoded, in the order they came. */
export type Form = ReadonlyMap<string, readonly string[]>;

/** @param raw body of type application/x-www-form-urlencoded */
export function parseForm(raw: string): Form {
  const form = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(raw)) {
    const values = form.get(name);
    if (values === undefined) form.set(name, [value]);
    else values.push(value);
  }
  return form;
}

/** What we go by. */
const READ = [
  'CallSid',
  'CallStatus',
  'From',
  'To',
  'Digits',
  'RecordingSid',
  'RecordingUrl',
  'RecordingDuration',
  'RecordingStatus',
  'ErrorUrl',
  'StirVerstat',
] as const;

/** The value of a parameter; undefined when it is missing, or there more than once. */
export function fieldOf(form: Form, name: (typeof READ)[number]): string | undefined {
  const values = form.get(name);
  return values?.length === 1 ? values[0] : undefined;
}

/**
 * Whether a parameter that we go by is there more than once. The carrier's signature covers equal values once, so
 * it doesn't vouch for how often they are there.
 */
export function isAmbiguous(form: Form): boolean {
  return READ.some((name) => (form.get(name)?.length ?? 0) > 1);
}

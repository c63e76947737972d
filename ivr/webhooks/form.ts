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

/**
 * The value of a parameter that the carrier sends once; undefined when it is missing, or there twice: which of
 * them would count is anybody's guess.
 */
export function fieldOf(form: Form, name: string): string | undefined {
  const values = form.get(name);
  return values?.length === 1 ? values[0] : undefined;
}

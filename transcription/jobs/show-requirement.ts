const LANGUAGES = new Intl.DisplayNames('en', { type: 'language' });

/** `language:es` as "Spanish", `clearance:citizen` as "clearance: citizen". Pure. */
export function showRequirement(requirement: string): string {
  const [kind = '', ...rest] = requirement.split(':');
  const value = rest.join(':');
  if (kind !== 'language') return [kind, value].filter(Boolean).join(': ');
  try {
    return LANGUAGES.of(value) ?? value;
  } catch {
    // Not a language that this machine has a name for.
    return value;
  }
}

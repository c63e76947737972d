import { describe } from 'vitest';

/** Something outside of the project that tests may need. */
export interface Requirement {
  present: boolean;
  /** What is missing and how to get it; printed beside each test that is skipped for it. */
  missing: string;
}

/** `describe` when what it needs is there; otherwise its tests are skipped, and their name tells why. */
export function describeWith(requirement: Requirement, name: string, body: () => void): void {
  if (requirement.present) describe(name, body);
  else describe.skip(`${name} [${requirement.missing}]`, body);
}

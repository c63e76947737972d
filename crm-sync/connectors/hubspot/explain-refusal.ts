import type { CrmFieldWrite, CrmWriteResult } from '../connector.ts';
import { type HubspotObject, KEY_PROPERTY } from './objects.ts';
import type { HubspotFields } from './properties.ts';
import { propertyProblems } from './refusals.ts';
import type { HubspotError } from './responses.ts';

/**
 * What HubSpot's refusal of one record means. `exists`: another record has our key; `gone`: there is none with this id;
 * `unclear`: nothing that it wrote is named, so it may be about something that it is linked to.
 */
export type Refusal = CrmWriteResult | 'exists' | 'gone' | 'unclear';

/** Categories that no waiting mends. */
export const FINAL_CATEGORIES: ReadonlySet<string> = new Set([
  'VALIDATION_ERROR',
  'BAD_REQUEST',
  'INVALID_PARAMETERS',
  'PAYLOAD_TOO_LARGE',
]);

export function explainRefusal(
  error: HubspotError,
  object: HubspotObject,
  fields: HubspotFields,
  written: readonly Pick<CrmFieldWrite, 'field'>[],
): Refusal {
  const { category } = error;
  if (category === 'CONFLICT' || category === 'OBJECT_ALREADY_EXISTS') return 'exists';
  if (category === 'OBJECT_NOT_FOUND') return 'gone';
  if (category === 'MISSING_SCOPES' || category === 'FORBIDDEN')
    return refuse(
      `HubSpot does not let us write this ${object.noun}; give the private app ${object.scopes.write}.`,
    );
  const problems = propertyProblems(error);
  if (problems.some(({ property }) => property === KEY_PROPERTY)) return 'exists';
  const ours = problems.find(({ property }) => written.some(({ field }) => field === property));
  const problem = ours ?? problems[0];
  if (problem !== undefined) {
    const label = fields.get(problem.property)?.definition.label ?? problem.property;
    return refuse(sentence(problem.code, label, object), ours === undefined ? null : problem.property);
  }
  if (FINAL_CATEGORIES.has(category)) return 'unclear';
  return {
    status: 'transient',
    message: `HubSpot could not write this ${object.noun} just now; it is tried again by itself.`,
    retryAfterMs: null,
  };
}

function sentence(code: string, label: string, { noun }: HubspotObject): string {
  switch (code) {
    case 'PROPERTY_DOESNT_EXIST':
      return `HubSpot’s ${noun} has no ${label} any more; choose another field in the mapping.`;
    case 'INVALID_OPTION':
      return `${label} does not take this option at HubSpot any more; add it there or change the mapping.`;
    case 'READ_ONLY_VALUE':
      return `${label} can’t be written at HubSpot; choose another field in the mapping.`;
    case 'REQUIRED_PROPERTY':
    case 'REQUIRED_FIELD':
      return `HubSpot wants ${label} in every ${noun}; map something to it.`;
    default:
      return `HubSpot does not take this for ${label}; look at the rules of the property there, or change the mapping.`;
  }
}

export function refuse(message: string, field: string | null = null): CrmWriteResult {
  return { status: 'permanent', message, field };
}

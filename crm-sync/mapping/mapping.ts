import type { CrmObjectType } from '../connectors/connector.ts';

/**
 * - `fill_if_empty`: only where nothing stands;
 * - `append_dated`: text is added on top, under a line with date, rep and reference;
 * - `overwrite_ours`: what we wrote ourselves is replaced; in a list, what is missing is added;
 * - `always_overwrite`: whatever stands there is replaced (the ledger keeps it);
 * - `never`.
 */
export const POLICIES = [
  'fill_if_empty',
  'append_dated',
  'overwrite_ours',
  'always_overwrite',
  'never',
] as const;

export type Policy = (typeof POLICIES)[number];

/**
 * What a mapping starts from:
 * - `report`: the report as a whole, once;
 * - `next_step`: each next step (the task object has a record for each);
 * - `contact`: each known person of the report (the contact object has a record for each);
 * - `code:KEY`: the units with that code;
 * - anything else: the values of that field of the report, of several fields when joined by `+`.
 */
export type MappingSource = string;

/** What the template made, letter case aside, and what is written instead; an empty `to` writes nothing. */
export type ValueRule = { from: string; to: string };

/** What an administrator says of one field. */
export interface MappingFields {
  source: MappingSource;
  objectType: CrmObjectType;
  targetField: string;
  template: string;
  policy: Policy;
  confirmedOnly: boolean;
  minConfidence: number;
  valueMap: ValueRule[];
  /** Reports that it is for: of these lines, of these regions, of speakers with these managers. Empty: of all. */
  lineIds: string[];
  regions: string[];
  teamIds: string[];
}

/** A mapping as it stands in a draft or a version; the key stays the same through all of them. */
export interface KeyedMapping extends MappingFields {
  key: string;
}

/** A mapping in force. */
export interface Mapping extends KeyedMapping {
  id: string;
}

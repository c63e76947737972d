import type { ImportedRecord, ImportKind } from '../import-source.ts';
import { KEY_PROPERTY } from './objects.ts';
import type { HubspotRecord } from './responses.ts';

/** An object that the vocabulary is read from. */
export interface ImportedObject {
  path: string;
  properties: readonly string[];
  /** Property that tells when it was changed last. */
  modified: string;
}

const MERGED = ['hs_merged_object_ids'];

export const IMPORTED: Record<Exclude<ImportKind, 'owner'>, ImportedObject> = {
  account: {
    path: 'companies',
    properties: [
      KEY_PROPERTY,
      'name',
      'domain',
      'city',
      'state',
      'lifecyclestage',
      'hubspot_owner_id',
      ...MERGED,
    ],
    modified: 'hs_lastmodifieddate',
  },
  contact: {
    path: 'contacts',
    properties: [
      KEY_PROPERTY,
      'firstname',
      'lastname',
      'email',
      'jobtitle',
      'associatedcompanyid',
      ...MERGED,
      'hs_calculated_merged_vids',
    ],
    modified: 'lastmodifieddate',
  },
  product: { path: 'products', properties: ['name', ...MERGED], modified: 'hs_lastmodifieddate' },
};

/** A record as far as the vocabulary uses it. Pure. */
export function toImported(
  kind: Exclude<ImportKind, 'owner'>,
  { id, properties, archived }: HubspotRecord,
): ImportedRecord {
  const text = (name: string) => properties[name]?.trim() ?? '';
  const key = text(KEY_PROPERTY);
  const base = { kind, remoteId: id, removed: archived, ...(key !== '' && { externalKey: key }) };
  switch (kind) {
    case 'account':
      return {
        ...base,
        name: firstOf(text('name'), text('domain'), id),
        city: text('city'),
        state: text('state'),
        lifecycle: text('lifecyclestage'),
        ownerRemoteId: text('hubspot_owner_id'),
      };
    case 'contact':
      return {
        ...base,
        name: firstOf(`${text('firstname')} ${text('lastname')}`.trim(), text('email'), id),
        email: text('email').toLowerCase(),
        title: text('jobtitle'),
        accountRemoteId: text('associatedcompanyid'),
      };
    case 'product':
      return { ...base, name: firstOf(text('name'), id) };
  }
}

function firstOf(...texts: string[]): string {
  return texts.find((text) => text !== '') ?? '';
}

import type { RecordLinks } from '../record-links.ts';
import type { HubspotApi } from './hubspot-api.ts';
import type { Owners } from './owners.ts';
import type { FieldCatalog } from './properties.ts';

/** What the parts of the connector that read and write records share. */
export interface RecordDeps {
  api: HubspotApi;
  catalog: FieldCatalog;
  owners: Owners;
  links: RecordLinks;
  now(): Date;
}

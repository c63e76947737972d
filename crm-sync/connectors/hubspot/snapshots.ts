import type { CrmFieldValue, CrmObjectType, CrmSnapshot } from '../connector.ts';
import type { HubspotFields } from './properties.ts';
import type { RecordDeps } from './record-deps.ts';
import type { HubspotRecord } from './responses.ts';
import { isFormatted } from './rich-text.ts';
import { fromHubspot } from './values.ts';

export interface FoundRecord {
  remoteId: string;
  snapshot: CrmSnapshot;
  /** Fields with text that somebody gave a form. */
  formatted: ReadonlySet<string>;
}

/** Records as HubSpot answers with them, as everybody else here knows them; by our keys. */
export async function toFound(
  { api, owners }: Pick<RecordDeps, 'api' | 'owners'>,
  objectType: CrmObjectType,
  fields: HubspotFields,
  records: ReadonlyMap<string, HubspotRecord>,
): Promise<Map<string, FoundRecord>> {
  if (records.size === 0) return new Map();
  const portal = await api.portal();
  const people = [...fields.values()].filter(({ definition }) => definition.dataType === 'person');
  const ids = [...records.values()].flatMap(({ properties }) =>
    people.flatMap(({ definition }) => properties[definition.key] ?? []),
  );
  const ownerEmails = ids.length === 0 ? new Map<string, string>() : await owners.emailsOf([...new Set(ids)]);
  const context = { timeZone: portal.timeZone, ownerEmails, ownerIds: new Map<string, string>() };
  const page = `https://${portal.uiDomain}/contacts/${portal.portalId}/record/${api.objects[objectType].typeId}`;

  return new Map(
    [...records].map(([externalKey, { id, properties, updatedAt, url }]) => {
      const values: Record<string, CrmFieldValue> = {};
      const formatted = new Set<string>();
      for (const [name, field] of fields) {
        const value = fromHubspot(field, properties[name], context);
        if (value !== null) values[name] = value;
        if (field.isHtml && isFormatted(properties[name] ?? '')) formatted.add(name);
      }
      const snapshot: CrmSnapshot = {
        objectType,
        externalKey,
        revision: updatedAt,
        fields: values,
        url: url ?? `${page}/${encodeURIComponent(id)}`,
      };
      return [externalKey, { remoteId: id, snapshot, formatted }];
    }),
  );
}

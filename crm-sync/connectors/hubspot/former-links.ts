import { CRM_OBJECT_TYPES, type CrmObjectType, type CrmReference } from '../connector.ts';
import type { RecordLink } from '../record-links.ts';
import type { HubspotApi } from './hubspot-api.ts';
import { type LinkTargets, targetKey } from './link-targets.ts';
import { API } from './objects.ts';
import type { RecordDeps } from './record-deps.ts';
import { unexpected } from './refusals.ts';

/** A record and what it belongs to. */
export interface Belonging {
  objectType: CrmObjectType;
  externalKey: string;
  links: readonly CrmReference[];
}

/** Under this key it is kept what we associated a record with: any other association there is somebody else's. */
function noteKey(externalKey: string, to: CrmObjectType): string {
  return `${externalKey}#${to}`;
}

/** Only of what we make ourselves: where a contact works is for others to say. */
function typesOf({ objects }: Pick<HubspotApi, 'objects'>, from: CrmObjectType): CrmObjectType[] {
  return from === 'contact'
    ? []
    : CRM_OBJECT_TYPES.filter((to) => objects[from].associationTypes[to] !== undefined);
}

function idsOf(links: readonly CrmReference[], to: CrmObjectType, targets: LinkTargets): string[] {
  const ids = links
    .filter(({ objectType }) => objectType === to)
    .flatMap((link) => targets.get(targetKey(link)) ?? []);
  return [...new Set(ids)].sort();
}

/** Keys under which is kept what these records were associated with. Pure. */
export function noteKeys(
  api: Pick<HubspotApi, 'objects'>,
  objectType: CrmObjectType,
  externalKeys: readonly string[],
): string[] {
  return externalKeys.flatMap((key) => typesOf(api, objectType).map((to) => noteKey(key, to)));
}

/** What is to be kept once records are associated with their targets. Pure. */
export function linkNotes(
  api: Pick<HubspotApi, 'objects'>,
  records: readonly Belonging[],
  targets: LinkTargets,
): RecordLink[] {
  const linked = records.filter(({ links }) => links.length > 0);
  return linked.flatMap(({ objectType, externalKey, links }) =>
    typesOf(api, objectType).map((to) => ({
      objectType,
      externalKey: noteKey(externalKey, to),
      remoteId: idsOf(links, to, targets).join(';'),
    })),
  );
}

/**
 * Takes away those associations that we made and that a correction does not make again: a report that turned out to be
 * about another company must not stay on the first one's timeline. Done before the new ones are made, since the id of
 * a company that was merged stands for the one that it lives on in.
 */
export async function dropFormerLinks(
  { api, links }: Pick<RecordDeps, 'api' | 'links'>,
  records: readonly (Belonging & { id: string })[],
  targets: LinkTargets,
): Promise<void> {
  const objectType = records[0]?.objectType;
  if (objectType === undefined) return;
  const keys = records.map(({ externalKey }) => externalKey);
  const noted = await links.remoteIds(objectType, noteKeys(api, objectType, keys));
  for (const record of records)
    for (const to of typesOf(api, objectType)) {
      const before = (noted.get(noteKey(record.externalKey, to)) ?? '').split(';').filter(Boolean);
      const now = idsOf(record.links, to, targets);
      for (const id of before.filter((each) => !now.includes(each))) {
        const { path } = api.objects[objectType];
        const response = await api.send({
          method: 'DELETE',
          path: `${API.records}/${path}/${record.id}/associations/${api.objects[to].path}/${id}`,
        });
        if (response.status !== 204 && response.status !== 404) throw unexpected(response);
      }
    }
}

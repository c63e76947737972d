import type { CrmRemoval, CrmWriteResult } from '../connector.ts';
import { findRecords } from './find-records.ts';
import { noteKeys } from './former-links.ts';
import { API } from './objects.ts';
import type { RecordDeps } from './record-deps.ts';

/** Archives records, which HubSpot keeps in its recycle bin for ninety days. Those that are gone stay so. */
export async function removeRecords(
  deps: RecordDeps,
  removals: readonly CrmRemoval[],
): Promise<CrmWriteResult[]> {
  const { api, links } = deps;
  const results = new Map<CrmRemoval, CrmWriteResult>();
  for (const objectType of new Set(removals.map((each) => each.objectType))) {
    const wanted = removals.filter((each) => each.objectType === objectType);
    const keys = [...new Set(wanted.map(({ externalKey }) => externalKey))];
    const found = await findRecords(deps, objectType, keys);
    const archived: { id: string; externalKey: string }[] = [];
    for (const removal of wanted) {
      const record = found.get(removal.externalKey);
      if (record === undefined) {
        results.set(removal, { status: 'unchanged', revision: '' });
        continue;
      }
      const { snapshot, remoteId } = record;
      if (removal.expectedRevision !== undefined && removal.expectedRevision !== snapshot.revision)
        results.set(removal, { status: 'conflict', current: snapshot });
      else {
        results.set(removal, { status: 'written', revision: snapshot.revision });
        archived.push({ id: remoteId, externalKey: removal.externalKey });
      }
    }
    if (archived.length === 0) continue;
    const inputs = [...new Set(archived.map(({ id }) => id))].map((id) => ({ id }));
    await api.post(`${API.objects}/${api.objects[objectType].path}/batch/archive`, { inputs }, [204, 200]);
    const gone = archived.map(({ externalKey }) => externalKey);
    await links.forget(objectType, [...gone, ...noteKeys(api, objectType, gone)]);
  }
  return removals.map((removal) => results.get(removal) ?? { status: 'unchanged', revision: '' });
}

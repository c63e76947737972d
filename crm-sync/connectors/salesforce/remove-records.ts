import type { CrmRemoval, CrmWriteResult } from '../connector.ts';
import { contextOf, findByKeys, type SalesforceDeps } from './salesforce-deps.ts';
import { errorsOf, refusalOf } from './salesforce-error.ts';

/**
 * Moves records into Salesforce's recycle bin. Salesforce takes no conditions for that: the revision is compared just
 * before. One that is gone already is `unchanged`.
 */
export async function removeRecords(
  deps: SalesforceDeps,
  removals: readonly CrmRemoval[],
): Promise<CrmWriteResult[]> {
  const results: CrmWriteResult[] = [];
  for (const { objectType, externalKey, expectedRevision } of removals) {
    const context = await contextOf(deps, objectType);
    const found = (await findByKeys(deps, context, [externalKey])).get(externalKey);
    if (found === undefined) {
      results.push({ status: 'unchanged', revision: '' });
      continue;
    }
    if (expectedRevision !== undefined && expectedRevision !== found.snapshot.revision) {
      results.push({ status: 'conflict', current: found.snapshot });
      continue;
    }
    if (found.snapshot.matches !== undefined && !found.linked) {
      results.push({
        status: 'permanent',
        message: 'Several records in Salesforce carry our key; delete there what should go, then try again.',
        field: null,
      });
      continue;
    }
    const { responses } = await deps.api.composite([
      { method: 'DELETE', path: `/sobjects/${context.sObject}/${found.id}` },
    ]);
    const [response] = responses;
    const gone = response !== undefined && (response.status === 204 || response.status === 404);
    if (gone) await deps.links.forget(objectType, [externalKey]);
    const { keyField } = deps.settings;
    results.push(
      gone
        ? { status: response.status === 204 ? 'written' : 'unchanged', revision: found.snapshot.revision }
        : refusalOf(errorsOf(response?.body), { fields: [], keyField }),
    );
  }
  return results;
}

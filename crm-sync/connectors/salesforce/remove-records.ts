import type { CrmRemoval, CrmWriteResult } from '../connector.ts';
import { forgetLinks } from './link-ids.ts';
import { contextOf, findByKeys, type SalesforceDeps } from './salesforce-deps.ts';
import { errorsOf, refusalOf } from './salesforce-error.ts';
import type { Found, RowContext } from './snapshots.ts';

const REMOVALS_A_REQUEST = 25;

/**
 * Moves records into Salesforce's recycle bin. Salesforce takes no conditions for that: the revision is compared just
 * before. One that is gone already is `unchanged`.
 */
export async function removeRecords(
  deps: SalesforceDeps,
  removals: readonly CrmRemoval[],
): Promise<CrmWriteResult[]> {
  const results = new Map<CrmRemoval, CrmWriteResult>();
  for (const objectType of new Set(removals.map((removal) => removal.objectType))) {
    const context = await contextOf(deps, objectType);
    const ofType = removals.filter((removal) => removal.objectType === objectType);
    const found = await findByKeys(
      deps,
      context,
      ofType.map(({ externalKey }) => externalKey),
    );
    const going: { removal: CrmRemoval; record: Found }[] = [];
    for (const removal of ofType) {
      const record = found.get(removal.externalKey);
      const known = whyNot(removal, record);
      if (known !== null) results.set(removal, known);
      else if (record !== undefined) going.push({ removal, record });
    }
    for (let start = 0; start < going.length; start += REMOVALS_A_REQUEST)
      await removeTogether(deps, context, going.slice(start, start + REMOVALS_A_REQUEST), results);
  }
  return removals.map((removal) => results.get(removal) ?? GONE);
}

const GONE: CrmWriteResult = { status: 'unchanged', revision: '' };

/** What is known without asking; null: it is to be removed. */
function whyNot({ expectedRevision }: CrmRemoval, record: Found | undefined): CrmWriteResult | null {
  if (record === undefined) return GONE;
  const { snapshot, linked } = record;
  if (expectedRevision !== undefined && expectedRevision !== snapshot.revision)
    return { status: 'conflict', current: snapshot };
  if (snapshot.matches === undefined || linked) return null;
  return {
    status: 'permanent',
    message: 'Several records in Salesforce carry our key; delete there what should go, then try again.',
    field: null,
  };
}

async function removeTogether(
  { api, links, settings }: SalesforceDeps,
  context: RowContext,
  going: readonly { removal: CrmRemoval; record: Found }[],
  results: Map<CrmRemoval, CrmWriteResult>,
): Promise<void> {
  const { responses } = await api.composite(
    going.map(({ record }) => ({ method: 'DELETE', path: `/sobjects/${context.sObject}/${record.id}` })),
  );
  const gone: string[] = [];
  for (const [index, { removal, record }] of going.entries()) {
    const { status, body } = responses[index] ?? { status: 0, body: null };
    if (status === 204 || status === 404) {
      gone.push(removal.externalKey);
      results.set(removal, {
        status: status === 204 ? 'written' : 'unchanged',
        revision: record.snapshot.revision,
      });
    } else results.set(removal, refusalOf(errorsOf(body), { fields: [], keyField: settings.keyField }));
  }
  await forgetLinks(links, context, gone);
}

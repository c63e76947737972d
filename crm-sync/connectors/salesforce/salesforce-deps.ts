import type { Clock } from '../../../platform/clock.ts';
import type { CrmObjectType } from '../connector.ts';
import { CrmError } from '../crm-error.ts';
import type { RecordLinks } from '../record-links.ts';
import { type DescribedName, type DescribedObject, describeObjects, sObjectsInUse } from './describe.ts';
import { findRecords } from './find-records.ts';
import type { RecentReads } from './recent-reads.ts';
import type { SalesforceApi } from './salesforce-api.ts';
import type { SalesforceSettings } from './settings.ts';
import type { Found, RowContext } from './snapshots.ts';
import { sObjectOf } from './sobjects.ts';
import type { Users } from './users.ts';

/** What the parts of an open connection share. */
export interface SalesforceDeps {
  api: SalesforceApi;
  settings: SalesforceSettings;
  links: RecordLinks;
  users: Users;
  descriptions: Descriptions;
  recent: RecentReads;
  clock: Clock;
  /** Runs one after the other what comes at the same time. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Lets time pass at Salesforce. */
  pause(ms: number): Promise<void>;
}

/** What Salesforce says about its objects, as long as the connection is open. */
export interface Descriptions {
  all(): Promise<ReadonlyMap<DescribedName, DescribedObject | null>>;
  /** Asks again. */
  renew(): Promise<ReadonlyMap<DescribedName, DescribedObject | null>>;
}

export function createDescriptions(api: SalesforceApi, settings: SalesforceSettings): Descriptions {
  let known: Promise<ReadonlyMap<DescribedName, DescribedObject | null>> | null = null;
  function renew() {
    const asked = describeObjects(api, [...sObjectsInUse(settings), 'User', 'Product2'], settings);
    known = asked;
    asked.catch(() => {
      if (known === asked) known = null;
    });
    return asked;
  }
  return { all: () => known ?? renew(), renew };
}

export function createInTurn(): SalesforceDeps['inTurn'] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => {});
    return next;
  };
}

/** What is needed to read or write records of a type. @throws CrmError when this user may not see them. */
export async function contextOf(deps: SalesforceDeps, objectType: CrmObjectType): Promise<RowContext> {
  const sObject = sObjectOf(objectType, deps.settings);
  const described = (await deps.descriptions.all()).get(sObject) ?? null;
  if (described === null)
    throw new CrmError(
      'permanent',
      `The user in Salesforce may not see the object ${sObject}; give it a permission set that allows it.`,
    );
  if (!described.fields.has(deps.settings.keyField))
    throw new CrmError(
      'permanent',
      `${described.label} in Salesforce has no field ${deps.settings.keyField} that this user may see; make it as the guide says.`,
    );
  return { objectType, sObject, described, users: deps.users, origin: await deps.api.origin() };
}

/** The records that keys stand for. */
export async function findByKeys(
  deps: SalesforceDeps,
  context: RowContext,
  externalKeys: readonly string[],
): Promise<Map<string, Found>> {
  const { api, links, settings } = deps;
  return findRecords({ api, links, keyField: settings.keyField }, context, externalKeys);
}

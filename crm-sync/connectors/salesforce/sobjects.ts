import type { CrmObjectType } from '../connector.ts';
import type { SalesforceSettings } from './settings.ts';

export type SObjectName = 'Account' | 'Contact' | 'Opportunity' | 'Task' | 'Event';

/** What Salesforce calls it. Next steps are tasks whatever reports are. */
export function sObjectOf(
  objectType: CrmObjectType,
  { activityObject }: Pick<SalesforceSettings, 'activityObject'>,
): SObjectName {
  switch (objectType) {
    case 'account':
      return 'Account';
    case 'contact':
      return 'Contact';
    case 'deal':
      return 'Opportunity';
    case 'task':
      return 'Task';
    case 'activity':
      return activityObject;
  }
}

/** Salesforce merges these; the one that is left over is named by `MasterRecordId` of the others. */
export function canBeMerged(sObject: SObjectName): boolean {
  return sObject === 'Account' || sObject === 'Contact';
}

/** The fields that say to what a record belongs, by what they may point to. */
export const LINK_FIELDS: Record<SObjectName, { field: string; to: readonly CrmObjectType[] }[]> = {
  Account: [],
  Contact: [{ field: 'AccountId', to: ['account'] }],
  Opportunity: [{ field: 'AccountId', to: ['account'] }],
  // One record each: a deal says more than its account, which Salesforce knows from the deal.
  Task: [
    { field: 'WhatId', to: ['deal', 'account'] },
    { field: 'WhoId', to: ['contact'] },
  ],
  Event: [
    { field: 'WhatId', to: ['deal', 'account'] },
    { field: 'WhoId', to: ['contact'] },
  ],
};

import type { CrmObjectType } from '../connector.ts';
import type { ImportKind } from '../import-source.ts';

/** A table of Dataverse as far as we use it. */
export interface Table {
  logicalName: string;
  /** Name in addresses. */
  entitySet: string;
  primaryKey: string;
  /** Navigation property of ours that leads to the account that it belongs to; null: it is the account. */
  toAccount: string | null;
  /** What a person who makes a record has to give it. */
  nameColumns(name: string): Record<string, string>;
}

/** Titles of activities and tasks end here in Dataverse; the whole text stands in the description. */
const SUBJECT_CHARS = 200;
const NAME_CHARS = 160;

const cut = (text: string, length: number) =>
  text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;
const subject = (name: string) => ({ subject: cut(name, SUBJECT_CHARS) });

const account: Table = {
  logicalName: 'account',
  entitySet: 'accounts',
  primaryKey: 'accountid',
  toAccount: null,
  nameColumns: (name) => ({ name: cut(name, NAME_CHARS) }),
};

const contact: Table = {
  logicalName: 'contact',
  entitySet: 'contacts',
  primaryKey: 'contactid',
  toAccount: 'parentcustomerid_account',
  nameColumns: (name) => {
    const words = name.trim().split(/\s+/);
    const last = words.pop() ?? name;
    return { ...(words.length > 0 && { firstname: cut(words.join(' '), 50) }), lastname: cut(last, 50) };
  },
};

function activity(logicalName: 'phonecall' | 'appointment' | 'task'): Table {
  return {
    logicalName,
    entitySet: `${logicalName}s`,
    primaryKey: 'activityid',
    toAccount: `regardingobjectid_account_${logicalName}`,
    nameColumns: subject,
  };
}

const opportunity: Table = {
  logicalName: 'opportunity',
  entitySet: 'opportunities',
  primaryKey: 'opportunityid',
  toAccount: 'parentaccountid',
  nameColumns: (name) => ({ name: cut(name, 300) }),
};

export type ActivityTable = 'phonecall' | 'appointment';
export type Tables = Readonly<Record<CrmObjectType, Table>>;

/** Where each of our objects lives; a report is a phone call or an appointment, as the administrator chose. */
export function tablesFor(activityTable: ActivityTable): Tables {
  return { account, contact, activity: activity(activityTable), task: activity('task'), deal: opportunity };
}

/** Tables that the vocabulary is read from. */
export const IMPORT_TABLES: Readonly<
  Record<ImportKind, { logicalName: string; entitySet: string; columns: string[] }>
> = {
  owner: {
    logicalName: 'systemuser',
    entitySet: 'systemusers',
    columns: ['systemuserid', 'fullname', 'internalemailaddress', 'isdisabled'],
  },
  account: {
    logicalName: 'account',
    entitySet: 'accounts',
    columns: [
      'accountid',
      'name',
      'address1_city',
      'address1_stateorprovince',
      'statecode',
      'merged',
      '_masterid_value',
      '_ownerid_value',
    ],
  },
  contact: {
    logicalName: 'contact',
    entitySet: 'contacts',
    columns: [
      'contactid',
      'fullname',
      'jobtitle',
      'statecode',
      'merged',
      '_masterid_value',
      '_parentcustomerid_value',
    ],
  },
  product: { logicalName: 'product', entitySet: 'products', columns: ['productid', 'name', 'statecode'] },
};

import type { CrmObjectType } from '../connector.ts';

/** Our key, in a property of each object whose values HubSpot keeps unique. Ten such properties fit on an object. */
export const KEY_PROPERTY = 'dictaline_key';

/** HubSpot takes so many records in a batch. */
export const MAX_INPUTS = 100;

/** The versions of HubSpot's APIs that are asked. HubSpot keeps these until September 2027. */
export const API = {
  objects: '/crm/v3/objects',
  properties: '/crm/v3/properties',
  owners: '/crm/v3/owners',
  associations: '/crm/v4/associations',
  /** Of single associations. */
  records: '/crm/v4/objects',
  account: '/account-info/v3/details',
} as const;

/** As what a report is logged on HubSpot's timeline. */
export type ActivityObject = 'meetings' | 'notes';

/** One of HubSpot's objects, as far as records of one of our types live in it. */
export interface HubspotObject {
  objectType: CrmObjectType;
  /** In paths. */
  path: string;
  /** HubSpot's own number for the object, in addresses of record pages. */
  typeId: string;
  label: string;
  /** For sentences: "this task". */
  noun: string;
  /** The scopes of a private app that reading and writing them takes. */
  scopes: { read: string; write: string; schema: string };
  /** Whether it stands on a timeline, which takes `hs_timestamp`. */
  isEngagement: boolean;
  /** The kinds of association that a new record gets, by the type that it is linked to. */
  associationTypes: Partial<Record<CrmObjectType, readonly number[]>>;
}

const scopesOf = (name: string) => ({
  read: `crm.objects.${name}.read`,
  write: `crm.objects.${name}.write`,
  schema: `crm.schemas.${name}.write`,
});

const COMPANY: HubspotObject = {
  objectType: 'account',
  path: 'companies',
  typeId: '0-2',
  label: 'Company',
  noun: 'company',
  scopes: scopesOf('companies'),
  isEngagement: false,
  associationTypes: {},
};

const CONTACT: HubspotObject = {
  objectType: 'contact',
  path: 'contacts',
  typeId: '0-1',
  label: 'Contact',
  noun: 'contact',
  scopes: scopesOf('contacts'),
  isEngagement: false,
  // Company, and primary company.
  associationTypes: { account: [279, 1] },
};

const DEAL: HubspotObject = {
  objectType: 'deal',
  path: 'deals',
  typeId: '0-3',
  label: 'Deal',
  noun: 'deal',
  scopes: scopesOf('deals'),
  isEngagement: false,
  associationTypes: { account: [341, 5], contact: [3] },
};

// HubSpot asks for the contacts' scopes for everything on a timeline.
const TASK: HubspotObject = {
  objectType: 'task',
  path: 'tasks',
  typeId: '0-27',
  label: 'Task',
  noun: 'task',
  scopes: scopesOf('contacts'),
  isEngagement: true,
  associationTypes: { account: [192], contact: [204], deal: [216] },
};

const ACTIVITIES: Record<ActivityObject, HubspotObject> = {
  meetings: {
    objectType: 'activity',
    path: 'meetings',
    typeId: '0-47',
    label: 'Meeting',
    noun: 'meeting',
    scopes: scopesOf('contacts'),
    isEngagement: true,
    associationTypes: { account: [188], contact: [200], deal: [212] },
  },
  notes: {
    objectType: 'activity',
    path: 'notes',
    typeId: '0-46',
    label: 'Note',
    noun: 'note',
    scopes: scopesOf('contacts'),
    isEngagement: true,
    associationTypes: { account: [190], contact: [202], deal: [214] },
  },
};

export type HubspotObjects = Readonly<Record<CrmObjectType, HubspotObject>>;

export function hubspotObjects(activity: ActivityObject): HubspotObjects {
  return { account: COMPANY, contact: CONTACT, deal: DEAL, task: TASK, activity: ACTIVITIES[activity] };
}

/** The properties that a new record is named by, from the one name that we have. Pure. */
export function nameProperties({ path }: HubspotObject, name: string): Record<string, string> {
  switch (path) {
    case 'companies':
      return { name };
    case 'contacts': {
      const [first = '', ...rest] = name.trim().split(/\s+/);
      return { firstname: first, lastname: rest.join(' ') };
    }
    case 'deals':
      return { dealname: name };
    case 'tasks':
      return { hs_task_subject: name };
    case 'meetings':
      return { hs_meeting_title: name };
    default:
      return {};
  }
}

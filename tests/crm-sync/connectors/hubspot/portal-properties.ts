/** A property as HubSpot's properties API describes it. */
export interface PortalProperty {
  name: string;
  label: string;
  type: string;
  fieldType: string;
  groupName: string;
  options: { label: string; value: string; hidden: boolean; displayOrder: number }[];
  hasUniqueValue: boolean;
  hidden: boolean;
  calculated: boolean;
  externalOptions: boolean;
  hubspotDefined: boolean;
  referencedObjectType?: string;
  showCurrencySymbol?: boolean;
  modificationMetadata: { archivable: boolean; readOnlyDefinition: boolean; readOnlyValue: boolean };
  description: string;
  formField: boolean;
  displayOrder: number;
  archived: boolean;
}

type Sort =
  | 'string'
  | 'html'
  | 'number'
  | 'money'
  | 'date'
  | 'datetime'
  | 'select'
  | 'checkbox'
  | 'owner'
  | 'bool';

const TYPES: Record<Sort, [type: string, fieldType: string]> = {
  string: ['string', 'text'],
  html: ['string', 'html'],
  number: ['number', 'number'],
  money: ['number', 'number'],
  date: ['date', 'date'],
  datetime: ['datetime', 'date'],
  select: ['enumeration', 'select'],
  checkbox: ['enumeration', 'checkbox'],
  owner: ['enumeration', 'select'],
  bool: ['enumeration', 'booleancheckbox'],
};

export function makeProperty(
  name: string,
  sort: Sort,
  {
    label = name,
    options = [],
    ...more
  }: { label?: string; options?: [value: string, label: string][] } & Partial<
    Pick<PortalProperty, 'hasUniqueValue' | 'hidden' | 'calculated' | 'hubspotDefined'> & {
      readOnly: boolean;
    }
  > = {},
): PortalProperty {
  const [type, fieldType] = TYPES[sort];
  return {
    name,
    label,
    type,
    fieldType,
    groupName: 'information',
    options: options.map(([value, text], displayOrder) => ({
      label: text,
      value,
      hidden: false,
      displayOrder,
    })),
    hasUniqueValue: more.hasUniqueValue ?? false,
    hidden: more.hidden ?? false,
    calculated: more.calculated ?? false,
    externalOptions: sort === 'owner',
    hubspotDefined: more.hubspotDefined ?? true,
    ...(sort === 'owner' && { referencedObjectType: 'OWNER' }),
    ...(sort === 'money' && { showCurrencySymbol: true }),
    modificationMetadata: {
      archivable: false,
      readOnlyDefinition: true,
      readOnlyValue: more.readOnly ?? false,
    },
    description: '',
    formField: false,
    displayOrder: -1,
    archived: false,
  };
}

const owner = () => makeProperty('hubspot_owner_id', 'owner', { label: 'Owner' });
const system = (modified = 'hs_lastmodifieddate') => [
  makeProperty('hs_object_id', 'number', { readOnly: true }),
  makeProperty('createdate', 'datetime', { readOnly: true }),
  makeProperty(modified, 'datetime', { readOnly: true }),
  makeProperty('hs_merged_object_ids', 'checkbox', { readOnly: true }),
];

/** What an account has from the start, as far as it matters here, and two properties that a company made itself. */
export function startingProperties(): Record<string, PortalProperty[]> {
  return {
    companies: [
      ...system(),
      makeProperty('name', 'string', { label: 'Company name' }),
      makeProperty('domain', 'string', { label: 'Company domain name' }),
      makeProperty('city', 'string', { label: 'City' }),
      makeProperty('state', 'string', { label: 'State/Region' }),
      makeProperty('description', 'string', { label: 'Description' }),
      makeProperty('lifecyclestage', 'select', {
        label: 'Lifecycle Stage',
        options: [
          ['lead', 'Lead'],
          ['customer', 'Customer'],
          ['1029384756', 'Dormant'],
        ],
      }),
      makeProperty('hs_lead_status', 'select', {
        label: 'Lead Status',
        options: [
          ['NEW', 'New'],
          ['OPEN_DEAL', 'Open Deal'],
        ],
      }),
      makeProperty('annualrevenue', 'money', { label: 'Annual Revenue' }),
      makeProperty('first_visit', 'date', { label: 'First visit', hubspotDefined: false }),
      makeProperty('products_of_interest', 'checkbox', {
        label: 'Products of interest',
        hubspotDefined: false,
        options: [
          ['pump_one', 'Pump One'],
          ['pump_two', 'Pump Two'],
        ],
      }),
      makeProperty('hs_num_open_deals', 'number', { calculated: true, readOnly: true }),
      makeProperty('hs_analytics_source', 'string', { hidden: true }),
      owner(),
    ],
    contacts: [
      ...system('lastmodifieddate'),
      makeProperty('firstname', 'string', { label: 'First Name' }),
      makeProperty('lastname', 'string', { label: 'Last Name' }),
      makeProperty('email', 'string', { label: 'Email' }),
      makeProperty('jobtitle', 'string', { label: 'Job Title' }),
      makeProperty('associatedcompanyid', 'number', { readOnly: true }),
      makeProperty('hs_calculated_merged_vids', 'string', { readOnly: true }),
      owner(),
    ],
    deals: [
      ...system(),
      makeProperty('dealname', 'string', { label: 'Deal Name' }),
      makeProperty('amount', 'money', { label: 'Amount' }),
      makeProperty('pipeline', 'select', { label: 'Pipeline', options: [['default', 'Sales Pipeline']] }),
      makeProperty('dealstage', 'select', {
        label: 'Deal Stage',
        options: [
          ['appointmentscheduled', 'Appointment Scheduled'],
          ['99887766', 'Pilot running'],
        ],
      }),
      makeProperty('closedate', 'datetime', { label: 'Close Date' }),
      owner(),
    ],
    products: [...system(), makeProperty('name', 'string', { label: 'Name' })],
    tasks: [
      ...system(),
      makeProperty('hs_task_subject', 'string', { label: 'Task Title' }),
      makeProperty('hs_task_body', 'html', { label: 'Notes' }),
      makeProperty('hs_timestamp', 'datetime', { label: 'Due date' }),
      makeProperty('hs_task_status', 'select', {
        label: 'Task Status',
        options: [
          ['NOT_STARTED', 'Not started'],
          ['COMPLETED', 'Completed'],
        ],
      }),
      makeProperty('hs_task_priority', 'select', {
        label: 'Priority',
        options: [
          ['NONE', 'None'],
          ['LOW', 'Low'],
          ['HIGH', 'High'],
        ],
      }),
      makeProperty('hs_task_type', 'select', { label: 'Task Type', options: [['TODO', 'To-do']] }),
      owner(),
    ],
    meetings: [
      ...system(),
      makeProperty('hs_meeting_title', 'string', { label: 'Meeting name' }),
      makeProperty('hs_meeting_body', 'html', { label: 'Meeting description' }),
      makeProperty('hs_timestamp', 'datetime', { label: 'Activity date' }),
      makeProperty('hs_meeting_start_time', 'datetime', { label: 'Meeting start time' }),
      makeProperty('hs_meeting_outcome', 'select', {
        label: 'Meeting outcome',
        options: [
          ['SCHEDULED', 'Scheduled'],
          ['COMPLETED', 'Completed'],
        ],
      }),
      owner(),
    ],
    notes: [
      ...system(),
      makeProperty('hs_note_body', 'html', { label: 'Note body' }),
      makeProperty('hs_timestamp', 'datetime', { label: 'Activity date' }),
      owner(),
    ],
  };
}

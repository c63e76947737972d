export interface PlayedAttribute {
  name: string;
  type:
    | 'String'
    | 'Memo'
    | 'DateTime'
    | 'Money'
    | 'Picklist'
    | 'State'
    | 'Lookup'
    | 'Uniqueidentifier'
    | 'Status';
  maxLength?: number;
  options?: { value: number; label: string; defaultStatus?: number }[];
  /** Given to a new row. */
  initial?: number;
}

export interface PlayedTable {
  logicalName: string;
  entitySet: string;
  primaryKey: string;
  /** Navigation properties that may be bound, and the lookup column that each sets. */
  navigation: Record<string, string>;
  attributes: PlayedAttribute[];
}

const text = (name: string, maxLength: number): PlayedAttribute => ({ name, type: 'String', maxLength });
const memo = (name: string): PlayedAttribute => ({ name, type: 'Memo', maxLength: 2000 });
const state = (...labels: string[]): PlayedAttribute => ({
  name: 'statecode',
  type: 'State',
  options: labels.map((label, value) => ({ value, label, defaultStatus: value + 1 })),
  initial: 0,
});
const status: PlayedAttribute = { name: 'statuscode', type: 'Status', initial: 1 };

/** As much of the standard tables as the connector and its tests use. */
export function playedTables(): PlayedTable[] {
  const activity = (logicalName: string, more: PlayedAttribute[]): PlayedTable => ({
    logicalName,
    entitySet: `${logicalName}s`,
    primaryKey: 'activityid',
    navigation: { [`regardingobjectid_account_${logicalName}`]: '_regardingobjectid_value' },
    attributes: [
      text('subject', 200),
      memo('description'),
      text('category', 250),
      { name: 'scheduledstart', type: 'DateTime' },
      { name: 'scheduledend', type: 'DateTime' },
      state('Open', 'Completed', 'Canceled'),
      status,
      ...more,
    ],
  });
  const priority: PlayedAttribute = {
    name: 'prioritycode',
    type: 'Picklist',
    options: [
      { value: 0, label: 'Low' },
      { value: 1, label: 'Normal' },
      { value: 2, label: 'High' },
    ],
    initial: 1,
  };
  return [
    {
      logicalName: 'account',
      entitySet: 'accounts',
      primaryKey: 'accountid',
      navigation: {},
      attributes: [
        text('name', 160),
        memo('description'),
        text('address1_city', 80),
        text('address1_stateorprovince', 50),
        state('Active', 'Inactive'),
        status,
      ],
    },
    {
      logicalName: 'contact',
      entitySet: 'contacts',
      primaryKey: 'contactid',
      navigation: { parentcustomerid_account: '_parentcustomerid_value' },
      attributes: [
        text('firstname', 50),
        text('lastname', 50),
        text('fullname', 160),
        text('jobtitle', 100),
        state('Active', 'Inactive'),
        status,
      ],
    },
    activity('phonecall', [priority]),
    activity('appointment', [priority]),
    activity('task', [priority]),
    {
      logicalName: 'opportunity',
      entitySet: 'opportunities',
      primaryKey: 'opportunityid',
      navigation: { parentaccountid: '_parentaccountid_value' },
      attributes: [
        text('name', 300),
        memo('description'),
        { name: 'estimatedvalue', type: 'Money' },
        state('Open', 'Won', 'Lost'),
        status,
      ],
    },
    {
      logicalName: 'systemuser',
      entitySet: 'systemusers',
      primaryKey: 'systemuserid',
      navigation: {},
      attributes: [text('fullname', 200), text('internalemailaddress', 100)],
    },
    {
      logicalName: 'product',
      entitySet: 'products',
      primaryKey: 'productid',
      navigation: {},
      attributes: [text('name', 100), state('Active', 'Retired')],
    },
  ];
}

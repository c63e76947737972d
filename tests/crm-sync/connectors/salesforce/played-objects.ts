/** A field of the played org, as `describe` tells it. */
export interface PlayedField {
  name: string;
  label: string;
  type: string;
  length: number;
  createable: boolean;
  updateable: boolean;
  externalId: boolean;
  unique: boolean;
  caseSensitive: boolean;
  nillable: boolean;
  deprecatedAndHidden: boolean;
  extraTypeInfo: string | null;
  referenceTo: string[];
  picklistValues: { active: boolean; defaultValue: boolean; label: string; value: string }[];
  /** What a new record has when nothing is given. */
  initial: string | boolean | null;
}

export interface PlayedObject {
  name: string;
  label: string;
  /** With which ids begin. */
  prefix: string;
  fields: Map<string, PlayedField>;
}

type More = Partial<PlayedField> & { options?: string[] };

function field(name: string, type: string, more: More = {}): PlayedField {
  const { options = [], ...rest } = more;
  return {
    name,
    label: name
      .replace(/__c$/, '')
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .replaceAll('_', ' '),
    type,
    length:
      { string: 255, combobox: 255, textarea: 32_000, reference: 18, picklist: 255, multipicklist: 4099 }[
        type
      ] ?? 0,
    createable: true,
    updateable: true,
    externalId: false,
    unique: false,
    caseSensitive: false,
    nillable: true,
    deprecatedAndHidden: false,
    extraTypeInfo: null,
    referenceTo: [],
    initial: null,
    picklistValues: options.map((value) => ({
      active: true,
      defaultValue: value === rest.initial,
      label: value,
      value,
    })),
    ...rest,
  };
}

const READ_ONLY = { createable: false, updateable: false };
const KEY = () =>
  field('Dictaline_Key__c', 'string', { externalId: true, unique: true, caseSensitive: true, length: 255 });
const OWNER = (referenceTo = ['User']) => field('OwnerId', 'reference', { referenceTo });

function object(name: string, prefix: string, fields: PlayedField[]): PlayedObject {
  const system = [
    field('Id', 'id', READ_ONLY),
    field('IsDeleted', 'boolean', { ...READ_ONLY, initial: false }),
    field('CreatedDate', 'datetime', READ_ONLY),
    field('LastModifiedDate', 'datetime', READ_ONLY),
    field('SystemModstamp', 'datetime', READ_ONLY),
  ];
  return {
    name,
    label: name,
    prefix,
    fields: new Map([...system, ...fields].map((each) => [each.name, each])),
  };
}

const ACTIVITY = () => [
  field('Subject', 'combobox'),
  field('ActivityDate', 'date'),
  field('Description', 'textarea'),
  field('WhoId', 'reference', { referenceTo: ['Contact', 'Lead'] }),
  field('WhatId', 'reference', { referenceTo: ['Account', 'Opportunity'] }),
  field('IsArchived', 'boolean', { ...READ_ONLY, initial: false }),
  field('Origin__c', 'string'),
  KEY(),
];

/** The standard objects as far as they matter, with the key field that the guide asks for. */
export function playedObjects(): Map<string, PlayedObject> {
  const all = [
    object('Account', '001', [
      field('Name', 'string', { nillable: false }),
      field('Type', 'picklist', { options: ['Prospect', 'Customer'] }),
      field('BillingCity', 'string', { length: 40 }),
      field('BillingState', 'string', { length: 80 }),
      field('Description', 'textarea'),
      field('Notes__c', 'textarea', { extraTypeInfo: 'richtextarea', length: 32_768 }),
      field('Products__c', 'multipicklist', { options: ['Pump One', 'Pump Two', 'Valve'] }),
      field('Employees__c', 'double'),
      field('Visited__c', 'boolean', { initial: false }),
      field('MasterRecordId', 'reference', { ...READ_ONLY, referenceTo: ['Account'] }),
      OWNER(),
      KEY(),
    ]),
    object('Contact', '003', [
      field('FirstName', 'string', { length: 40 }),
      field('LastName', 'string', { length: 80, nillable: false }),
      field('Name', 'string', READ_ONLY),
      field('Title', 'string', { length: 128 }),
      field('AccountId', 'reference', { referenceTo: ['Account'] }),
      field('MasterRecordId', 'reference', { ...READ_ONLY, referenceTo: ['Contact'] }),
      OWNER(),
      KEY(),
    ]),
    object('Opportunity', '006', [
      field('Name', 'string', { length: 120, nillable: false }),
      field('StageName', 'picklist', {
        nillable: false,
        options: [
          'Prospecting',
          'Qualification',
          'Proposal/Price Quote',
          'Negotiation/Review',
          'Closed Won',
          'Closed Lost',
        ],
      }),
      field('Amount', 'currency'),
      field('CloseDate', 'date', { nillable: false }),
      field('AccountId', 'reference', { referenceTo: ['Account'] }),
      OWNER(),
      KEY(),
    ]),
    object('Task', '00T', [
      ...ACTIVITY(),
      field('Status', 'picklist', {
        options: ['Not Started', 'In Progress', 'Completed', 'Deferred'],
        initial: 'Not Started',
        nillable: false,
      }),
      field('Priority', 'picklist', {
        options: ['High', 'Normal', 'Low'],
        initial: 'Normal',
        nillable: false,
      }),
      OWNER(['Group', 'User']),
    ]),
    object('Event', '00U', [
      ...ACTIVITY(),
      field('IsAllDayEvent', 'boolean', { initial: false }),
      field('DurationInMinutes', 'int'),
      field('EndDateTime', 'datetime'),
      OWNER(['Group', 'User']),
    ]),
    object('User', '005', [
      field('Name', 'string', READ_ONLY),
      field('Email', 'email'),
      field('IsActive', 'boolean', { initial: true }),
      field('UserType', 'picklist', { ...READ_ONLY, initial: 'Standard' }),
    ]),
    object('Product2', '01t', [
      field('Name', 'string', { nillable: false }),
      field('IsActive', 'boolean', { initial: false }),
    ]),
  ];
  return new Map(all.map((each) => [each.name, each]));
}

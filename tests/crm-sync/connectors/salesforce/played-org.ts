import { type PlayedField, type PlayedObject, playedObjects } from './played-objects.ts';
import { holds, parseSoql, SoqlError } from './played-soql.ts';

export type PlayedRow = Record<string, unknown> & { Id: string };

/** What Salesforce says instead of doing it. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: string[];
  constructor(
    code: string,
    message: string,
    { fields = [], status = 400 }: { fields?: string[]; status?: number } = {},
  ) {
    super(message);
    this.code = code;
    this.fields = fields;
    this.status = status;
  }
}

/** The data of one company at Salesforce, and the rules for changing it. */
export class PlayedOrg {
  readonly objects: Map<string, PlayedObject> = playedObjects();
  private readonly rows = new Map<string, PlayedRow>();
  private made = 0;
  /** Stamps are whole seconds; each request takes one, unless time stands still. */
  time = new Date('2026-03-02T14:00:00Z');
  standsStill = false;
  /** Objects and fields (`Task.Origin__c`) that this user may not see. */
  readonly hidden = new Set<string>();
  /** Fields whose first option is taken no more. */
  readonly firstOptionRefused = new Set<string>();
  /** Rules of the company: a message for what they refuse. */
  readonly validationRules: ((name: string, row: Record<string, unknown>) => string | null)[] = [];
  /** A duplicate rule: no two accounts of one name. */
  refusesDuplicates = false;
  /** Rows in one answer to a query. */
  pageRows = 2_000;
  /** What is left of queries that did not fit into one answer. */
  readonly cursors = new Map<string, Record<string, unknown>[]>();
  readonly userId: string;

  constructor() {
    this.userId = this.insert(
      'User',
      { Email: 'integration@example.com', Name: 'Integration' },
      { system: true },
    ).Id;
  }

  tick(): void {
    if (!this.standsStill) this.time = new Date(this.time.getTime() + 1000);
  }

  stamp(): string {
    return `${this.time.toISOString().slice(0, 19)}.000+0000`;
  }

  object(name: string): PlayedObject {
    const found = this.objects.get(name);
    if (found === undefined || this.hidden.has(name))
      throw new Refused('NOT_FOUND', 'The requested resource does not exist', { status: 404 });
    return found;
  }

  visible(object: PlayedObject): PlayedField[] {
    return [...object.fields.values()].filter(({ name }) => !this.hidden.has(`${object.name}.${name}`));
  }

  all(name: string): PlayedRow[] {
    const { prefix } = this.object(name);
    return [...this.rows.values()].filter((row) => row.Id.startsWith(prefix));
  }

  alive(name: string): PlayedRow[] {
    return this.all(name).filter((row) => row.IsDeleted === false);
  }

  byId(name: string, id: string): PlayedRow {
    const row = this.rows.get(id);
    if (row === undefined || !id.startsWith(this.object(name).prefix))
      throw new Refused('NOT_FOUND', 'The requested resource does not exist', { status: 404 });
    if (row.IsDeleted === true) throw new Refused('ENTITY_IS_DELETED', 'entity is deleted', { status: 404 });
    return row;
  }

  insert(name: string, values: Record<string, unknown>, { system = false } = {}): PlayedRow {
    const object = this.object(name);
    if (!system) this.examine(object, values, null);
    this.made += 1;
    const row: PlayedRow = {
      ...Object.fromEntries([...object.fields.values()].map((field) => [field.name, field.initial])),
      ...(object.fields.has('OwnerId') && { OwnerId: this.userId }),
      Id: `${object.prefix}${String(this.made).padStart(12, '0')}AAA`,
      CreatedDate: this.stamp(),
      ...tidied(values),
    };
    if (!system) this.examineWhole(object, row);
    this.rows.set(row.Id, row);
    this.touch(row);
    return row;
  }

  update(name: string, row: PlayedRow, values: Record<string, unknown>): void {
    const object = this.object(name);
    this.examine(object, values, row);
    const next = { ...row, ...tidied(values) };
    this.examineWhole(object, next);
    Object.assign(row, tidied(values));
    this.touch(row);
  }

  /** `several`: more than one has the key, which is refused. */
  upsert(
    name: string,
    keyField: string,
    key: string,
    values: Record<string, unknown>,
  ): { row: PlayedRow; created: boolean } {
    const field = this.object(name).fields.get(keyField);
    if (field?.externalId !== true)
      throw new Refused('NOT_FOUND', 'Provided external ID field does not exist', { status: 404 });
    const matches = this.alive(name).filter((row) => row[keyField] === key);
    const [row] = matches;
    if (matches.length > 1)
      throw new Refused('DUPLICATE_EXTERNAL_ID', 'more than one record found for external id field', {
        status: 300,
      });
    if (row === undefined) return { row: this.insert(name, { ...values, [keyField]: key }), created: true };
    this.update(name, row, values);
    return { row, created: false };
  }

  remove(row: PlayedRow, masterId: string | null = null): void {
    row.IsDeleted = true;
    if (masterId !== null) row.MasterRecordId = masterId;
    this.touch(row);
  }

  touch(row: PlayedRow): void {
    row.SystemModstamp = this.stamp();
    row.LastModifiedDate = this.stamp();
  }

  query(soql: string, { deleted }: { deleted: boolean }): Record<string, unknown>[] {
    const { select, from, where, orderBy, limit } = parseSoql(soql);
    const object = this.object(from);
    const names = this.visible(object).map(({ name }) => name);
    const known = (name: string) => {
      if (names.includes(name)) return name;
      throw new SoqlError('INVALID_FIELD', `No such column '${name}' on entity '${from}'.`);
    };
    const wanted = (select ?? names).map(known);
    const found = (
      deleted ? this.all(from) : this.alive(from).filter((row) => row.IsArchived !== true)
    ).filter((row) => where === null || holds(where, (name) => row[known(name)]));
    for (const name of [...orderBy].reverse())
      found.sort((a, b) => String(a[known(name)]).localeCompare(String(b[name])));
    return found.slice(0, limit ?? undefined).map((row) => ({
      attributes: { type: from, url: `/services/data/v62.0/sobjects/${from}/${row.Id}` },
      ...Object.fromEntries(wanted.map((name) => [name, row[name] ?? null])),
    }));
  }

  /** What can be said against single values. */
  private examine(object: PlayedObject, values: Record<string, unknown>, row: PlayedRow | null): void {
    for (const [name, value] of Object.entries(values)) {
      const field = object.fields.get(name);
      if (field === undefined || this.hidden.has(`${object.name}.${name}`))
        throw new Refused('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
      if (row === null ? !field.createable : !field.updateable)
        throw new Refused('INVALID_FIELD_FOR_INSERT_UPDATE', `Unable to create/update fields: ${name}.`, {
          fields: [name],
        });
      if (value === null) continue;
      this.examineType(field, value);
      if (field.length > 0 && String(value).length > field.length)
        throw new Refused(
          'STRING_TOO_LONG',
          `${field.label}: data value too large: ${String(value)} (max length=${field.length})`,
          {
            fields: [name],
          },
        );
      this.examineChoice(object, field, String(value));
      if (field.type === 'reference') this.examineReference(field, String(value));
      if (field.unique) {
        const other = this.alive(object.name).find((each) => each[name] === value && each !== row);
        if (other !== undefined)
          throw new Refused(
            'DUPLICATE_VALUE',
            `duplicate value found: ${name} duplicates value on record with id: ${other.Id}`,
          );
      }
    }
  }

  /** A request with a value of another type can't be read at all. */
  examineType({ type, name }: PlayedField, value: unknown): void {
    const ok =
      type === 'boolean'
        ? typeof value === 'boolean'
        : ['double', 'currency', 'int', 'percent'].includes(type)
          ? typeof value === 'number'
          : type === 'date'
            ? /^\d{4}-\d\d-\d\d$/.test(String(value))
            : typeof value === 'string';
    if (!ok) throw new Refused('JSON_PARSER_ERROR', `Cannot deserialize instance of ${type} from ${name}`);
  }

  private examineChoice(
    object: PlayedObject,
    { type, name, label, picklistValues }: PlayedField,
    value: string,
  ): void {
    if (type !== 'picklist' && type !== 'multipicklist') return;
    const options = picklistValues.map((option) => option.value);
    if (this.firstOptionRefused.has(`${object.name}.${name}`)) options.shift();
    if (value.split(type === 'picklist' ? /$^/ : ';').every((item) => options.includes(item))) return;
    throw new Refused(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `${label}: bad value for restricted picklist field: ${value}`,
      {
        fields: [name],
      },
    );
  }

  private examineReference({ name, referenceTo }: PlayedField, id: string): void {
    const target = this.rows.get(id);
    const prefixes = referenceTo.map((each) => this.objects.get(each)?.prefix ?? '00G');
    if (!/^\w{15}(\w{3})?$/.test(id))
      throw new Refused('MALFORMED_ID', `${name}: id value of incorrect type: ${id}`, { fields: [name] });
    if (!prefixes.some((prefix) => id.startsWith(prefix)))
      throw new Refused('FIELD_INTEGRITY_EXCEPTION', `${name}: id value of incorrect type`, {
        fields: [name],
      });
    if (target === undefined) throw new Refused('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    if (target.IsDeleted === true) throw new Refused('ENTITY_IS_DELETED', 'entity is deleted');
    if (name === 'OwnerId' && target.IsActive === false)
      throw new Refused('INACTIVE_OWNER_OR_USER', 'operation performed with inactive user', {
        fields: [name],
      });
  }

  /** What can be said against a record as it would be. */
  private examineWhole(object: PlayedObject, row: PlayedRow): void {
    const missing = [...object.fields.values()].filter(
      ({ name, nillable }) => !nillable && (row[name] ?? '') === '',
    );
    if (missing.length > 0) {
      const names = missing.map(({ name }) => name);
      throw new Refused('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, {
        fields: names,
      });
    }
    if (
      object.name === 'Event' &&
      row.IsAllDayEvent !== true &&
      row.DurationInMinutes === null &&
      row.EndDateTime === null
    )
      throw new Refused('REQUIRED_FIELD_MISSING', 'Required fields are missing: [DurationInMinutes]', {
        fields: ['DurationInMinutes'],
      });
    if (object.name === 'Contact') row.Name = [row.FirstName, row.LastName].filter(Boolean).join(' ');
    for (const rule of this.validationRules) {
      const message = rule(object.name, row);
      if (message !== null) throw new Refused('FIELD_CUSTOM_VALIDATION_EXCEPTION', message);
    }
    const twin = this.alive('Account').some((each) => each.Name === row.Name && each.Id !== row.Id);
    if (this.refusesDuplicates && object.name === 'Account' && twin)
      throw new Refused('DUPLICATES_DETECTED', 'Use one of these records?');
  }
}

/** Text is trimmed, and nothing is null. */
function tidied(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.trim() || null : value,
    ]),
  );
}

import type { CrmFieldValue } from '../connector.ts';
import type { Column, Columns } from './metadata.ts';

export type ToColumn = { ok: true; columns: Record<string, unknown> } | { ok: false; message: string };

/**
 * A value as Dataverse takes it. A day in a column with a time becomes noon UTC, which is that day from Honolulu to
 * Auckland but for the last hour; a state brings the status that it begins with. Pure.
 */
export function toColumn(column: Column, value: CrmFieldValue): ToColumn {
  const one = (written: unknown): ToColumn => ({ ok: true, columns: { [column.key]: written } });
  if (value === null) return one(null);
  switch (column.attributeType) {
    case 'DateTime':
      return one(`${String(value)}T12:00:00Z`);
    case 'Picklist': {
      const number = column.numbers.get(String(value));
      return number === undefined ? unknownChoice(column) : one(number);
    }
    case 'State': {
      const number = column.numbers.get(String(value));
      if (number === undefined) return unknownChoice(column);
      const status = column.defaultStatus.get(number);
      return {
        ok: true,
        columns: { [column.key]: number, ...(status !== undefined && { statuscode: status }) },
      };
    }
    case 'MultiSelectPicklist': {
      const items = typeof value === 'object' ? value : [String(value)];
      const numbers = items.map((item) => column.numbers.get(item));
      return numbers.includes(undefined) ? unknownChoice(column) : one(numbers.join(','));
    }
    default:
      return one(typeof value === 'object' ? value.join('\n') : value);
  }
}

function unknownChoice({ label }: Column): ToColumn {
  return {
    ok: false,
    message: `${label} has no such choice at Dynamics; add it there or correct the mapping.`,
  };
}

/** The fields of a row that have a value, as the columns describe them. Pure. */
export function fieldsOf(
  row: Readonly<Record<string, unknown>>,
  columns: Columns,
): Record<string, CrmFieldValue> {
  const fields: Record<string, CrmFieldValue> = {};
  for (const column of columns.values()) {
    const value = fromColumn(column, row[column.key]);
    if (value !== null) fields[column.key] = value;
  }
  return fields;
}

function fromColumn(column: Column, value: unknown): CrmFieldValue {
  if (value === null || value === undefined || value === '') return null;
  switch (column.attributeType) {
    case 'DateTime':
      return String(value).slice(0, 10);
    case 'Picklist':
    case 'State':
      return labelOf(column, Number(value));
    case 'MultiSelectPicklist':
      return String(value)
        .split(',')
        .map((number) => labelOf(column, Number(number)));
    case 'Integer':
    case 'BigInt':
    case 'Decimal':
    case 'Double':
    case 'Money':
      return Number(value);
    default:
      return String(value);
  }
}

/** An option that was taken away keeps its number in old rows. */
function labelOf({ numbers }: Column, number: number): string {
  return [...numbers].find(([, each]) => each === number)?.[0] ?? String(number);
}

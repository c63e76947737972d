import { Conflict, InvalidInput, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { convertValue } from '../mapping/convert-value.ts';
import { createBuiltinConnector } from './builtin-connector.ts';

/**
 * A person's own edit of a value of the built-in CRM, through the same connector that reports are written with. The
 * value is text as typed: a list takes an item a line, blank empties the field.
 *
 * `requestId` is the form's own key: sent twice, it counts once. `revision` is the record's when it was shown.
 *
 * @returns the record's revision.
 * @throws NotFound, InvalidInput (the value does not fit the field), Conflict (the record was changed meanwhile).
 */
export async function editValue(
  { database, clock }: Pick<Platform, 'database' | 'clock'>,
  edit: {
    recordId: string;
    field: string;
    text: string;
    revision: number;
    requestId: string;
    actorId: string;
  },
): Promise<{ revision: number }> {
  const record = await database.prisma.crmRecord.findUnique({ where: { id: edit.recordId } });
  if (record === null) throw new NotFound(`crm record ${edit.recordId} does not exist`);
  const connector = createBuiltinConnector({ database, clock });
  const object = (await connector.describe()).find(({ objectType }) => objectType === record.objectType);
  const field = object?.fields.find(({ key }) => key === edit.field);
  if (object === undefined || field === undefined)
    throw new NotFound(`${record.objectType} has no field ${edit.field}`);
  const converted = convertValue(edit.text, field);
  if (!converted.ok)
    throw new InvalidInput(`value does not fit ${edit.field}`, { userMessage: converted.message });
  const [result] = await connector.write([
    {
      objectType: object.objectType,
      externalKey: record.externalKey,
      create: null,
      idempotencyKey: `edit:${edit.requestId}`,
      expectedRevision: String(edit.revision),
      links: [],
      fields: [
        {
          field: edit.field,
          value: converted.value,
          display: edit.text.trim(),
          idempotencyKey: `edit:${edit.requestId}`,
          origin: { kind: 'person', confirmedById: edit.actorId },
        },
      ],
    },
  ]);
  if (result === undefined) throw new Error('the built-in CRM left out a result');
  if (result.status === 'conflict')
    throw new Conflict(`crm record ${edit.recordId} is not at revision ${edit.revision} any more`);
  if (result.status === 'permanent')
    throw new InvalidInput(`edit of ${edit.field} refused`, { userMessage: result.message });
  if (result.status === 'transient') throw new Error(result.message);
  return { revision: Number(result.revision) };
}

import { z } from 'zod';
import type { CrmDataType, CrmFieldDefinition } from '../connector.ts';
import type { CrmHttp } from '../http/crm-http.ts';

const labelSchema = z.object({ UserLocalizedLabel: z.object({ Label: z.string() }).nullish() });
const attributeSchema = z.object({
  LogicalName: z.string(),
  AttributeType: z.string().nullish(),
  AttributeTypeName: z.object({ Value: z.string() }).nullish(),
  DisplayName: labelSchema.nullish(),
  IsValidForUpdate: z.boolean().nullish(),
  IsValidForRead: z.boolean().nullish(),
  AttributeOf: z.string().nullish(),
});
const optionSchema = z.object({
  LogicalName: z.string(),
  OptionSet: z
    .object({
      Options: z.array(
        z.object({ Value: z.number(), Label: labelSchema, DefaultStatus: z.number().nullish() }),
      ),
    })
    .nullish(),
});
const listOf = <T extends z.ZodType>(item: T) => z.object({ value: z.array(item) });

/** A column with what is needed to carry values over: a choice's options by number. */
export interface Column extends CrmFieldDefinition {
  options: string[];
  numbers: ReadonlyMap<string, number>;
  /** Of `statecode`: the status that a state begins with, by the state's number. */
  defaultStatus: ReadonlyMap<number, number>;
  attributeType: string;
}

export type Columns = ReadonlyMap<string, Column>;

const TYPES: Readonly<Record<string, CrmDataType>> = {
  String: 'text',
  Memo: 'text',
  Integer: 'number',
  BigInt: 'number',
  Decimal: 'number',
  Double: 'number',
  Money: 'money',
  DateTime: 'date',
  Picklist: 'choice',
  State: 'choice',
  MultiSelectPicklist: 'list',
};

/** Typed metadata, by what it is asked under; a column of these has options. */
const WITH_OPTIONS = [
  'PicklistAttributeMetadata',
  'MultiSelectPicklistAttributeMetadata',
  'StateAttributeMetadata',
];

/**
 * The columns of a table that a mapping may write to, as Dataverse describes them (EntityDefinitions, Web API 9.2).
 * A choice is told by its label, since that is what people know; labels that two options share get their number.
 * @throws CrmError
 */
export async function readColumns(http: CrmHttp, root: string, logicalName: string): Promise<Columns> {
  const table = `${root}/EntityDefinitions(LogicalName='${logicalName}')/Attributes`;
  const select =
    '$select=LogicalName,AttributeType,AttributeTypeName,DisplayName,IsValidForUpdate,IsValidForRead,AttributeOf';
  const [attributes, ...withOptions] = await Promise.all([
    http.send({ method: 'GET', path: `${table}?${select}` }),
    ...WITH_OPTIONS.map((type) =>
      http.send({
        method: 'GET',
        path: `${table}/Microsoft.Dynamics.CRM.${type}?$select=LogicalName&$expand=OptionSet($select=Options)`,
      }),
    ),
  ]);
  const options = new Map(
    withOptions
      .flatMap(({ body }) => listOf(optionSchema).parse(body).value)
      .map(({ LogicalName, OptionSet }) => [LogicalName, OptionSet?.Options ?? []] as const),
  );
  const columns = new Map<string, Column>();
  for (const attribute of listOf(attributeSchema).parse(attributes.body).value) {
    const attributeType = typeOf(attribute);
    const dataType = TYPES[attributeType];
    // Columns of another one (its year, its base amount) follow that one.
    if (dataType === undefined || attribute.AttributeOf || attribute.IsValidForRead === false) continue;
    const numbers = numbered(options.get(attribute.LogicalName) ?? []);
    columns.set(attribute.LogicalName, {
      key: attribute.LogicalName,
      label: attribute.DisplayName?.UserLocalizedLabel?.Label ?? attribute.LogicalName,
      dataType,
      options: [...numbers.keys()],
      numbers,
      defaultStatus: new Map(
        (options.get(attribute.LogicalName) ?? []).flatMap(({ Value, DefaultStatus }) =>
          DefaultStatus === null || DefaultStatus === undefined ? [] : [[Value, DefaultStatus] as const],
        ),
      ),
      writable: attribute.IsValidForUpdate === true,
      attributeType,
    });
  }
  return columns;
}

function typeOf({ AttributeType, AttributeTypeName }: z.infer<typeof attributeSchema>): string {
  // Multi-select columns call themselves Virtual in the older of the two.
  return AttributeTypeName?.Value === 'MultiSelectPicklistType'
    ? 'MultiSelectPicklist'
    : (AttributeType ?? '');
}

function numbered(
  options: readonly { Value: number; Label: z.infer<typeof labelSchema> }[],
): Map<string, number> {
  const labels = options.map(({ Value, Label }) => Label.UserLocalizedLabel?.Label ?? String(Value));
  return new Map(
    options.map(({ Value }, index) => {
      const label = labels[index] ?? String(Value);
      return [labels.filter((each) => each === label).length > 1 ? `${label} (${Value})` : label, Value];
    }),
  );
}

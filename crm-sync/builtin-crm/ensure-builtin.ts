import type { Database } from '../../platform/database/database.ts';
import { CRM_OBJECT_TYPES } from '../connectors/connector.ts';
import { DEFAULT_FIELDS, DEFAULT_MAPPINGS } from '../mapping/default-mappings.ts';

const NAME = 'Built-in CRM';

/**
 * Makes the built-in CRM's connection, its fields and its mappings, where they are missing; for every start of the
 * app. What a person changed or closed stays as it is: mappings are made only together with the connection.
 *
 * @returns the connector's id.
 */
export async function ensureBuiltinConnector(database: Pick<Database, 'prisma'>): Promise<string> {
  return database.prisma.$transaction(async (tx) => {
    // Several processes start at once: the lock on the row of the unique name lets one of them go first.
    const made = await tx.connector.createMany({
      data: [{ kind: 'builtin', name: NAME }],
      skipDuplicates: true,
    });
    const connector = await tx.connector.findUniqueOrThrow({ where: { name: NAME } });
    await tx.crmField.createMany({
      data: CRM_OBJECT_TYPES.flatMap((objectType) =>
        DEFAULT_FIELDS[objectType].map((field, position) => ({ objectType, position, ...field })),
      ),
      skipDuplicates: true,
    });
    if (made.count > 0) {
      await tx.fieldMapping.createMany({
        data: DEFAULT_MAPPINGS.map((mapping) => ({
          connectorId: connector.id,
          ...mapping,
          confirmedOnly: false,
        })),
      });
    }
    return connector.id;
  });
}

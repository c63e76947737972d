import { createBuiltinConnector } from '../../crm-sync/builtin-crm/builtin-connector.ts';
import { ensureBuiltinConnector } from '../../crm-sync/builtin-crm/ensure-builtin.ts';
import { systemClock } from '../../platform/clock.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { connectorConformance } from './connector-conformance.ts';

connectorConformance('builtin', async () => {
  const { database, drop } = await createTestDatabase();
  await ensureBuiltinConnector(database);
  return {
    connector: createBuiltinConnector({ database, clock: systemClock }),
    another: createBuiltinConnector({ database, clock: systemClock }),
    fields: { text: 'what', otherText: 'link', date: 'due', choice: { field: 'owner', allowed: 'customer' } },
    close: drop,
  };
});

// node scripts/run.mjs deliver-and-die.ts DATABASE_URL OUTBOX_ENTRY_ID KILL_POINT [forgetful]
//
// A worker that is killed, as by the operating system, at a named point of a delivery.
import { createBuiltinConnector } from '../../crm-sync/builtin-crm/builtin-connector.ts';
import { deliverGroupOf } from '../../crm-sync/ledger/deliver-entry.ts';
import { createTemplates } from '../../crm-sync/mapping/templates.ts';
import { processOutboxEntry } from '../../crm-sync/outbox/process-outbox-entry.ts';
import { systemClock } from '../../platform/clock.ts';
import { createDatabase } from '../../platform/database/database.ts';
import { createLogger } from '../../platform/log.ts';
import { makeForgetful } from './forgetful-crm.ts';

const [url = '', outboxEntryId = '', killPoint = '', memory = ''] = process.argv.slice(2);
const database = createDatabase({ url, maxConnections: 5 });
const builtin = createBuiltinConnector({ database, clock: systemClock });
const crm = memory === 'forgetful' ? makeForgetful(builtin) : builtin;
let writes = 0;

function dieAt(point: string): void {
  if (point === killPoint) process.kill(process.pid, 'SIGKILL');
}

const connector = {
  ...crm,
  async write(items: Parameters<typeof crm.write>[0]) {
    writes += 1;
    // Some are under way together.
    const turn = writes;
    dieAt(`before-write-${turn}`);
    const results = await crm.write(items);
    dieAt(`after-write-${turn}`);
    return results;
  },
};
const deps = {
  database,
  clock: systemClock,
  log: createLogger({ level: 'silent' }),
  openConnector: () => connector,
  templates: createTemplates(),
  publicUrl: 'https://dictaline.example',
};
const [first] = await processOutboxEntry(deps, outboxEntryId);
dieAt('after-plan');
if (first !== undefined) await deliverGroupOf(deps, first);
await database.close();

// A process that holds a cluster until it is killed: node scripts/run.mjs hold-cluster.ts FOLDER
import { startEmbeddedPostgres } from '../../../platform/embedded-postgres/embedded-postgres.ts';

await startEmbeddedPostgres({ folder: String(process.argv[2]), durable: false });
console.log('holding');
setInterval(() => {}, 60_000);

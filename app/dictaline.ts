import { StartupError } from '../platform/errors.ts';

/** Resolves to the exit status. */
type Command = (args: string[]) => Promise<number>;

interface CommandEntry {
  usage: string;
  does: string;
  /** Loaded when called: `analyze` must not need a database's libraries. */
  load: () => Promise<Command>;
}

const COMMANDS: Record<string, CommandEntry> = {
  serve: {
    usage: 'serve',
    does: 'everything in one process',
    load: async () => (await import('./commands/serve.ts')).runServe,
  },
  web: {
    usage: 'web',
    does: 'webhooks, screens and API only; workers run elsewhere',
    load: async () => (await import('./commands/serve.ts')).runWeb,
  },
  worker: {
    usage: 'worker',
    does: 'background work only (and /healthz, /readyz, /metrics)',
    load: async () => (await import('./commands/serve.ts')).runWorker,
  },
  migrate: {
    usage: 'migrate',
    does: 'bring the database up to date',
    load: async () => (await import('./commands/migrate.ts')).runMigrate,
  },
  seed: {
    usage: 'seed',
    does: 'fill an empty database with the demo company',
    load: async () => (await import('./commands/seed.ts')).runSeed,
  },
  user: {
    usage: 'user add --email E --name N --role R[,R] [--phone +1…] [--short-number N]',
    does: 'add a person',
    load: async () => (await import('./commands/user-add.ts')).runUserAdd,
  },
  call: {
    usage: 'call --pin P --audio FILE.wav [--from +1…] [--to +1…] [--short-number N] [--server URL]',
    does: 'place a simulated call against a running server and print the conversation',
    load: async () => (await import('./commands/call.ts')).runCall,
  },
  analyze: {
    usage: 'analyze --world world.json --in transcripts.jsonl --out predictions.jsonl',
    does: 'split, code and read fields out of transcripts; needs no server and no database',
    load: async () => (await import('./commands/analyze.ts')).runAnalyze,
  },
  export: {
    usage: 'export [--format jsonl|csv] [--out FILE]',
    does: 'write out the reports with their units, codes and field values',
    load: async () => (await import('./commands/export.ts')).runExport,
  },
  demo: {
    usage: 'demo [--server URL]',
    does: 'play the whole chain against a running server',
    load: async () => (await import('./demo/run-demo.ts')).runDemo,
  },
};

function help(): string {
  const width = Math.max(...Object.values(COMMANDS).map(({ usage }) => usage.length));
  const rows = Object.values(COMMANDS).map(({ usage, does }) =>
    usage.length > 40
      ? `  ${usage}\n  ${' '.repeat(12)}${does}`
      : `  ${usage.padEnd(Math.min(width, 12))}${does}`,
  );
  return `usage: npm run -s dictaline -- COMMAND\n\n${rows.join('\n')}\n`;
}

async function main([name = 'help', ...args]: string[]): Promise<number> {
  if (name === 'help' || name === '--help') {
    process.stdout.write(help());
    return 0;
  }
  const command = COMMANDS[name];
  if (!command) {
    process.stderr.write(`There is no command '${name}'.\n\n${help()}`);
    return 2;
  }
  try {
    return await (await command.load())(args);
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

process.exit(await main(process.argv.slice(2)));

import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { generateClient } from './scripts/generate-client.mjs';

// Here, so that `npx vitest run tests/some.test.ts` works by itself right after the schema was changed.
generateClient();

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    setupFiles: ['tests/support/network-off.ts'],
    pool: 'forks',
    // Some of a run is waiting, for a browser or a process; with three more than there are cores none of it was, and
    // tests only got in each other's way.
    maxWorkers: availableParallelism() + 2,
    // Files share their worker's modules, because importing all of them for each file took two minutes of five. It
    // can be so, because nothing keeps state in a module.
    isolate: false,
    // Tests make much that is gone with the test. A larger nursery collects it with less copying, and without helper
    // threads collecting takes less in all: the other workers have the cores.
    execArgv: ['--min-semi-space-size=16', '--max-semi-space-size=32', '--single-threaded-gc'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Long enough for a browser to be closed and a database dropped.
    teardownTimeout: 30_000,
    restoreMocks: true,
    unstubEnvs: true,
    retry: 0,
  },
});

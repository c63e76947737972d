// npm test [-- FILTER ...]: everything that a fresh clone needs, then all tests. The last line counts them.
// With CI=true a skipped test is a failure.
import { prepare } from './prepare.mjs';
import { orOneSentence } from './run.mjs';

await orOneSentence(async () => {
  prepare(console.log);
  console.log('Running the tests against a PostgreSQL made for them (a few minutes) ...');
  const { parseCLI, startVitest } = await import('vitest/node');
  const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
  const vitest = await startVitest('test', filter, { ...options, watch: false });
  const tally = count(vitest);
  await vitest.close();
  report(tally);
  process.exit(tally.failed > 0 || (isCi() && tally.skipped.length > 0) ? 1 : 0);
});

function isCi() {
  return !['', '0', 'false', undefined].includes(process.env.CI);
}

function count(vitest) {
  let passed = 0;
  // What went wrong outside of any test: a file that can't be loaded, a promise that nobody waited for.
  let failed = vitest.state.getUnhandledErrors().length;
  const skipped = [];
  for (const module of vitest.state.getTestModules()) {
    const tests = [...module.children.allTests()];
    for (const test of tests) {
      const { state, note } = test.result();
      if (state === 'passed') passed += 1;
      else if (state === 'failed') failed += 1;
      else skipped.push({ name: `${module.relativeModuleId} > ${test.fullName}`, note });
    }
    const failedTests = tests.filter((test) => test.result().state === 'failed').length;
    if (module.state() === 'failed' && failedTests === 0) failed += 1;
  }
  // No test at all is no success either.
  if (passed + failed + skipped.length === 0) failed = 1;
  return { passed, failed, skipped };
}

function report({ passed, failed, skipped }) {
  if (skipped.length > 0) {
    console.log(isCi() ? '\nSkipped, which counts as failed in CI:' : '\nSkipped:');
    for (const { name, note } of skipped) console.log(`  ${name}${note ? ` (${note})` : ''}`);
  }
  console.log(`\n${passed} passed, ${failed} failed, ${skipped.length} skipped`);
}

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const RUN = fileURLToPath(new URL('../../../scripts/run.mjs', import.meta.url));
const ENTRY = fileURLToPath(new URL('./server-process.ts', import.meta.url));

export interface RestartingServer {
  /** Kills the process with SIGKILL, waits, starts the next one; resolves when that one listens. */
  killAndRestart(downMs: number, options: { isLast: boolean }): Promise<void>;
  isUp(): boolean;
  /** What the processes have written to standard error, the last of it. */
  errors(): string;
  stop(): Promise<void>;
}

const KEPT_OUTPUT = 20_000;

/**
 * The server's process, and a second one that has loaded everything and waits to take over, because loading takes
 * longer than a server should be away.
 */
export async function startRestartingServer(
  env: Record<string, string>,
  entry: string | URL = ENTRY,
): Promise<RestartingServer> {
  let output = '';
  let isStopped = false;
  let isUp = false;

  async function load(): Promise<ChildProcess> {
    const child = fork(RUN, [entry instanceof URL ? fileURLToPath(entry) : entry], {
      execArgv: [],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    child.stderr?.on('data', (text) => {
      output = (output + text).slice(-KEPT_OUTPUT);
    });
    await told(child, 'loaded');
    return child;
  }

  /** @throws Error when the process ends before it has said so */
  async function told(child: ChildProcess, word: string): Promise<void> {
    const message = await Promise.race([
      once(child, 'message').then(([text]: unknown[]) => text),
      once(child, 'exit').then(() => 'exit'),
    ]);
    if (message !== word) throw new Error(`The server ended before it had ${word}: ${output}`);
  }

  async function open(child: ChildProcess): Promise<ChildProcess> {
    child.send('start');
    await told(child, 'listening');
    isUp = true;
    return child;
  }

  async function kill(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  let running = await open(await load());
  let next: Promise<ChildProcess> | null = load();
  return {
    async killAndRestart(downMs, { isLast }) {
      const standby = await (next ?? load());
      isUp = false;
      await kill(running);
      if (isStopped) return;
      await new Promise((resolve) => setTimeout(resolve, downMs));
      running = await open(standby);
      next = isLast ? null : load();
    },
    isUp: () => isUp,
    errors: () => output,
    async stop() {
      isStopped = true;
      await kill(running);
      if (next !== null) await kill(await next);
    },
  };
}

import { readdir, readFile } from 'node:fs/promises';

/** Kills the browser's processes of a profile as a power cut would; they are told by the folder that they were given. */
export async function killBrowser(folder: string): Promise<void> {
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) continue;
    const command = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
    if (!command.includes(`--user-data-dir=${folder}`)) continue;
    try {
      process.kill(Number(entry), 'SIGKILL');
    } catch {
      // It ended with the one before it.
    }
  }
}

import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import os from 'node:os';

/** Linux keeps what is in here in memory. */
const IN_MEMORY = '/dev/shm';
/** Several times what the database of a run takes, write-ahead log included. */
const ENOUGH_BYTES = 2 * 1024 ** 3;

/**
 * The folder for thousands of files that are made and deleted all the time: in memory where there is room, else the
 * temporary one. On ext4 each new file searches its way past all that were deleted in the last minutes, which took
 * half of the time that PostgreSQL worked in a run.
 */
export async function quickestFolder(): Promise<string> {
  try {
    await access(IN_MEMORY, constants.W_OK);
    const { bavail, bsize } = await statfs(IN_MEMORY);
    return bavail * bsize >= ENOUGH_BYTES ? IN_MEMORY : os.tmpdir();
  } catch {
    return os.tmpdir();
  }
}

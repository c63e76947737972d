import { randomBytes, randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type UserInput, userInput } from '../people/user-input.ts';
import { createUser } from '../people/write-user.ts';
import { usage, withPlatform } from './with-platform.ts';

const USAGE =
  'user add --email E --name N --role R[,R] [--phone +1…] [--short-number N]\n' +
  '       roles: rep, transcriptionist, manager, proposal_manager, administrator';

/** `rep` is spoken to on the phone only when there is a PIN. */
const PIN_DIGITS = 6;

function readInput(args: string[]): UserInput | string | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        email: { type: 'string' },
        name: { type: 'string' },
        role: { type: 'string' },
        phone: { type: 'string', multiple: true, default: [] },
        'short-number': { type: 'string' },
      },
    });
    const { email, name, role, phone } = values;
    if (positionals.length !== 1 || positionals[0] !== 'add' || !email || !name || !role) return null;
    const roles = role.split(',').map((word) => word.trim());
    const parsed = userInput.safeParse({
      email,
      name,
      roles,
      phones: phone,
      shortNumber: values['short-number'],
      // Made here and shown once: what stands in a command line stays in its history.
      password: randomBytes(12).toString('base64url'),
      ...(roles.includes('rep') && { pin: String(randomInt(10 ** PIN_DIGITS)).padStart(PIN_DIGITS, '0') }),
    });
    if (parsed.success) return parsed.data;
    return `${parsed.error.issues[0]?.path.join('.') ?? 'That'} is not right; check it.`;
  } catch (error) {
    return error instanceof Error ? error.message : null;
  }
}

/** `user add`: adds a person and prints their password, and a rep's PIN, this once. */
export async function runUserAdd(args: string[]): Promise<number> {
  const input = readInput(args);
  if (input === null) return usage(USAGE);
  if (typeof input === 'string') return usage(USAGE, input);
  return withPlatform(async (platform) => {
    const user = await createUser(platform, input, null);
    process.stdout.write(`Added ${user.name}, ${user.email}.\nPassword: ${input.password}\n`);
    if (input.pin) process.stdout.write(`PIN: ${input.pin}\n`);
    process.stdout.write('Neither can be shown again.\n');
    return 0;
  });
}

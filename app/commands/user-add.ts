import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { issuePin } from '../../platform/auth/pin-rules.ts';
import { AppError } from '../../platform/errors.ts';
import { toE164 } from '../people/phone-number.ts';
import { type UserInput, userInput } from '../people/user-input.ts';
import { createUser } from '../people/write-user.ts';
import { usage, withPlatform } from './with-platform.ts';

const USAGE =
  'user add --email E --name N --role R[,R] [--phone +1…] [--short-number N]\n' +
  '       roles: rep, transcriptionist, supervisor, manager, proposal_manager, administrator';

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
      // `rep` is spoken to on the phone only when there is a PIN.
      ...(roles.includes('rep') && { pin: issuePin(pinOwner(values)), pinMustChange: true }),
    });
    if (parsed.success) return parsed.data;
    return `${parsed.error.issues[0]?.path.join('.') ?? 'That'} is not right; check it.`;
  } catch (error) {
    if (error instanceof AppError) return error.userMessage;
    return error instanceof Error ? error.message : null;
  }
}

function pinOwner(values: { phone: string[]; 'short-number'?: string }) {
  return { shortNumber: values['short-number'] ?? null, phones: values.phone.map(toE164) };
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
    if (input.pin) process.stdout.write('The first call asks for a PIN of their own.\n');
    return 0;
  });
}

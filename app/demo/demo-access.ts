import type { Platform } from '../../platform/platform.ts';
import { freeDemoIds } from './demo-anonymous-ids.ts';
import { DEMO_LINES, DEMO_PASSWORD, DEMO_REPS, DEMO_STAFF } from './demo-people.ts';
import { demoSeededAt } from './demo-progress.ts';

const ROLE_WORDS: Record<string, string> = {
  manager: 'manager',
  transcriptionist: 'transcriptionist',
  proposal_manager: 'proposal manager',
  administrator: 'administrator',
  supervisor: 'supervisor',
};

/** `+1 555 010 0100` */
function readable(number: string): string {
  return number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1 $1 $2 $3');
}

/** Address, log-ins, number to dial and a PIN, for the end of `npm start`. Only the address without the demo. */
export async function demoAccess(
  platform: Pick<Platform, 'config' | 'database'>,
  { running = true }: { running?: boolean } = {},
): Promise<string> {
  const { publicUrl, carrier } = platform.config;
  const address = `${running ? 'Dictaline listens on' : '`npm start` will bring Dictaline up at'} ${publicUrl}`;
  if ((await demoSeededAt(platform)) === null) return address;
  const [rep, other] = [DEMO_REPS[0], DEMO_REPS[1]];
  if (!rep || !other) return address;
  const [freeId] = await freeDemoIds(platform);
  const staff = DEMO_STAFF.map(
    ({ roles, email }) =>
      `  ${roles
        .map((role) => ROLE_WORDS[role] ?? role)
        .join(', ')
        .padEnd(18)}${email}`,
  );
  const phone = carrier.kind === 'simulator' ? [`  phone page        ${publicUrl}/phone`] : [];
  return [
    address,
    '',
    `Sign in with the password ${DEMO_PASSWORD} as`,
    ...staff,
    `  ${'rep'.padEnd(18)}${rep.email}`,
    '',
    'Dictate a call report',
    ...phone,
    `  dial              ${readable(DEMO_LINES.report.number)}`,
    `  calling from      ${readable(other.phone)}, Priya Raman's own phone: PIN ${other.pin}`,
    `  any other phone   Dale Hutchins: short number ${rep.shortNumber}, PIN ${rep.pin}`,
    `  to the proposal   ${readable(DEMO_LINES.proposal.number)} from Priya Raman's phone; section 2.1 is keyed 2*1#`,
    ...(freeId
      ? [`  to the survey     ${readable(DEMO_LINES.survey.number)} from any phone; anonymous ID ${freeId}`]
      : []),
    '',
    `npm run demo plays the whole chain.${running ? ' Ctrl-C stops everything.' : ''}`,
  ].join('\n');
}

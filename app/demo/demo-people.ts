import type { Role } from '../../prisma/generated/client/client.ts';

/** Everybody of the demo company signs in with it. Never used in production mode. */
export const DEMO_PASSWORD = 'caprock-demo-2026';

export interface DemoPerson {
  key: string;
  name: string;
  email: string;
  roles: Role[];
  timeZone: string;
  /** Of those who dictate, too. */
  shortNumber?: string;
  pin?: string;
}

export interface DemoRep {
  /** Id in world.json. */
  externalId: string;
  email: string;
  timeZone: string;
  /** Key of their manager. */
  manager: 'nora' | 'grant';
  /** E.164, of a range that no carrier gives out. */
  phone: string;
  shortNumber: string;
  pin: string;
}

export const DEMO_STAFF: readonly DemoPerson[] = [
  {
    key: 'nora',
    name: 'Nora Whitfield',
    email: 'nora.whitfield@caprock.example',
    roles: ['manager'],
    timeZone: 'America/Phoenix',
  },
  {
    key: 'grant',
    name: 'Grant Okafor',
    email: 'grant.okafor@caprock.example',
    roles: ['manager'],
    timeZone: 'America/Chicago',
  },
  {
    key: 'tess',
    name: 'Tess Moreno',
    email: 'tess.moreno@caprock.example',
    roles: ['transcriptionist'],
    timeZone: 'America/Chicago',
  },
  {
    key: 'ian',
    name: 'Ian Fairbanks',
    email: 'ian.fairbanks@caprock.example',
    roles: ['transcriptionist'],
    timeZone: 'America/New_York',
  },
  {
    key: 'paula',
    name: 'Paula Reyes',
    email: 'paula.reyes@caprock.example',
    roles: ['proposal_manager'],
    timeZone: 'America/Denver',
    shortNumber: '301',
    pin: '593817',
  },
  {
    key: 'adam',
    name: 'Adam Kessler',
    email: 'adam.kessler@caprock.example',
    roles: ['administrator'],
    timeZone: 'America/Denver',
  },
  {
    key: 'selma',
    name: 'Selma Brandt',
    email: 'selma.brandt@caprock.example',
    roles: ['supervisor'],
    timeZone: 'America/Denver',
  },
];

const rep = (
  externalId: string,
  mailbox: string,
  manager: DemoRep['manager'],
  timeZone: string,
  pin: string,
): DemoRep => ({
  externalId,
  email: `${mailbox}@caprock.example`,
  timeZone,
  manager,
  phone: `+1555010020${externalId.slice(1)}`,
  shortNumber: `20${externalId.slice(1)}`,
  pin,
});

export const DEMO_REPS: readonly DemoRep[] = [
  rep('r1', 'dale.hutchins', 'nora', 'America/Chicago', '714025'),
  rep('r2', 'priya.raman', 'nora', 'America/Phoenix', '386140'),
  rep('r3', 'walt.kowalczyk', 'grant', 'America/Chicago', '920517'),
  rep('r4', 'marisol.vega', 'nora', 'America/Phoenix', '451768'),
  rep('r5', 'tucker.boone', 'grant', 'America/Chicago', '603982'),
  rep('r6', 'janet.lindqvist', 'grant', 'America/Chicago', '278409'),
  rep('r7', 'curtis.broadnax', 'nora', 'America/Los_Angeles', '839251'),
  rep('r8', 'eileen.sorrell', 'grant', 'America/New_York', '157634'),
];

export const DEMO_LINES = {
  report: { number: '+15550100100', name: 'Call reports' },
  survey: { number: '+15550100101', name: 'Customer survey' },
  proposal: { number: '+15550100102', name: 'Tempe proposal' },
} as const;

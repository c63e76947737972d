export type RoleName =
  | 'rep'
  | 'transcriptionist'
  | 'supervisor'
  | 'manager'
  | 'proposal_manager'
  | 'administrator';

export interface NavigationItem {
  /** Stable word; a page names the one it belongs to. */
  key: string;
  label: string;
  href: string;
  roles: readonly RoleName[];
}

/** Where one can go, in the order of the bar. A person sees what a role of theirs allows. */
const ITEMS: readonly NavigationItem[] = [
  { key: 'today', label: 'Today', href: '/today', roles: ['manager'] },
  { key: 'my-reports', label: 'My reports', href: '/my-reports', roles: ['rep'] },
  {
    key: 'queue',
    label: 'Queue',
    href: '/queue',
    roles: ['transcriptionist', 'supervisor', 'administrator'],
  },
  { key: 'supervision', label: 'Supervision', href: '/supervision', roles: ['supervisor', 'administrator'] },
  {
    key: 'agreement',
    label: 'Agreement',
    href: '/agreement',
    // Administrators come from the codebook; their bar is full.
    roles: ['transcriptionist', 'supervisor', 'manager'],
  },
  { key: 'my-work', label: 'My work', href: '/my-work', roles: ['transcriptionist'] },
  { key: 'accuracy', label: 'Accuracy', href: '/accuracy', roles: ['supervisor', 'administrator'] },
  {
    key: 'typing',
    label: 'Typing',
    href: '/expansions',
    roles: ['transcriptionist', 'supervisor', 'administrator'],
  },
  {
    key: 'flags',
    label: 'Flagged',
    href: '/flags',
    roles: ['transcriptionist', 'supervisor', 'manager', 'administrator', 'rep'],
  },
  { key: 'search', label: 'Search', href: '/search', roles: ['manager', 'administrator', 'rep'] },
  { key: 'customers', label: 'Customers', href: '/customers', roles: ['manager', 'rep', 'administrator'] },
  { key: 'questions', label: 'Questions', href: '/questions', roles: ['manager', 'administrator'] },
  { key: 'surveys', label: 'Surveys', href: '/surveys', roles: ['manager', 'administrator'] },
  { key: 'proposals', label: 'Proposals', href: '/proposals', roles: ['proposal_manager', 'administrator'] },
  { key: 'crm', label: 'CRM', href: '/crm', roles: ['administrator', 'manager'] },
  { key: 'administration', label: 'Administration', href: '/people', roles: ['administrator'] },
];

export function navigationFor(roles: readonly string[]): NavigationItem[] {
  return ITEMS.filter((item) => item.roles.some((role) => roles.includes(role)));
}

/** The parts of administration, shown under the bar on each of its screens. */
export const ADMINISTRATION: readonly { key: string; label: string; href: string }[] = [
  { key: 'people', label: 'People', href: '/people' },
  { key: 'attempts', label: 'Wrong PINs', href: '/attempts' },
  { key: 'lines', label: 'Lines', href: '/lines' },
  { key: 'turnaround', label: 'Turnaround', href: '/turnaround' },
  { key: 'job-codes', label: 'Job codes', href: '/job-codes' },
  { key: 'phone', label: 'Phone', href: '/phone-settings' },
  { key: 'prompts', label: 'Prompts', href: '/prompts' },
  { key: 'vocabulary', label: 'Vocabulary', href: '/vocabulary' },
  { key: 'codebook', label: 'Codebook', href: '/codebook' },
  { key: 'report-fields', label: 'Report fields', href: '/report-fields' },
  { key: 'recordings', label: 'Recordings in trouble', href: '/recordings' },
  { key: 'retention', label: 'Retention', href: '/retention' },
  { key: 'audit-log', label: 'Audit log', href: '/audit-log' },
];

/** The screen a person lives in: the first role in this order decides. */
const HOMES: readonly [RoleName, string][] = [
  ['manager', '/today'],
  ['transcriptionist', '/queue'],
  ['supervisor', '/supervision'],
  ['administrator', '/crm'],
  ['proposal_manager', '/proposals'],
  ['rep', '/my-reports'],
];

export function homeOf(roles: readonly string[]): string {
  return HOMES.find(([role]) => roles.includes(role))?.[1] ?? '/welcome';
}

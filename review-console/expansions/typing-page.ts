import type { PageData } from '../render/pages.ts';

/** What helps to type: the screens of typists, supervisors and administrators. */
const PARTS = [
  { key: 'expansions', label: 'Short forms', href: '/expansions' },
  { key: 'words', label: 'Words', href: '/spelling-words' },
  { key: 'style-guide', label: 'Style guide', href: '/style-guide' },
] as const;

export const TYPISTS = ['transcriptionist', 'supervisor', 'administrator'] as const;

/** Whether somebody may change what is the company's. */
export function mayCompany({ roles }: { roles: readonly string[] }): boolean {
  return roles.includes('supervisor') || roles.includes('administrator');
}

/** The data of such a screen: its own, and the row of its neighbors. */
export function typingPage<Data extends object>(
  key: (typeof PARTS)[number]['key'],
  title: string,
  data: Data,
  { roles }: { roles: readonly string[] },
): PageData & Data {
  // Others read the guide only.
  const isTypist = TYPISTS.some((role) => roles.includes(role));
  return {
    ...data,
    title,
    nav: 'typing',
    subnav: PARTS.filter((part) => isTypist || part.key === 'style-guide').map((part) => ({
      ...part,
      current: part.key === key,
    })),
    subnavLabel: 'Typing',
  };
}

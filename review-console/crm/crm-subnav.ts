const PARTS = [
  { key: 'flow', label: 'Flow and problems', href: '/crm' },
  { key: 'records', label: 'Records', href: '/crm/records' },
] as const;

/** The row of neighbors of the CRM's screens. */
export function crmSubnav(current: (typeof PARTS)[number]['key']) {
  return { subnavLabel: 'CRM', subnav: PARTS.map((part) => ({ ...part, current: part.key === current })) };
}

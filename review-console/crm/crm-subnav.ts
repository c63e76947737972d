const PARTS = [
  { key: 'flow', label: 'Flow and problems', href: '/crm', onlyAdministrators: false },
  { key: 'connections', label: 'Connections', href: '/crm/connections', onlyAdministrators: false },
  { key: 'records', label: 'Records', href: '/crm/records', onlyAdministrators: false },
  { key: 'mapping', label: 'Mapping', href: '/crm/mapping', onlyAdministrators: true },
] as const;

/** The row of neighbors of the CRM's screens, as far as this person may see them. */
export function crmSubnav(current: (typeof PARTS)[number]['key'], user?: { roles: readonly string[] }) {
  const parts = PARTS.filter((part) => !part.onlyAdministrators || user?.roles.includes('administrator'));
  return {
    subnavLabel: 'CRM',
    subnav: parts.map(({ key, label, href }) => ({ label, href, current: key === current })),
  };
}

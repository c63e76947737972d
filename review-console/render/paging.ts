/** What a list's pager shows. Links keep the filters of the address that the list was asked with. */
export interface Pager {
  from: number;
  to: number;
  total: number;
  previous: string | null;
  next: string | null;
}

export function pageOf(page: number, pageSize: number): { skip: number; take: number } {
  return { skip: (page - 1) * pageSize, take: pageSize };
}

export function toPager(url: string, at: { page: number; pageSize: number; total: number }): Pager {
  const { page, pageSize, total } = at;
  const link = (to: number) => {
    const address = new URL(url, 'http://here');
    if (to === 1) address.searchParams.delete('page');
    else address.searchParams.set('page', String(to));
    return `${address.pathname}${address.search}`;
  };
  const last = Math.max(1, Math.ceil(total / pageSize));
  return {
    from: total === 0 ? 0 : Math.min(total, (page - 1) * pageSize + 1),
    to: Math.min(total, page * pageSize),
    total,
    previous: page > 1 ? link(Math.min(page - 1, last)) : null,
    next: page < last ? link(page + 1) : null,
  };
}

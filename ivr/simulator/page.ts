import { z } from 'zod';

const MOST_ON_A_PAGE = 1000;

export const pageQuery = z.looseObject({
  Page: z.coerce.number().int().min(0).default(0),
  PageSize: z.coerce.number().int().min(1).max(MOST_ON_A_PAGE).default(50),
});

/** One page of a list as the carrier's API gives it: the list under its name, and where the next page is. */
export function pageOf<T>(
  name: string,
  all: readonly T[],
  { path, query }: { path: string; query: z.infer<typeof pageQuery> },
) {
  const { Page: page, PageSize: size, ...filter } = query;
  const start = page * size;
  const items = all.slice(start, start + size);
  const uriOf = (number: number) =>
    `${path}?${new URLSearchParams({ ...texts(filter), PageSize: String(size), Page: String(number) })}`;
  return {
    [name]: items,
    page,
    page_size: size,
    start,
    end: Math.max(start, start + items.length - 1),
    uri: uriOf(page),
    first_page_uri: uriOf(0),
    next_page_uri: start + size < all.length ? uriOf(page + 1) : null,
    previous_page_uri: page > 0 ? uriOf(page - 1) : null,
  };
}

function texts(filter: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, String(value)]));
}

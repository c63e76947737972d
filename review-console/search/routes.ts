import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { searchUnits } from '../../insight/search/search-units.ts';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import { loadCodeLabels } from '../codebook/code-labels.ts';
import { countProducts } from './count-products.ts';
import { searchAddress, tally } from './tally.ts';
import { weekChart } from './week-chart.ts';

const query = z.object({
  q: z.string().trim().max(500).catch(''),
  after: z.string().max(300).optional(),
});

const EXAMPLES = [
  { typed: 'price increase', means: 'both words, in any form of them' },
  { typed: '"written answer"', means: 'exactly this phrase' },
  { typed: 'seal -warranty', means: 'the first word without the other' },
  { typed: 'code:pricing', means: 'units with a code; code:pricing,competitor takes either' },
  { typed: 'customer:tempe', means: 'a customer, also by other names' },
  { typed: 'rep:vega', means: 'who said it' },
  { typed: 'person:ruiz', means: 'who was met' },
  { typed: 'product:titan', means: 'a product that is mentioned' },
  { typed: 'competitor:ironwood', means: 'a competitor that is mentioned' },
  { typed: 'region:midwest', means: "the rep's region" },
  { typed: 'after:30d', means: 'said in the last 30 days; also before:2026-06 or on:2026-03-12' },
  { typed: '-code:pricing', means: 'a minus takes away, words and filters alike' },
];

/** `/search`: who else has said this, since when, is it growing? */
export function serveSearch(app: FastifyInstance, platform: Pick<Platform, 'database' | 'clock'>): void {
  app.get(
    '/search',
    { preHandler: requireRole('manager', 'administrator', 'rep') },
    async (request, reply) => {
      const user = userOf(request);
      const { q, after } = query.parse(request.query);
      const page = {
        title: q ? `${q} · Search` : 'Search',
        nav: 'search',
        q,
        examples: EXAMPLES.map(withAddress),
      };
      if (q === '') return reply.page('views/search', page);
      const [result, labelOf] = await Promise.all([
        searchUnits(platform, user, { q, cursor: after ?? null }),
        loadCodeLabels(platform.database),
      ]);
      const products = after === undefined ? await countProducts(platform.database, user, result.query) : [];
      const next = result.nextCursor && `${searchAddress(q)}&after=${encodeURIComponent(result.nextCursor)}`;
      return reply.page('views/search', {
        ...page,
        searched: true,
        problems: result.query.problems,
        total: result.total,
        found: result.found.map((unit) => ({
          ...unit,
          codes: unit.codes.map((key) => ({ label: labelOf(key), href: searchAddress(`code:${key}`) })),
        })),
        chart: weekChart(result.byWeek, platform.clock.now(), user.timeZone),
        tallies: [
          { label: 'By region', rows: tally(result.byRegion, { q, key: 'region', unknown: 'No region' }) },
          { label: 'By rep', rows: tally(result.byRep, { q, key: 'rep', unknown: 'Not known' }) },
          {
            label: 'In reports about',
            // No link: `product:` asks what a unit itself mentions, which is another number.
            rows: tally(products, { q, key: 'product', unknown: 'Not known' }).map((row) => ({
              ...row,
              href: null,
            })),
          },
        ],
        isLaterPage: after !== undefined,
        firstPage: searchAddress(q),
        next,
      });
    },
  );
}

function withAddress(example: (typeof EXAMPLES)[number]) {
  return { ...example, href: searchAddress(example.typed) };
}

import type { Platform } from '../../platform/platform.ts';
import { targetsOf } from '../ledger/mapping-targets.ts';
import { loadReportValues } from '../ledger/report-values.ts';
import { appliesTo } from './choose-mappings.ts';
import type { MappingFields } from './mapping.ts';
import type { Templates } from './templates.ts';

const RECENT = 50;
/** A field with more different values than this is no choice to be written down in a table. */
const MANY = 40;

/**
 * What a template made of the last reports, before any table of values, with in how many of them; the most frequent
 * first. So an administrator sees which values need a place in the table.
 */
export async function madeValues(
  {
    database,
    templates,
    publicUrl,
  }: Pick<Platform, 'database'> & { templates: Templates; publicUrl: string },
  mapping: MappingFields,
): Promise<Map<string, number>> {
  const recent = await database.prisma.report.findMany({
    where: { dictation: { textDestroyedAt: null } },
    orderBy: [{ calledAt: 'desc' }, { id: 'desc' }],
    take: RECENT,
    select: { id: true },
  });
  const seen = new Map<string, number>();
  for (const { id } of recent) {
    const report = await loadReportValues(database.prisma, id);
    if (report === null || !appliesTo(mapping, report.scope)) continue;
    const texts = new Set<string>();
    for (const { contexts } of targetsOf(mapping, { report, publicUrl }))
      for (const context of contexts) {
        const rendered = templates.render(mapping.template, context);
        if (rendered.ok && rendered.text !== '') texts.add(rendered.text);
      }
    for (const text of texts) seen.set(text, (seen.get(text) ?? 0) + 1);
  }
  return new Map([...seen].sort((one, other) => other[1] - one[1]).slice(0, MANY));
}

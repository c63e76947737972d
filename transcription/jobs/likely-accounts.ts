import type { Platform } from '../../platform/platform.ts';
import { loadVocabulary } from '../vocabulary/load-vocabulary.ts';
import { mentionsOf } from './mentions.ts';

export interface LikelyAccount {
  id: string;
  externalId: string;
  name: string;
  city: string;
  contacts: { id: string; externalId: string; name: string; title: string }[];
  /** Why it stands where it stands, the strongest reason. */
  because: 'named' | 'mentioned' | 'recent' | 'own' | 'region';
}

const RECENT_MS = 180 * 24 * 3_600_000;
/** What a person can look over; any other account is found by typing. */
const MOST = 60;

/**
 * Accounts that a dictation is probably about: the one keyed in on the phone, those that the text mentions (the
 * latest mention counts little; being the speaker's own counts more), those reported on lately, the speaker's own,
 * and the rest of the region.
 */
export async function likelyAccounts(
  platform: Pick<Platform, 'database'>,
  about: {
    speaker: { id: string; region: string | null } | null;
    namedAccountId: string | null;
    text: string;
    /** When it was said; recent is reckoned from it. */
    saidAt: Date;
  },
): Promise<LikelyAccount[]> {
  const { prisma } = platform.database;
  const { speaker, namedAccountId, text, saidAt } = about;
  const known = [...(await loadVocabulary(platform.database)).accounts.values()];
  const recent = speaker
    ? await prisma.report.groupBy({
        by: ['accountId'],
        where: {
          speakerId: speaker.id,
          accountId: { not: null },
          calledAt: { gt: new Date(saidAt.getTime() - RECENT_MS) },
        },
        _max: { calledAt: true },
      })
    : [];
  const lastReport = new Map(recent.map((row) => [row.accountId, row._max.calledAt?.getTime() ?? 0]));
  const mentioned = mentionsOf(text, known);
  const ranked = known.flatMap((account) => {
    const reasons = {
      named: account.id === namedAccountId,
      mentioned: mentioned.has(account.id),
      recent: lastReport.has(account.id),
      own: speaker !== null && account.ownerId === speaker.id,
      region: speaker?.region != null && account.region === speaker.region,
    };
    const weight =
      (reasons.named ? 16 : 0) +
      (reasons.mentioned ? 8 : 0) +
      (reasons.own ? 4 : 0) +
      (reasons.recent ? 2 : 0) +
      (reasons.region ? 1 : 0);
    const because = (['named', 'mentioned', 'own', 'recent', 'region'] as const).find(
      (reason) => reasons[reason],
    );
    return because ? [{ id: account.id, because, weight, last: lastReport.get(account.id) ?? 0 }] : [];
  });
  ranked.sort((a, b) => b.weight - a.weight || b.last - a.last);
  const top = ranked.slice(0, MOST);
  const rows = await prisma.account.findMany({
    where: { id: { in: top.map((account) => account.id) } },
    select: {
      id: true,
      externalId: true,
      name: true,
      city: true,
      contacts: {
        where: { active: true },
        orderBy: { name: 'asc' },
        select: { id: true, externalId: true, name: true, title: true },
      },
    },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return top.flatMap(({ id, because }) => {
    const row = byId.get(id);
    return row ? [{ ...row, because }] : [];
  });
}

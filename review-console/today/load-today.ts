import { customersGoneQuiet } from '../../insight/today/gone-quiet.ts';
import { promisesDueThisWeek } from '../../insight/today/promises.ts';
import { todayNumbers } from '../../insight/today/today-numbers.ts';
import { type Topic, topics } from '../../insight/today/topics.ts';
import { unreadDigests } from '../../insight/today/unread-digests.ts';
import type { SignedInUser } from '../../platform/auth/signed-in-user.ts';
import type { Platform } from '../../platform/platform.ts';
import { type CodeLabels, loadCodeLabels } from '../codebook/code-labels.ts';
import { codeBar } from './code-bar.ts';
import { loopFigures, shownFigures } from './figures.ts';

const DIGESTS = 20;
const TOPICS = 6;
const PROMISES = 8;
const QUIET = 5;
/** What a complaint, a lost order and the like are called by their color. */
const LATE_CODES = new Set(['complaint', 'service-delivery', 'objection-risk']);

/** Everything that Today shows, for the person who looks. */
export async function loadToday(deps: Pick<Platform, 'database' | 'clock'>, user: SignedInUser) {
  const [numbers, digests, talk, promises, quiet, labelOf] = await Promise.all([
    todayNumbers(deps, user),
    unreadDigests(deps, user, { limit: DIGESTS }),
    topics(deps, user),
    promisesDueThisWeek(deps, user),
    customersGoneQuiet(deps, user, { limit: QUIET }),
    loadCodeLabels(deps.database),
  ]);
  const unread = numbers.unreadByMe.value ?? 0;
  return {
    figures: shownFigures(numbers),
    loop: loopFigures(numbers),
    unread,
    moreUnread: Math.max(0, unread - digests.length),
    digests: digests.map((digest) => toShownDigest(digest, labelOf)),
    ...shownTopics(talk),
    promises: promises.slice(0, PROMISES),
    promiseCount: promises.length,
    overdueCount: promises.filter((promise) => promise.overdue).length,
    quiet,
  };
}

type Digest = Awaited<ReturnType<typeof unreadDigests>>[number];

function toShownDigest({ because, codes, ...digest }: Digest, labelOf: CodeLabels) {
  return {
    ...digest,
    because: because && { label: labelOf(because), tone: LATE_CODES.has(because) ? 'late' : 'waiting' },
    bar: codeBar(codes, labelOf),
  };
}

function shownTopics(talk: Awaited<ReturnType<typeof topics>>) {
  const address = (topic: Topic) =>
    `/today/topic?${new URLSearchParams({ dimension: topic.dimension, key: topic.key, from: talk.now.from, to: talk.now.to })}`;
  const shown = talk.topics
    .filter((topic) => topic.now.mentions > 0)
    .slice(0, TOPICS)
    .map((topic) => ({ ...topic, href: address(topic) }));
  return { moreTalked: shown.filter((topic) => topic.more), usualTalk: shown.filter((topic) => !topic.more) };
}

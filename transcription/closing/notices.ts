import type pg from 'pg';
import type { Database, Tx } from '../../platform/database/database.ts';
import { newId } from '../../platform/new-id.ts';
import { type CloseCode, closeCodes, closeTextFor, sayReference, showReference } from './close-codes.ts';

/**
 * The speaker is to hear what became of a dictation, if the company says anything about this code. Never of what was
 * said to a survey, where nobody may be told, nor of the second typing of something. In the caller's transaction; a
 * dictation has one notice, done twice it changes nothing.
 */
export async function noteClosed(
  tx: Tx,
  { dictationId, code, now }: { dictationId: string; code: CloseCode; now: Date },
): Promise<void> {
  const dictation = await tx.dictation.findUniqueOrThrow({
    where: { id: dictationId },
    select: {
      checkOfId: true,
      answerId: true,
      speaker: { select: { id: true, language: true } },
      line: { select: { purpose: true, language: true } },
    },
  });
  const { speaker, line } = dictation;
  if (!speaker || line.purpose === 'survey' || dictation.answerId || dictation.checkOfId) return;
  const own = await tx.closeText.findMany({ where: { code } });
  if (closeTextFor(code, speaker.language ?? line.language, own).text === '') return;
  await tx.closingNotice.createMany({
    data: [{ id: newId(now.getTime()), dictationId, userId: speaker.id, code, createdAt: now }],
    skipDuplicates: true,
  });
}

export interface NoticeToHear {
  noticeId: string;
  text: string;
  language: string;
}

interface Row {
  noticeId: string;
  reference: string;
  code: string;
  own: { code: string; language: string; text: string }[] | null;
}

/** In: a rep and the language of the call. Out: notices not acknowledged yet, the oldest first. Locks nothing. */
export async function noticesToHear(
  client: pg.ClientBase | pg.Pool,
  userId: string,
  language: string,
): Promise<NoticeToHear[]> {
  const { rows } = await client.query<Row>({
    name: 'closing-to-hear',
    text: `
      select n.id as "noticeId", d.reference, n.code,
             (select json_agg(json_build_object('code', t.code, 'language', t.language, 'text', t.text))
              from close_text t where t.code = n.code) as own
      from closing_notice n join dictation d on d.id = n.dictation_id
      where n.user_id = $1 and n.heard_at is null
      order by n.created_at, n.id limit 10`,
    values: [userId],
  });
  return rows.flatMap(({ noticeId, reference, code, own }) => {
    if (!isCode(code)) return [];
    const told = closeTextFor(code, language, own ?? []);
    return told.text === ''
      ? []
      : [{ noticeId, language: told.language, text: sayReference(told.text, reference) }];
  });
}

/** In: a notice and who heard it. Changes one row; heard before, or another's, it changes nothing. */
export async function acknowledgeNotice(
  client: pg.ClientBase | pg.Pool,
  { noticeId, userId, now }: { noticeId: string; userId: string; now: Date },
): Promise<void> {
  await client.query({
    name: 'closing-heard',
    text: 'update closing_notice set heard_at = $3 where id = $1 and user_id = $2 and heard_at is null',
    values: [noticeId, userId, now],
  });
}

export interface ShownNotice {
  reference: string;
  startedAt: Date;
  text: string;
  heardAt: Date | null;
}

const SHOWN_DAYS = 30;

/** What a speaker reads of the last month's, newest first. */
export async function listNotices(
  { prisma }: Pick<Database, 'prisma'>,
  userId: string,
  now: Date,
): Promise<ShownNotice[]> {
  const [notices, own] = await Promise.all([
    prisma.closingNotice.findMany({
      where: { userId, createdAt: { gt: new Date(now.getTime() - SHOWN_DAYS * 86_400_000) } },
      orderBy: { createdAt: 'desc' },
      take: 20,
      select: {
        code: true,
        heardAt: true,
        user: { select: { language: true } },
        dictation: {
          select: { reference: true, startedAt: true, line: { select: { language: true } } },
        },
      },
    }),
    prisma.closeText.findMany(),
  ]);
  return notices.flatMap(({ code, heardAt, user, dictation: { reference, startedAt, line } }) => {
    if (!isCode(code)) return [];
    const { text } = closeTextFor(code, user.language ?? line.language, own);
    return text === '' ? [] : [{ reference, startedAt, heardAt, text: showReference(text, reference) }];
  });
}

const isCode = (code: string): code is CloseCode => closeCodes.some((each) => each === code);

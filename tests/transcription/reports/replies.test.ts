import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSettableClock } from '../../../platform/clock.ts';
import { Conflict, NotFound } from '../../../platform/errors.ts';
import { markRead } from '../../../transcription/reports/reads.ts';
import { acknowledgeReply, addReply, repliesToHear } from '../../../transcription/reports/replies.ts';
import { buildAccount, buildReport, buildUser } from '../../support/build-report.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';

const clock = createSettableClock();
let test: TestPlatform;
let manager: string;

beforeAll(async () => {
  test = await createTestPlatform({ clock });
  manager = (await buildUser(test.platform.database, { name: 'Ann Lee', roles: ['manager'] })).id;
});
afterAll(() => test.close());

const report = async () => {
  const account = await buildAccount(test.platform.database, { name: 'Tres Rios Dairy' });
  const built = await buildReport(test.platform.database, { accountId: account.id });
  return { ...built, rep: built.speakerId ?? '' };
};
const row = (id: string) => test.platform.database.prisma.report.findUniqueOrThrow({ where: { id } });
const hear = (userId: string) => repliesToHear(test.platform.database.pool, userId);

describe('a reply', () => {
  it('is heard by the rep until it is acknowledged, and by nobody else', async () => {
    const { reportId, rep, reference } = await report();
    const other = await report();
    const { replyId } = await addReply(test.platform, {
      reportId,
      authorId: manager,
      text: 'Well done.',
      requestId: randomUUID(),
    });
    clock.advance(1000);
    await addReply(test.platform, { reportId, authorId: manager, text: 'Call me.', requestId: randomUUID() });
    expect(await hear(rep)).toMatchObject([
      {
        replyId,
        reportId,
        reference,
        authorName: 'Ann Lee',
        accountName: 'Tres Rios Dairy',
        text: 'Well done.',
      },
      { text: 'Call me.' },
    ]);
    expect(await hear(other.rep)).toEqual([]);
    expect(await hear(manager)).toEqual([]);

    const { pool } = test.platform.database;
    expect(await acknowledgeReply(pool, { replyId, userId: other.rep })).toBe(false);
    expect(await hear(rep)).toHaveLength(2);
    expect(await acknowledgeReply(pool, { replyId, userId: rep })).toBe(true);
    expect(await acknowledgeReply(pool, { replyId, userId: rep })).toBe(true);
    expect(await hear(rep)).toMatchObject([{ text: 'Call me.' }]);
  });

  it('sent twice, also at once, is one; its key is good for no other', async () => {
    const { reportId, rep } = await report();
    const reply = { reportId, authorId: manager, text: 'Once.', requestId: randomUUID() };
    const made = await Promise.all([addReply(test.platform, reply), addReply(test.platform, reply)]);
    expect(await addReply(test.platform, reply)).toEqual(made[0]);
    expect(made[0]).toEqual(made[1]);
    expect(await hear(rep)).toHaveLength(1);
    const other = await report();
    await expect(addReply(test.platform, { ...reply, reportId: other.reportId })).rejects.toThrow(Conflict);
    await expect(
      addReply(test.platform, { ...reply, reportId: randomUUID(), requestId: randomUUID() }),
    ).rejects.toThrow(NotFound);
  });

  it('first by somebody else is the answer that was promised', async () => {
    const { reportId, rep } = await report();
    await addReply(test.platform, {
      reportId,
      authorId: rep,
      text: 'One more thing.',
      requestId: randomUUID(),
    });
    expect((await row(reportId)).firstRepliedAt).toBeNull();
    const first = clock.now();
    await addReply(test.platform, { reportId, authorId: manager, text: 'Thanks.', requestId: randomUUID() });
    clock.advance(1000);
    await addReply(test.platform, { reportId, authorId: manager, text: 'Again.', requestId: randomUUID() });
    expect((await row(reportId)).firstRepliedAt).toEqual(first);
    expect((await hear(rep)).map((reply) => reply.text)).toEqual(['Thanks.', 'Again.']);
  });
});

describe('reading', () => {
  const read = (reportId: string, userId: string) => markRead(test.platform, { reportId, userId });

  it('counts once for each; the first manager who is not the speaker keeps the promise', async () => {
    const { reportId, rep } = await report();
    expect(await read(reportId, rep)).toBe(true);
    const colleague = await buildUser(test.platform.database, { roles: ['transcriptionist'] });
    await read(reportId, colleague.id);
    expect((await row(reportId)).firstReadAt).toBeNull();
    const first = clock.now();
    expect(await read(reportId, manager)).toBe(true);
    clock.advance(60_000);
    expect(await read(reportId, manager)).toBe(false);
    const administrator = await buildUser(test.platform.database, { roles: ['administrator'] });
    await read(reportId, administrator.id);
    expect((await row(reportId)).firstReadAt).toEqual(first);
    expect(await test.platform.database.prisma.reportRead.count({ where: { reportId } })).toBe(4);
  });

  it('of what is not there is an error', async () => {
    await expect(read(randomUUID(), manager)).rejects.toThrow(NotFound);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../../prisma/generated/client/client.ts';
import { loadQueue } from '../../../review-console/queue/load-queue.ts';
import { PASSWORD } from '../support/company.ts';
import { createWorkbenchKit, type WorkbenchKit } from './workbench-kit.ts';

let kit: WorkbenchKit;
beforeAll(async () => {
  kit = await createWorkbenchKit();
});
afterAll(() => kit.close());

const get = (path: string, cookie = '') =>
  fetch(`${kit.address}${path}`, { redirect: 'manual', headers: { accept: 'text/html', cookie } });

const cookiesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');

/** Signs in as a form does. */
async function signIn(role: Role): Promise<string> {
  const page = await get('/sign-in');
  const csrf = /name="_csrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  const answer = await fetch(`${kit.address}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookiesOf(page) },
    body: new URLSearchParams({ _csrf: csrf, email: kit.company.emails[role], password: PASSWORD }),
  });
  expect(answer.status).toBe(303);
  return cookiesOf(answer);
}

describe('the pages of queue and workbench', () => {
  it('show a stranger nothing but the way to sign in', async () => {
    const { jobId } = await kit.addJob();
    for (const path of ['/queue', `/workbench/${jobId}`]) {
      const answer = await get(path);
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
      expect(await answer.text()).toBe('');
    }
  });

  it.each(['rep', 'manager', 'proposal_manager'] as const)('are not for a %s', async (role) => {
    const { jobId } = await kit.addJob();
    const cookie = await signIn(role);
    for (const path of ['/queue', `/workbench/${jobId}`]) expect((await get(path, cookie)).status).toBe(403);
  });

  it('say so when there is no such job', async () => {
    const cookie = await signIn('transcriptionist');
    expect((await get(`/workbench/${randomUUID()}`, cookie)).status).toBe(404);
  });

  it('allow no style and no script but ours', async () => {
    const { jobId } = await kit.addJob();
    const answer = await get(`/workbench/${jobId}`, await signIn('transcriptionist'));
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self'");
    expect(policy).not.toContain('nonce-');
  });
});

describe('the queue', () => {
  it('counts what waits and what is late, tells own jobs and releases', async () => {
    const { prisma } = kit.platform.database;
    await prisma.job.updateMany({ data: { status: 'closed' } });
    const late = await kit.addJob({ dueInMinutes: -5 });
    const mine = await kit.addJob();
    const userId = kit.company.userIds.transcriptionist;
    await prisma.job.update({ where: { id: mine.jobId }, data: { status: 'claimed', claimedById: userId } });
    await prisma.jobEvent.createMany({
      data: [
        { jobId: late.jobId, kind: 'released', userId, reason: 'Bad line', at: new Date(1000) },
        { jobId: mine.jobId, kind: 'released', userId, reason: 'of long ago', at: new Date(1000) },
        { jobId: mine.jobId, kind: 'claimed', userId, at: new Date(2000) },
      ],
    });
    const queue = await loadQueue(kit.platform, userId);
    expect(queue).toMatchObject({ waiting: 1, late: 1 });
    expect(queue.mine.map((row) => row.id)).toEqual([mine.jobId]);
    expect(queue.mine[0]?.release).toBeNull();
    expect(queue.rows).toMatchObject([
      { id: late.jobId, release: { reason: 'Bad line', by: 'Tess Bright' } },
    ]);
  });
});

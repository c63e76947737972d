import { DEMO_LINES, DEMO_REPS, DEMO_STAFF } from '../../../app/demo/demo-people.ts';
import { planReports } from '../../../app/demo/plan-reports.ts';
import { readCompany } from '../../../app/demo/read-company.ts';
import { seedLines } from '../../../app/demo/seed-lines.ts';
import { seedPeople } from '../../../app/demo/seed-people.ts';
import { seedReport } from '../../../app/demo/seed-report.ts';
import { ensureBasics } from '../../../app/ensure-basics.ts';
import { enqueueReport } from '../../../crm-sync/outbox/enqueue-report.ts';
import { countReport } from '../../../insight/counts/count-report.ts';
import type { TestPlatform } from './test-platform.ts';

export interface SomeData {
  /** Ids by the name in the demo company; those of waiting ones are null. */
  reportIds: Map<string, string | null>;
  userId(email: string): string;
}

/** People, lines and vocabulary of the demo company with a few of its reports, through the real services. */
export async function seedSome({ platform }: TestPlatform, names: readonly string[]): Promise<SomeData> {
  const { prisma } = platform.database;
  await ensureBasics(platform.database);
  const company = await readCompany();
  await seedPeople(platform, company);
  await seedLines(platform);
  const users = await prisma.user.findMany({ select: { id: true, email: true } });
  const userId = (email: string) => {
    const id = users.find((user) => user.email === email)?.id;
    if (!id) throw new Error(`nobody is ${email}`);
    return id;
  };
  const line = await prisma.line.findUniqueOrThrow({ where: { number: DEMO_LINES.report.number } });
  const now = platform.clock.now();
  const reportIds = new Map<string, string | null>();
  for (const planned of planReports(company.reports, company.times, now)) {
    if (!names.includes(planned.report.id)) continue;
    const rep = DEMO_REPS.find(({ externalId }) => externalId === planned.report.rep);
    const reportId = await seedReport(
      {
        platform,
        hooks: { afterFinalize: [enqueueReport, countReport] },
        times: company.times,
        mentions: company.mentions,
        leaseExpiresAt: new Date(now.getTime() + 3_600_000),
      },
      planned,
      {
        speakerId: userId(rep?.email ?? ''),
        lineId: line.id,
        transcriptionistId: userId(DEMO_STAFF[2]?.email ?? ''),
      },
    );
    reportIds.set(planned.report.id, reportId);
  }
  return { reportIds, userId };
}

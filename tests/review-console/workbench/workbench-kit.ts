import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { registerApi } from '../../../app/api/register-api.ts';
import { createConsoleJoints } from '../../../app/console-joints.ts';
import { buildHttp } from '../../../platform/http/build-http.ts';
import { newId } from '../../../platform/new-id.ts';
import type { Platform } from '../../../platform/platform.ts';
import { registerConsole } from '../../../review-console/register-console.ts';
import { PUBLIC_FOLDER } from '../../../scripts/build-browser.mjs';
import { CHROMIUM_FLAGS, EXECUTABLE } from '../../support/chromium.ts';
import { createTestPlatform, type TestPlatform } from '../../support/test-platform.ts';
import { buildCompany, type Company, idOf, PASSWORD } from '../support/company.ts';
import { type Client, signIn } from '../support/console-kit.ts';
import { storeAudio } from './store-audio.ts';

/** A browser with a profile on disk, which can be killed and started again. */
export function launchProfile(folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, {
    executablePath: EXECUTABLE,
    headless: true,
    args: CHROMIUM_FLAGS,
  });
}

export interface WorkbenchKit extends TestPlatform {
  company: Company;
  address: string;
  /** Adds a dictation with audio and a job that waits. */
  addJob(options?: JobOptions): Promise<{ jobId: string; dictationId: string }>;
  /** Makes a context one of the transcriptionist (or another of the company), without loading a page. */
  signInto(context: BrowserContext, email?: string): Promise<void>;
  /** Signs in by the form, as the transcriptionist (or another of the company). */
  signIn(page: Page, email?: string): Promise<void>;
  /** Opens a job and waits until the page is ready, for writing unless said otherwise. */
  open(page: Page, jobId: string, ready?: 'write' | 'read'): Promise<void>;
  /** Stops answering; `start` answers again at the same address. */
  stopServer(): Promise<void>;
  startServer(): Promise<void>;
}

export interface JobOptions {
  seconds?: number;
  dueInMinutes?: number;
  urgent?: boolean;
  requirements?: string[];
  speaker?: string;
}

/** Screens and API of a company, listening on a free port. */
export async function createWorkbenchKit(): Promise<WorkbenchKit> {
  const test = await createTestPlatform();
  const { platform } = test;
  const company = await buildCompany(platform.database, { now: platform.clock.now(), reports: 4 });
  let app = await listen(platform, 0);
  const { port } = app.server.address() as AddressInfo;
  let references = 5_000_000;
  const signedIn = new Map<string, Promise<Client>>();
  return {
    ...test,
    company,
    address: `http://localhost:${port}`,
    async addJob({
      seconds = 20,
      dueInMinutes = 60,
      urgent = false,
      requirements = [],
      speaker = 'r1',
    } = {}) {
      references += 1;
      const dictationId = newId();
      const audio = await storeAudio(platform.objects, dictationId, seconds);
      const now = platform.clock.now().getTime();
      await platform.database.prisma.dictation.create({
        data: {
          id: dictationId,
          reference: String(references),
          lineId: idOf('line'),
          speakerId: idOf(speaker),
          status: 'submitted',
          urgent,
          startedAt: new Date(now - 20 * 60_000),
          submittedAt: new Date(now - 15 * 60_000),
          ...audio,
        },
      });
      const job = await platform.database.prisma.job.create({
        data: { dictationId, status: 'waiting', dueAt: new Date(now + dueInMinutes * 60_000), requirements },
      });
      return { jobId: job.id, dictationId };
    },
    async signInto(context, email = company.emails.transcriptionist) {
      const client = signedIn.get(email) ?? signIn(app, email);
      signedIn.set(email, client);
      await context.addCookies((await client).cookiesFor(`http://localhost:${port}`));
    },
    async signIn(page, email = company.emails.transcriptionist) {
      await page.goto(`http://localhost:${port}/sign-in`);
      await page.fill('#email', email);
      await page.fill('#password', PASSWORD);
      await Promise.all([page.waitForURL(/queue|today|crm/), page.press('#password', 'Enter')]);
    },
    async open(page, jobId, ready = 'write') {
      await page.goto(`http://localhost:${port}/workbench/${jobId}`);
      await page.waitForSelector(`#workbench[data-ready="${ready}"]`);
    },
    async stopServer() {
      app.server.closeAllConnections();
      await app.close();
    },
    async startServer() {
      app = await listen(platform, port);
    },
    async close() {
      app.server.closeAllConnections();
      await app.close();
      await test.close();
    },
  };
}

async function listen(platform: Platform, port: number): Promise<FastifyInstance> {
  const app = await buildHttp(platform, {
    async people(people) {
      await registerApi(people, platform);
      await registerConsole(people, platform, {
        ...createConsoleJoints(platform),
        assetsFolder: PUBLIC_FOLDER,
      });
    },
  });
  await app.listen({ host: 'localhost', port });
  return app;
}

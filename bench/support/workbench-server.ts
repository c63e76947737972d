import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { registerApi } from '../../app/api/register-api.ts';
import { createConsoleJoints } from '../../app/console-joints.ts';
import { buildHttp } from '../../platform/http/build-http.ts';
import { newId } from '../../platform/new-id.ts';
import type { Platform } from '../../platform/platform.ts';
import { registerConsole } from '../../review-console/register-console.ts';
import { buildBrowser } from '../../scripts/build-browser.mjs';
import { buildCompany, idOf, PASSWORD } from '../../tests/review-console/support/company.ts';
import { storeAudio } from '../../tests/review-console/workbench/store-audio.ts';
import { openBenchPlatform } from './bench-platform.ts';

export interface WorkbenchServer {
  platform: Platform;
  address: string;
  signIn(page: Page): Promise<void>;
  /** A job that waits, with so much audio, a text typed along with it, and doubts spread over it. */
  addJob(options: { seconds: number; text: string; doubts: number }): Promise<string>;
  close(): Promise<void>;
}

/** Screens and API over an embedded platform with a company that knows `names` accounts. */
export async function openWorkbenchServer(names: number): Promise<WorkbenchServer> {
  const { platform, close } = await openBenchPlatform({
    DICTALINE_SECRET: 'a secret of the bench that is long enough',
  });
  const { prisma } = platform.database;
  const company = await buildCompany(platform.database, { now: new Date(), reports: 4 });
  await prisma.account.createMany({
    data: Array.from({ length: names }, (_, index) => ({
      externalId: `bench-${index}`,
      name: `${NAMES[index % NAMES.length]} ${NAMES[(index * 7) % NAMES.length]} ${index}`,
    })),
  });
  const assets = await mkdtemp(path.join(os.tmpdir(), 'dictaline-assets-'));
  await buildBrowser(assets);
  const app = await buildHttp(platform, {
    async people(people) {
      await registerApi(people, platform);
      await registerConsole(people, platform, { ...createConsoleJoints(platform), assetsFolder: assets });
    },
  });
  await app.listen({ host: 'localhost', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const address = `http://localhost:${port}`;
  let references = 6_000_000;
  return {
    platform,
    address,
    async signIn(page) {
      await page.goto(`${address}/sign-in`);
      await page.fill('#email', company.emails.transcriptionist);
      await page.fill('#password', PASSWORD);
      await Promise.all([page.waitForURL(/queue/), page.press('#password', 'Enter')]);
    },
    async addJob({ seconds, text, doubts }) {
      references += 1;
      const dictationId = newId();
      const audio = await storeAudio(platform.objects, dictationId, seconds);
      const now = new Date();
      await prisma.dictation.create({
        data: {
          id: dictationId,
          reference: String(references),
          lineId: idOf('line'),
          speakerId: idOf('r1'),
          status: 'submitted',
          startedAt: now,
          submittedAt: now,
          ...audio,
        },
      });
      const { id } = await prisma.job.create({
        data: { dictationId, status: 'waiting', dueAt: new Date(now.getTime() + 3_600_000) },
      });
      // A place in the audio for each third word, as typing leaves them.
      const words = [...text.matchAll(/\S+/g)];
      const anchors = words
        .filter((_, index) => index % 3 === 0)
        .map(({ index }) => [index, Math.round((index / text.length) * seconds * 1000)]);
      if (text) await prisma.draft.create({ data: { jobId: id, text, revision: 1, anchors } });
      const every = Math.max(1, Math.floor(words.length / Math.max(1, doubts)));
      for (const { index, 0: word } of words.filter((_, at) => at % every === every - 1).slice(0, doubts))
        await prisma.doubtMark.create({
          data: {
            jobId: id,
            kind: 'unsure_word',
            startOffset: index,
            endOffset: index + word.length,
            audioMs: 1_000,
          },
        });
      return id;
    },
    async close() {
      app.server.closeAllConnections();
      await app.close();
      await close();
      await rm(assets, { recursive: true, force: true });
    },
  };
}

const NAMES = [
  'Halverson',
  'Koehler',
  'Delgado',
  'Ranch',
  'Hydraulics',
  'Prairie',
  'Sorensen',
  'Valley',
  'Feeders',
  'Whitcomb',
  'Cordova',
  'Lindqvist',
  'Dairy',
  'Supply',
  'Okafor',
  'Mesa',
  'Brightwater',
  'Grain',
  'Castellanos',
  'Implement',
];

const SAID = (
  'we went by the yard yesterday and the manager said that the pumps we sold them in spring are running well but the ' +
  'seals on two of them have begun to leak so he wants somebody to look at it before the end of the month otherwise he ' +
  'will ask the other people for a price which he says is lower by some ten percent'
).split(' ');

/** So many words in sentences and paragraphs. */
export function longText(words: number): string {
  let text = '';
  for (let at = 0; at < words; at += 1) {
    const word = SAID[(at * 17 + Math.floor(at / 59)) % SAID.length] ?? 'and';
    const isFirst = at % 13 === 0;
    text += isFirst ? `${word.slice(0, 1).toUpperCase()}${word.slice(1)}` : word;
    text += at % 13 === 12 ? (at % 130 === 129 ? '.\n\n' : '. ') : ' ';
  }
  return text;
}

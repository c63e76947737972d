import { readCompany, readDemoSpeech, transcriptOf } from '../../app/demo/read-company.ts';
import { createLine } from '../../app/lines/write-line.ts';
import { createUser } from '../../app/people/write-user.ts';
import type { Platform } from '../../platform/platform.ts';
import { replaceVocabulary } from '../../transcription/vocabulary/write-vocabulary.ts';

export const PASSWORD = 'a long enough password';
export const LINE = '+15550100100';
export const REP_PHONE = '+15550100201';
export const REP_SHORT_NUMBER = '201';
export const REP_PIN = '714025';
export const REP_ID = 'r1';
export const MANAGER = 'nora@example.com';
export const TYPIST = 'tess@example.com';
export const ADMINISTRATOR = 'adam@example.com';

/** The demo company's words, one rep with a phone, a typist, a manager, a line; no reports yet. */
export async function buildSmallCompany(platform: Platform): Promise<void> {
  const { world } = await readCompany();
  const rep = {
    email: 'dale@example.com',
    name: 'Dale Hutchins',
    roles: ['rep' as const],
    externalId: REP_ID,
    phones: [REP_PHONE],
    shortNumber: REP_SHORT_NUMBER,
    pin: REP_PIN,
  };
  await createUser(platform, rep, null);
  const staff = [
    { email: MANAGER, name: 'Nora Whitfield', roles: ['manager' as const] },
    { email: TYPIST, name: 'Tess Moreno', roles: ['transcriptionist' as const] },
    { email: ADMINISTRATOR, name: 'Adam Kessler', roles: ['administrator' as const] },
  ];
  for (const person of staff) await createUser(platform, { ...person, password: PASSWORD }, null);
  await replaceVocabulary(platform, world);
  await createLine(platform, { number: LINE, purpose: 'report', name: 'Call reports' }, null);
}

/** What the first dictation of the demo company says, and its audio as the synthesizer spoke it. */
export async function firstDictation(): Promise<{ transcript: string; audio: Buffer }> {
  const [report] = (await readCompany()).reports;
  if (!report) throw new Error('The demo company has no reports');
  return { transcript: transcriptOf(report).text, audio: await readDemoSpeech(report.id) };
}

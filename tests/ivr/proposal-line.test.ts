import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SimulatedCall } from '../../ivr/simulator/simulated-call.ts';
import { createProposal } from '../../proposals/create-proposal.ts';
import { setMembers } from '../../proposals/set-members.ts';
import { setOutline } from '../../proposals/set-outline.ts';
import { updateProposal } from '../../proposals/update-proposal.ts';
import { writeContribution } from '../../proposals/write-contribution-text.ts';
import { settleDictation } from '../../transcription/dictations/settle-dictation.ts';
import { copyRecording } from '../../transcription/ingest/copy-recording.ts';
import { claimJob } from '../../transcription/jobs/claim-job.ts';
import { finalizeJob } from '../../transcription/reports/finalize-job.ts';
import { finalizeInput } from '../../transcription/reports/finalize-schema.ts';
import { buildTranscriptionist } from '../transcription/support/build-dictation.ts';
import { heard } from './heard.ts';
import { quickPinHash } from './quick-pin-hash.ts';
import { type IvrServer, OWN_PHONE, PIN, PROPOSAL_LINE, speech, startIvrServer } from './server.ts';

const BOBS_PHONE = '+15550133333';
const BOBS_PIN = '579135';
const SECTIONS = [
  { number: '1', title: 'Technical approach' },
  { number: '1.1', title: 'Schedule', guidance: 'By when do we deliver, and why will it hold?' },
  { number: '1.2', title: 'Sensors' },
  { number: '2', title: 'Price' },
];

let server: IvrServer;
let bob: string;
let typist: string;
let proposalId: string;
const prisma = () => server.platform.database.prisma;

beforeAll(async () => {
  server = await startIvrServer({ resumes: true });
  typist = await buildTranscriptionist(server.platform.database);
  const { id } = await prisma().user.create({
    data: {
      name: 'Bob Ortiz',
      email: 'bob@example.com',
      pinHash: await quickPinHash(server.platform.config.secret, BOBS_PIN),
      phones: { create: { number: BOBS_PHONE } },
    },
  });
  bob = id;
});
afterAll(() => server.close());

/** Each test has a proposal of its own on the line, and nothing of the one before is offered. */
beforeEach(async () => {
  await prisma().dictation.updateMany({ data: { droppedAt: null } });
  const proposal = await createProposal(server.platform, {
    title: 'Tempe bid',
    sections: SECTIONS,
    memberIds: [server.repId, bob],
  });
  proposalId = proposal.id;
  await setLine(proposalId);
});

const setLine = (id: string | null) =>
  prisma().line.update({ where: { number: PROPOSAL_LINE }, data: { proposalId: id } });

/** Calls and logs in. */
async function call({ as = 'rita' }: { as?: 'rita' | 'bob' } = {}): Promise<SimulatedCall> {
  const from = as === 'bob' ? BOBS_PHONE : OWN_PHONE;
  const placed = await server.simulator.placeCall({ from, to: PROPOSAL_LINE });
  await placed.press(`${as === 'bob' ? BOBS_PIN : PIN}#`);
  return placed;
}

/** What the line says from now on. */
function listen(placed: SimulatedCall): () => string {
  const before = heard(placed).length;
  return () => heard(placed).slice(before);
}

const contributions = () =>
  prisma().contribution.findMany({
    where: { section: { proposalId } },
    orderBy: { createdAt: 'asc' },
    include: { section: true, contributor: true, dictations: { include: { recordings: true } } },
  });

const told = async () =>
  (await contributions()).map(
    ({ section, contributor, dictations }) =>
      `${section.number} ${contributor.name} ${dictations.map(({ status }) => status).join()}`,
  );

/** The recordings arrive, and somebody types. */
async function typeAll(text: string): Promise<void> {
  const { fullPlatform: platform, carrier } = server;
  await server.simulator.deliverCallbacks();
  for (const { dictations } of await contributions())
    for (const { id, recordings, status } of dictations) {
      if (status !== 'submitted') continue;
      for (const recording of recordings)
        await copyRecording({ platform, carrierMedia: carrier }, recording.id);
      await settleDictation(platform, id);
      const { id: jobId } = await prisma().job.findUniqueOrThrow({ where: { dictationId: id } });
      const job = await claimJob(platform, { userId: typist, jobId });
      const input = finalizeInput.parse({ text, leaseToken: job?.leaseToken });
      const hooks = { afterFinalize: [], afterTranscript: [writeContribution] };
      await finalizeJob(platform, hooks, { ...input, jobId, userId: typist });
    }
}

describe('who may speak for what', () => {
  test('a member hears the proposal and is asked for the section', async () => {
    const placed = await call();
    expect(heard(placed)).toContain('This is for Tempe bid. | Which section? Key in its number');
    await placed.hangUp();
  });

  test('somebody who is no member is told so, and whom to ask', async () => {
    await setMembers(server.platform, { proposalId, userIds: [bob] });
    const placed = await call();
    expect(heard(placed)).toContain('You are not a contributor of Tempe bid. Please ask whoever manages it');
    expect(placed.status()).toBe('completed');
  });

  test('a wrong PIN leads nowhere', async () => {
    const placed = await server.simulator.placeCall({ from: OWN_PHONE, to: PROPOSAL_LINE });
    await placed.press('135797#');
    expect(heard(placed)).not.toContain('Tempe');
    await placed.hangUp();
    await call().then((right) => right.hangUp());
  });

  test('a closed proposal says so', async () => {
    await updateProposal(server.platform, proposalId, { closed: true });
    const placed = await call();
    expect(heard(placed)).toContain(
      'Tempe bid is closed and takes no more contributions. Thank you. Goodbye.',
    );
    expect(placed.status()).toBe('completed');
  });

  test('a proposal without sections says so', async () => {
    await setOutline(server.platform, { proposalId, sections: [] });
    const placed = await call();
    expect(heard(placed)).toContain('Tempe bid has no sections yet. Please call again when it has. Goodbye.');
    expect(placed.status()).toBe('completed');
  });

  test('on a line without a proposal the caller’s own open ones are chosen by key', async () => {
    await setLine(null);
    const others = await prisma().proposal.findMany({ where: { id: { not: proposalId } } });
    for (const { id } of others) await updateProposal(server.platform, id, { closed: true });
    const alone = await call();
    expect(heard(alone)).toContain('This is for Tempe bid.');
    await alone.hangUp();

    const { id: second } = await createProposal(server.platform, {
      title: 'Mesa bid',
      dueAt: new Date('2027-01-01'),
      sections: SECTIONS,
      memberIds: [server.repId],
    });
    const placed = await call();
    expect(heard(placed)).toContain(
      'You contribute to 2 proposals. | For Mesa bid, press 1. | For Tempe bid, press 2.',
    );
    await placed.press('2');
    expect(heard(placed)).toContain('This is for Tempe bid. | Which section?');
    await placed.hangUp();
    await updateProposal(server.platform, second, { closed: true });
    await updateProposal(server.platform, proposalId, { closed: true });
    const none = await call();
    expect(heard(none)).toContain('You are not a contributor of any open proposal.');
    expect(none.status()).toBe('completed');
  });
});

describe('the section', () => {
  test('1*1 is 1.1: title and guidance are spoken, then what can be done', async () => {
    const placed = await call();
    const then = listen(placed);
    await placed.press('1*1#');
    expect(then()).toBe(
      ' | Section 1 point 1, Schedule. | By when do we deliver, and why will it hold? | To dictate, press 1. | ' +
        'For the next section, 1 point 2, Sensors, 3. | For another section, 4. To finish, hang up or press pound.',
    );
    await placed.hangUp();
  });

  test('that doesn’t exist is told with what exists nearby', async () => {
    const placed = await call();
    await placed.press('1*7#');
    expect(heard(placed)).toContain(
      'There is no section 1 point 7. | Section 1, Technical approach, has 1 point 1 to 1 point 2.',
    );
    await placed.press('1*1*3#');
    expect(heard(placed)).toContain('Section 1 point 1, Schedule, has no parts.');
    await placed.press('9#');
    expect(heard(placed)).toContain('There is no section 9. | The sections are 1 to 2.');
    await placed.press('2#');
    expect(heard(placed)).toContain('Section 2, Price.');
    await placed.hangUp();
  });

  test('is picked by walking through the outline', async () => {
    const placed = await call();
    await placed.press('0#');
    expect(heard(placed)).toContain('Two and eight go up and down');
    const walk = listen(placed);
    for (const key of '826884') await placed.press(key);
    expect(walk()).toBe(
      [
        '',
        '2, Price.',
        '1, Technical approach.',
        '1 point 1, Schedule.',
        '1 point 2, Sensors.',
        'There is nothing that way.',
        '1 point 2, Sensors.',
        '1, Technical approach.',
      ].join(' | '),
    );
    await placed.press('685');
    expect(heard(placed)).toContain('Section 1 point 2, Sensors. | To dictate, press 1.');
    await placed.hangUp();
  });

  test('changes without hanging up: the next one, another one, and the last has none after it', async () => {
    const placed = await call();
    await placed.press('1*2#');
    await placed.press('3');
    expect(heard(placed)).toContain('Section 2, Price. | To dictate, press 1. | For another section, 4.');
    await placed.press('3');
    expect(heard(placed)).toContain('This is the last section.');
    await placed.press('4');
    await placed.press('1*1#');
    expect(heard(placed)).toContain('Section 1 point 1, Schedule.');
    await placed.press('#');
    expect(placed.status()).toBe('completed');
    expect(await contributions()).toEqual([]);
  });
});

test('whoever speaks Spanish hears Spanish', async () => {
  await prisma().user.update({ where: { id: bob }, data: { language: 'es-US' } });
  const placed = await call({ as: 'bob' });
  await placed.press('1*2#');
  expect(heard(placed)).toContain('¿Qué sección?');
  expect(heard(placed)).toContain('Sección 1 punto 2, Sensors.');
  await placed.hangUp();
  await prisma().user.update({ where: { id: bob }, data: { language: 'en-US' } });
});

describe('contributions', () => {
  test('several in one call, in one section and the next, each with its length and reference', async () => {
    const placed = await call();
    await placed.press('1*1#');
    await placed.press('1');
    expect(placed.listening()).toMatchObject({ kind: 'recording' });
    await placed.speak(speech(5));
    await placed.press('#');
    expect(heard(placed)).toMatch(
      /Thank you\. It is kept, 5 seconds long\. \| Its reference is .* To add something here, press 1\./,
    );
    await placed.press('1');
    await placed.speak(speech(3));
    await placed.press('#');
    await placed.press('3');
    await placed.press('1');
    await placed.speak(speech(2));
    await placed.hangUp();
    expect(await told()).toEqual([
      '1.1 Rita Reyes submitted',
      '1.1 Rita Reyes submitted',
      '1.2 Rita Reyes submitted',
    ]);
  });

  test('the pause menu is the report’s; what follows a pause is the same contribution', async () => {
    const placed = await call();
    await placed.press('2#');
    await placed.press('1');
    await placed.speak(speech(4));
    await placed.press('*');
    expect(heard(placed)).toContain('Paused.');
    await placed.press('1');
    await placed.speak(speech(6));
    await placed.press('#');
    const [contribution] = await contributions();
    expect(contribution?.dictations).toHaveLength(1);
    expect(contribution?.dictations[0]?.recordings).toHaveLength(2);
    await placed.press('#');
    expect(placed.status()).toBe('completed');
  });

  test('whoever says nothing leaves nothing that counts', async () => {
    const placed = await call();
    await placed.press('2#');
    await placed.press('1');
    await placed.hangUp();
    await server.simulator.deliverCallbacks();
    for (const { dictations } of await contributions())
      for (const { id } of dictations) await settleDictation(server.fullPlatform, id);
    expect(await told()).toEqual(['2 Rita Reyes discarded']);
    const other = await call({ as: 'bob' });
    await other.press('2#');
    expect(heard(other)).not.toContain('what others said');
    await other.hangUp();
  });

  test('closed or shrunk while the caller listens: told at the moment of dictating', async () => {
    const placed = await call();
    await placed.press('1*2#');
    await setOutline(server.platform, {
      proposalId,
      sections: SECTIONS.filter(({ number }) => number !== '1.2'),
    });
    await placed.press('1');
    expect(heard(placed)).toContain(
      'Sorry, that section was just taken out of the outline. | Which section?',
    );
    await placed.press('1*1#');
    await updateProposal(server.platform, proposalId, { closed: true });
    await placed.press('1');
    expect(heard(placed)).toContain('Tempe bid is closed');
    expect(placed.status()).toBe('completed');
    expect(await contributions()).toEqual([]);
  });
});

describe('what others said', () => {
  async function speakAs(as: 'rita' | 'bob', seconds: number): Promise<void> {
    const placed = await call({ as });
    await placed.press('1*1#');
    await placed.press('1');
    await placed.speak(speech(seconds));
    await placed.press('##');
    await server.simulator.deliverCallbacks();
  }

  test('is heard in order with who said it, forward and back, and not one’s own', async () => {
    await speakAs('bob', 4);
    await typeAll('We deliver in March.');
    await speakAs('rita', 3);
    await speakAs('bob', 6);
    const placed = await call();
    await placed.press('1*1#');
    expect(heard(placed)).toContain('To hear what others said here, 2.');
    await placed.press('2');
    expect(heard(placed)).toContain('2 contributions. Six goes on');
    expect(heard(placed)).toContain('Bob Ortiz, today: | We deliver in March.');
    const then = listen(placed);
    await placed.press('6');
    // Not typed yet: it is played as it was said.
    expect(then()).toBe(' | Bob Ortiz, today: | This has not been typed yet. You hear it as it was said.');
    expect(placed.events().filter((event) => event.kind === 'play' && event.isPlayable)).toHaveLength(1);
    await placed.press('4');
    expect(then()).toContain('We deliver in March.');
    // Listened to the end it goes on by itself, and after the last one back into the section.
    await placed.wait();
    await placed.wait();
    expect(then()).toContain('That is all so far. | To dictate, press 1.');
    await placed.press('1');
    expect(placed.listening()).toMatchObject({ kind: 'recording' });
    await placed.hangUp();
  });

  test('a long one is read in pieces that go on by themselves', async () => {
    await speakAs('bob', 4);
    const sentences = Array.from({ length: 200 }, (_, n) => `This is sentence number ${n} of a long one.`);
    await typeAll(sentences.join(' '));
    const placed = await call();
    await placed.press('1*1#');
    await placed.press('2');
    for (let at = 0; at < 5; at += 1) await placed.wait();
    const words = heard(placed);
    expect(sentences.filter((sentence) => !words.includes(sentence))).toEqual([]);
    expect(words).toContain('That is all so far.');
    await placed.hangUp();
  });

  test('is nobody’s when nobody else spoke', async () => {
    const placed = await call();
    await placed.press('1*1#');
    await placed.press('2');
    expect(heard(placed)).toContain('Nobody else has spoken here yet.');
    await placed.press('#');
  });
});

describe('a broken line', () => {
  test('what was said is sent; the next call tells the section and goes on there', async () => {
    const placed = await call();
    await placed.press('1*2#');
    await placed.press('1');
    await placed.speak(speech(8));
    await placed.drop();
    await server.simulator.deliverCallbacks();
    expect(await told()).toEqual(['1.2 Rita Reyes submitted']);

    const again = await call();
    expect(heard(again)).toContain('In section 1 point 2, Sensors: | We were cut off before.');
    await again.press('1');
    expect(again.listening()).toMatchObject({ kind: 'recording' });
    await again.speak(speech(4));
    await again.press('#');
    expect(heard(again)).toContain('Section 1 point 2, Sensors. | To add something here, press 1.');
    await again.press('3');
    expect(heard(again)).toContain('Section 2, Price.');
    await again.hangUp();
    const [contribution, ...others] = await contributions();
    expect(others).toEqual([]);
    expect(contribution?.dictations[0]?.recordings).toHaveLength(2);
  });

  test('what was put on hold is told with its section at the next call, and others don’t hear it', async () => {
    const placed = await call();
    await placed.press('2#');
    await placed.press('1');
    await placed.speak(speech(8));
    await placed.press('*');
    await placed.press('7');
    expect(heard(placed)).toContain('It is on hold.');
    await placed.hangUp();
    await server.simulator.deliverCallbacks();
    expect(await told()).toEqual(['2 Rita Reyes held']);
    const other = await call({ as: 'bob' });
    await other.press('2#');
    expect(heard(other)).not.toContain('what others said');
    await other.hangUp();
    const again = await call();
    expect(heard(again)).toContain('In section 2, Price: | You put a contribution on hold today.');
    await again.press('2');
    expect(heard(again)).toContain('It is sent. | This is for Tempe bid.');
    expect(await told()).toEqual(['2 Rita Reyes submitted']);
    await again.hangUp();
  });

  test('whoever doesn’t want to go on is asked for the section, and not again', async () => {
    const placed = await call();
    await placed.press('1*2#');
    await placed.press('1');
    await placed.speak(speech(8));
    await placed.drop();
    await server.simulator.deliverCallbacks();
    const again = await call();
    await again.press('2');
    expect(heard(again)).toContain('This is for Tempe bid. | Which section?');
    await again.hangUp();
    const third = await call();
    expect(heard(third)).not.toContain('cut off');
    await third.hangUp();
    expect(await told()).toEqual(['1.2 Rita Reyes submitted']);
  });
});

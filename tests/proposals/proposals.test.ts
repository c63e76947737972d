import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSettableClock } from '../../platform/clock.ts';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors.ts';
import { createProposal } from '../../proposals/create-proposal.ts';
import { deleteProposal } from '../../proposals/delete-proposal.ts';
import { requireProposal } from '../../proposals/get-proposal.ts';
import { listProposals } from '../../proposals/list-proposals.ts';
import { setMembers } from '../../proposals/set-members.ts';
import { setOutline } from '../../proposals/set-outline.ts';
import { updateProposal } from '../../proposals/update-proposal.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

const clock = createSettableClock();
let db: TestDatabase;
let contributorId: string;
const platform = () => ({ database: db.database, clock });
beforeAll(async () => {
  db = await createTestDatabase();
  const { id } = await db.database.prisma.user.create({ data: { email: 'ann@example.com', name: 'Ann' } });
  contributorId = id;
});
afterAll(() => db.drop());

const sections = [
  { number: '1', title: 'Approach', guidance: 'Why us' },
  { number: '1.1', title: 'Schedule', pageLimit: 2 },
  { number: '2', title: 'Price' },
];
const newProposal = () =>
  createProposal(platform(), { title: 'Tempe', sections, memberIds: [contributorId] });
const numbersOf = async (id: string) =>
  (await requireProposal(platform(), id)).sections.map(({ number }) => number);

describe('proposals', () => {
  test('are created with outline and contributors', async () => {
    const proposal = await newProposal();
    expect(proposal.sections.map(({ number, title }) => `${number} ${title}`)).toEqual([
      '1 Approach',
      '1.1 Schedule',
      '2 Price',
    ]);
    expect(proposal.sections[1]?.parentId).toBe(proposal.sections[0]?.id);
    expect(proposal.members).toEqual([{ id: contributorId, name: 'Ann' }]);
  });

  test('sent twice with the sender’s own id, even at once, are one', async () => {
    const proposal = { id: randomUUID(), title: 'Once', sections };
    const made = await Promise.all([1, 2, 3].map(() => createProposal(platform(), proposal)));
    expect(new Set(made.map(({ id }) => id))).toEqual(new Set([proposal.id]));
    expect(await numbersOf(proposal.id)).toEqual(['1', '1.1', '2']);
  });

  test('are created wholly or not at all', async () => {
    const before = await db.database.prisma.proposal.count();
    await expect(
      createProposal(platform(), { title: 'x', sections, memberIds: [randomUUID()] }),
    ).rejects.toThrow(InvalidInput);
    await expect(
      createProposal(platform(), { title: 'x', sections: [{ number: '1.1', title: 'no parent' }] }),
    ).rejects.toThrow(InvalidInput);
    expect(await db.database.prisma.proposal.count()).toBe(before);
  });

  test('keep a section that is known by its number and the words dictated into it', async () => {
    const { id, sections: before } = await newProposal();
    const price = before.find(({ number }) => number === '2');
    const contribution = await db.database.prisma.contribution.create({
      data: { sectionId: price?.id ?? '', contributorId, text: 'Ten percent under the others.' },
    });
    await setOutline(platform(), { proposalId: id, sections: [{ number: '2', title: 'Cost' }] });
    const after = await requireProposal(platform(), id);
    expect(after.sections).toHaveLength(1);
    expect(after.sections[0]).toMatchObject({ id: price?.id, title: 'Cost' });
    expect(after.sections[0]?.contributions[0]?.id).toBe(contribution.id);
    await expect(
      setOutline(platform(), { proposalId: id, sections: [{ number: '1', title: 'x' }] }),
    ).rejects.toThrow(Conflict);
    expect(await numbersOf(id)).toEqual(['2']);
    await expect(deleteProposal(platform(), id)).rejects.toThrow(Conflict);
    expect((await listProposals(platform(), { limit: 1 }))[0]).toMatchObject({
      sectionCount: 1,
      coveredCount: 1,
    });
  });

  test('get the same outline from two editors at once without harm', async () => {
    const { id } = await newProposal();
    await Promise.all([1, 2, 3].map(() => setOutline(platform(), { proposalId: id, sections })));
    expect(await numbersOf(id)).toEqual(['1', '1.1', '2']);
  });

  test('change, close once, open again and go', async () => {
    const { id } = await newProposal();
    await setMembers(platform(), { proposalId: id, userIds: [] });
    await updateProposal(platform(), id, { title: 'Tempe two', closed: true });
    const { closedAt, title, members } = await requireProposal(platform(), id);
    expect({ title, members, closedAt }).toEqual({ title: 'Tempe two', members: [], closedAt: clock.now() });
    clock.advance(1000);
    await updateProposal(platform(), id, { closed: true });
    expect((await requireProposal(platform(), id)).closedAt).toEqual(closedAt);
    await updateProposal(platform(), id, { closed: false });
    expect((await requireProposal(platform(), id)).closedAt).toBeNull();
    await deleteProposal(platform(), id);
    await expect(requireProposal(platform(), id)).rejects.toThrow(NotFound);
  });
});

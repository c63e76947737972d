import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProposal } from '../../../proposals/create-proposal.ts';
import { countRoundTrips } from '../../support/count-round-trips.ts';
import { type IvrServer, OWN_PHONE, PIN, PROPOSAL_LINE, startIvrServer } from '../server.ts';
import { actionOf, callForm, postSigned } from './post-signed.ts';

let server: IvrServer;
beforeAll(async () => {
  server = await startIvrServer();
  const { id } = await createProposal(server.platform, {
    title: 'Tempe bid',
    sections: [
      { number: '1', title: 'Approach' },
      { number: '2', title: 'Price' },
    ],
    memberIds: [server.repId],
  });
  await server.platform.database.prisma.line.update({
    where: { number: PROPOSAL_LINE },
    data: { proposalId: id },
  });
});
afterAll(() => server.close());

test('a step on a proposal waits for the call, once for what it asks, and for the end of its transaction', async () => {
  const counted = countRoundTrips(server.pool);
  const trips: Record<string, number> = {};
  const call = callForm(OWN_PHONE, PROPOSAL_LINE);
  const post = async (name: string, path: string, more = '') => {
    const before = counted.trips;
    const response = await postSigned(server, { path, body: `${call}${more}` });
    trips[name] = counted.trips - before;
    expect(response.statusCode).toBeLessThan(300);
    return response.body;
  };
  const first = await post('answer', '/ivr/answer');
  const asked = await post('PIN', actionOf(first), `&Digits=${PIN}`);
  expect(asked).toContain('Which section?');
  const outline = await post('outline', actionOf(asked), '&Digits=0');
  const second = await post('outline: next', actionOf(outline), '&Digits=8');
  expect(second).toContain('2, Price.');
  const section = await post('outline: take', actionOf(second), '&Digits=5');
  const record = await post('dictate', actionOf(section), '&Digits=1');
  expect(record).toContain('<Record');
  const sent = await post('sent', actionOf(record), '&RecordingSid=REone&RecordingDuration=5&Digits=%23');
  expect(sent).toContain('Its reference is');
  await post('hear', actionOf(sent), '&Digits=2');
  expect(trips).toEqual({
    answer: 2,
    PIN: expect.any(Number),
    outline: 3,
    'outline: next': 3,
    'outline: take': 3,
    dictate: 3,
    sent: 2,
    hear: 3,
  });
});

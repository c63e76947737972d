import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CrmWrite } from '../../../../crm-sync/connectors/connector.ts';
import { signedHeaders } from '../../../../crm-sync/connectors/webhook/sign.ts';
import { webhookKind } from '../../../../crm-sync/connectors/webhook/webhook-kind.ts';
import { type ConnectorRig, createConnectorRig } from '../support/connector-rig.ts';
import { storyConformance } from '../support/story-conformance.ts';
import { type PlayedReceiver, playReceiver, SIGNING_SECRET } from './played-receiver.ts';

const suite = {
  kind: webhookKind,
  play: playReceiver,
  settings: (played: PlayedReceiver) => ({ url: played.address }),
  credentials: { secret: SIGNING_SECRET },
};

storyConformance('webhook', {
  ...suite,
  story: {
    gone: { objectType: 'activity', field: 'text' },
    choice: { objectType: 'account', field: 'stage' },
  },
  cannot: {
    'token expired': 'messages are signed with a secret that does not run out',
    conflict: 'a receiver takes each id once and has no race to tell of',
    'several matches': 'what the receiver keeps under a key is its own affair',
  },
});

describe('webhook', () => {
  let rig: ConnectorRig<PlayedReceiver>;
  let played: PlayedReceiver;
  beforeAll(async () => {
    rig = await createConnectorRig(suite);
    played = rig.played;
  });
  afterAll(() => rig.close());

  const write = (externalKey: string, fields: Record<string, string>): CrmWrite => ({
    objectType: 'task',
    externalKey,
    create: { name: 'Call them' },
    idempotencyKey: randomUUID(),
    links: [],
    fields: Object.entries(fields).map(([field, value]) => ({
      field,
      value,
      display: value,
      idempotencyKey: randomUUID(),
      origin: { kind: 'dictaline' },
    })),
  });

  test('signs as the specification’s own example does', () => {
    // Vector of the reference libraries of Standard Webhooks.
    const headers = signedHeaders(
      {
        id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        at: new Date(1614265330_000),
        body: '{"test": 2432232314}',
      },
      Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64'),
    );
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  test('says that it is reachable, and what is wrong when the secret is another', async () => {
    const connector = rig.open();
    expect(await connector.check()).toEqual({ ok: true });
    const { kind } = suite;
    const other = kind.open({
      connectorId: rig.connectorId,
      settings: suite.settings(played),
      credentials: {
        read: async () => ({ secret: 'another secret that is long enough' }),
        renew: async (stale) => stale,
      },
      links: { remoteIds: none, externalKeys: none, keep: async () => {}, forget: async () => {} },
      sent: { read: none },
      gate: () => ({ enter: async () => {}, pause: async () => {} }),
      objects: rig.platform.objects,
      clock: rig.clock,
      log: rig.platform.log,
    });
    const refused = await other.check();
    expect(refused).toMatchObject({ ok: false });
    expect(refused.ok ? '' : refused.message).toMatch(/signing secret/);
    expect(played.refused).toBeGreaterThan(0);
  });

  test('the same write again is the same message, and is taken once', async () => {
    const connector = rig.open();
    const item = write(`task-${randomUUID()}`, { what: 'Call' });
    await connector.write([item]);
    played.edit('task', item.externalKey, 'what', 'changed by the receiver');
    await connector.write([item]);
    const [first, second] = played.messageIds.slice(-2);
    expect(second).toBe(first);
    expect(played.fieldsOf('task', item.externalKey)).toEqual({ what: 'changed by the receiver' });
  });

  test('a receiver that tells records apart is understood record by record', async () => {
    const connector = rig.open();
    const items = ['one', 'two'].map((what) => write(`task-${randomUUID()}`, { what }));
    played.arm('field gone', { objectType: 'task', field: 'what' });
    const results = await connector.write(items);
    expect(results).toMatchObject([
      { status: 'permanent', field: 'what' },
      { status: 'permanent', field: 'what' },
    ]);
    played.mend();
    played.arm('partial success', { objectType: 'task' });
    expect((await connector.write(items)).map(({ status }) => status)).toEqual(['transient', 'written']);
  });

  test('what it can be told to write to is the usual fields and those that were named', async () => {
    expect(
      webhookKind.checkSettings?.({ url: 'https://x.example', extraFields: 'account.tier task.channel' }),
    ).toEqual([]);
    expect(
      webhookKind.checkSettings?.({ url: 'http://x.example', extraFields: 'tier', requestsPerSecond: '0' }),
    ).toMatchObject([{ key: 'url' }, { key: 'requestsPerSecond' }, { key: 'extraFields' }]);
  });
});

async function none(): Promise<Map<string, never>> {
  return new Map<string, never>();
}

import { catalogue, readExtraFields } from '../catalogue.ts';
import type { CrmConnector, CrmWriteResult } from '../connector.ts';
import type { ConnectorParts } from '../connector-kind.ts';
import { CrmError } from '../crm-error.ts';
import { createCrmHttp } from '../http/crm-http.ts';
import { retryAfterMs } from '../http/retry-after.ts';
import { messageId, type RecordMessage, readAnswer, removeMessage, writeMessage } from './messages.ts';
import { secretBytes, signedHeaders } from './sign.ts';

const MAX_BATCH = 50;

/**
 * Posts records as signed messages. The receiver can't be asked what it holds: what was delivered stands for that.
 * After a time-out a message is sent again under the same ids, so a receiver that takes each id once has each once.
 */
export function createWebhookConnector(parts: ConnectorParts): CrmConnector {
  const { settings, clock, credentials } = parts;
  const url = new URL(settings.url ?? '');
  const rate = settings.requestsPerSecond ?? '';
  const requestsPerSecond = rate === '' ? null : Number(rate);
  const extra = readExtraFields(settings.extraFields ?? '');
  const http = createCrmHttp({
    name: 'The receiver',
    origin: url.origin,
    authorize: async () => ({}),
    gate: parts.gate(requestsPerSecond),
    timeoutMs: parts.requestTimeoutMs,
    interpret: ({ status }) =>
      status === 401 || status === 403 || status === 404 || status === 410
        ? new CrmError(
            'connection',
            `The receiver refuses our messages (HTTP ${status}); check its address and the signing secret under CRM, Connections.`,
            { status },
          )
        : null,
  });

  async function post(
    type: 'records' | 'ping',
    records: readonly RecordMessage[],
  ): Promise<CrmWriteResult[]> {
    const { secret = '' } = await credentials.read();
    const key = secretBytes(secret);
    if (key === null)
      throw new CrmError(
        'connection',
        'The signing secret is too short; enter one of 24 characters or more.',
      );
    const at = clock.now();
    const id = type === 'ping' ? `msg_ping_${at.getTime()}` : messageId(records);
    const body = JSON.stringify({ type, timestamp: at.toISOString(), data: { records } });
    const response = await http.send({
      method: 'POST',
      path: `${url.pathname}${url.search}`,
      headers: signedHeaders({ id, at, body }, key),
      body,
    });
    if (response.status >= 400) {
      const message = `The receiver does not take the message (HTTP ${response.status}); ask whoever keeps it.`;
      return records.map(() => ({ status: 'permanent', message, field: null }));
    }
    return readAnswer(response.body, records, retryAfterMs(response.headers.get('retry-after'), at));
  }

  return {
    kind: 'webhook',
    capabilities: {
      maxBatch: MAX_BATCH,
      conditionalWrites: false,
      remembersKeys: false,
      readable: false,
      requestsPerSecond,
    },
    importSource: null,

    async check() {
      try {
        await post('ping', []);
        return { ok: true };
      } catch (error) {
        if (error instanceof CrmError) return { ok: false, message: error.message };
        throw error;
      }
    },
    describe: async () => catalogue(extra.ok ? extra.fields : new Map()),
    read: (objectType, externalKeys) => parts.sent.read(objectType, externalKeys),
    write: (writes) => post('records', writes.map(writeMessage)),
    remove: (removals) => post('records', removals.map(removeMessage)),
    appliedKeys: async () => new Set(),
  };
}

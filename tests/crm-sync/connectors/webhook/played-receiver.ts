import { createHmac, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CrmFieldValue, CrmObjectType } from '../../../../crm-sync/connectors/connector.ts';
import type { CrmFault, FaultSubject, PlayedCrm } from '../support/played-crm.ts';

export const SIGNING_SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

interface Message {
  id: string;
  action: 'write' | 'remove';
  objectType: CrmObjectType;
  externalKey: string;
  fields?: Record<string, CrmFieldValue>;
}

export interface PlayedReceiver extends PlayedCrm {
  address: string;
  fieldsOf(objectType: CrmObjectType, externalKey: string): Record<string, CrmFieldValue> | undefined;
  /** `webhook-id` of each message that was signed right, in order. */
  messageIds: string[];
  refused: number;
}

/** A receiver of signed messages as Standard Webhooks describes one: checks each signature, takes each id once. */
export async function playReceiver(): Promise<PlayedReceiver> {
  const records = new Map<string, Record<string, CrmFieldValue>>();
  const taken = new Set<string>();
  const messageIds: string[] = [];
  let armed: { fault: CrmFault; subject: FaultSubject } | null = null;
  let met = false;
  let requests = 0;
  let refused = 0;

  function take(message: Message): void {
    if (taken.has(message.id)) return;
    taken.add(message.id);
    const key = `${message.objectType} ${message.externalKey}`;
    if (message.action === 'remove') records.delete(key);
    else records.set(key, { ...records.get(key), ...message.fields });
  }

  const server = http.createServer(async (request, response) => {
    requests += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    if (!isSigned(request.headers, body)) {
      refused += 1;
      response.writeHead(401).end();
      return;
    }
    messageIds.push(String(request.headers['webhook-id']));
    const { data } = JSON.parse(body) as { data: { records: Message[] } };
    const about = data.records.filter(({ objectType }) => objectType === armed?.subject.objectType);
    const fault = armed !== null && about.length > 0 ? armed : null;
    if (fault !== null) met = true;
    const stays = fault?.fault === 'field gone' || fault?.fault === 'choice refused';
    if (fault !== null && !stays) armed = null;
    switch (fault?.fault) {
      case 'limit with a time':
        return response.writeHead(429, { 'retry-after': '30' }).end();
      case 'daily limit':
        return response.writeHead(429, { 'retry-after': '7200' }).end();
      case 'limit without a time':
        return response.writeHead(429).end();
      case 'server error':
        return response.writeHead(500).end();
      case 'cut off after the write':
        data.records.forEach(take);
        return response.destroy();
      case 'slow drip':
        data.records.forEach(take);
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"results":[');
        return;
      case 'row locked':
      case 'partial success': {
        const [first, ...rest] = about;
        for (const message of data.records) if (message !== first) take(message);
        const results = [first, ...rest].map((message) => ({
          id: message?.id,
          status: message === first ? 'retry' : 'accepted',
        }));
        return answer(response, { results });
      }
      case 'field gone':
      case 'choice refused': {
        const { field = '' } = fault.subject;
        const results = data.records.map((message) => {
          const rejected = about.includes(message) && field in (message.fields ?? {});
          if (!rejected) take(message);
          return rejected
            ? { id: message.id, status: 'rejected', field }
            : { id: message.id, status: 'accepted' };
        });
        return answer(response, { results });
      }
      default:
        data.records.forEach(take);
        return response.writeHead(204).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    address: `http://127.0.0.1:${port}/hook?from=dictaline`,
    messageIds,
    get refused() {
      return refused;
    },
    arm(fault, subject) {
      armed = { fault, subject };
      met = false;
    },
    mend() {
      armed = null;
    },
    met: () => met,
    count: (objectType, externalKey) => (records.has(`${objectType} ${externalKey}`) ? 1 : 0),
    total: (objectType) => [...records.keys()].filter((key) => key.startsWith(`${objectType} `)).length,
    edit: (objectType, externalKey, field, value) => {
      const key = `${objectType} ${externalKey}`;
      records.set(key, { ...records.get(key), [field]: value });
    },
    delete: (objectType, externalKey) => void records.delete(`${objectType} ${externalKey}`),
    mergeAway: null,
    requests: () => requests,
    tokensGiven: () => null,
    fieldsOf: (objectType, externalKey) => records.get(`${objectType} ${externalKey}`),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(response: http.ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** As the specification tells receivers to do it. */
function isSigned(headers: http.IncomingHttpHeaders, body: string): boolean {
  const key = Buffer.from(SIGNING_SECRET.slice('whsec_'.length), 'base64');
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const expected = createHmac('sha256', key).update(content).digest();
  return String(headers['webhook-signature'])
    .split(' ')
    .some((each) => {
      const [version, signature = ''] = each.split(',');
      const given = Buffer.from(signature, 'base64');
      return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
    });
}

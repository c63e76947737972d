import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CrmObjectType } from '../../../../crm-sync/connectors/connector.ts';
import { noonOf } from '../../../../crm-sync/connectors/hubspot/days.ts';
import { hubspotObjects, KEY_PROPERTY } from '../../../../crm-sync/connectors/hubspot/objects.ts';
import type { CrmFault, FaultSubject, PlayedCrm } from '../support/played-crm.ts';
import { createPortal, type Portal, type PortalRecord, Refused } from './portal.ts';
import type { PortalProperty } from './portal-properties.ts';
import { type Answer, type Asked, answer, batchAnswer, itemError, PORTAL_ID } from './portal-routes.ts';

export interface PlayedHubspot extends PlayedCrm {
  origin: string;
  portal: Portal;
  /** The only access token that opens it. */
  token: string;
  scopes: string[];
  /** The connection breaks at one of the next requests (0: the next), before or after HubSpot has done what it says. */
  breakAt: { request: number; when: 'before' | 'after' } | null;
  /** What was asked, oldest first: `POST /crm/v3/objects/tasks/batch/create`. */
  asked: string[];
  recordOf(objectType: CrmObjectType, externalKey: string): PortalRecord;
}

export const TOKEN = 'pat-na1-played';

const SCOPES = [
  ...['contacts', 'companies', 'deals'].flatMap((name) => [
    `crm.objects.${name}.read`,
    `crm.objects.${name}.write`,
    `crm.schemas.${name}.write`,
  ]),
  'crm.objects.owners.read',
];

/** HubSpot as its documentation describes it, over HTTP. */
export async function playHubspot(): Promise<PlayedHubspot> {
  const portal = createPortal();
  const objects = hubspotObjects('meetings');
  const pathOf = (objectType: CrmObjectType) => objects[objectType].path;
  let armed: { fault: CrmFault; subject: FaultSubject } | null = null;
  let met = false;
  const undo: (() => void)[] = [];

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://hubspot');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const asked: Asked = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      body: text === '' ? {} : JSON.parse(text),
    };
    played.asked.push(`${asked.method} ${asked.path}`);
    const breaks = played.breakAt !== null && played.breakAt.request === 0 ? played.breakAt.when : null;
    if (played.breakAt !== null) played.breakAt.request -= 1;
    try {
      if (breaks === 'after') answered(asked);
      if (breaks !== null) {
        response.destroy();
        return;
      }
      if (request.headers.authorization !== `Bearer ${played.token}`)
        throw new Refused(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.');
      const isWrite = /\/batch\/(create|upsert|update|archive)$/.test(asked.path);
      const fault =
        isWrite && armed !== null && asked.path.includes(`/${pathOf(armed.subject.objectType)}/`)
          ? armed
          : null;
      if (fault === null) {
        send(response, answered(asked));
        return;
      }
      armed = null;
      met = true;
      const told = meet(fault.fault, asked, response);
      if (told !== null) send(response, told);
    } catch (error) {
      send(response, refusal(error));
    }
  });

  function answered(asked: Asked): Answer {
    if (asked.path === '/oauth/v2/private-apps/get/access-token-info')
      return { status: 200, body: { userId: 1, hubId: PORTAL_ID, appId: 1, scopes: played.scopes } };
    const scope = scopeOf(asked);
    if (scope !== null && !played.scopes.includes(scope))
      throw new Refused(
        403,
        'MISSING_SCOPES',
        'This app hasn’t been granted all required scopes to make this call.',
        {
          errors: [
            { message: 'One or more scopes are required.', context: { requiredGranularScopes: [scope] } },
          ],
        },
      );
    return answer(portal, asked);
  }

  function scopeOf({ method, path }: Asked): string | null {
    if (path.startsWith('/crm/v3/owners')) return 'crm.objects.owners.read';
    const [, , , kind, type = ''] = path.split('/');
    const name = ['companies', 'deals'].includes(type) ? type : 'contacts';
    if (kind === 'objects' && type === 'products') return null;
    if (kind === 'objects')
      return `crm.objects.${name}.${/\/(create|update|upsert|archive|merge)$/.test(path) ? 'write' : 'read'}`;
    return kind === 'properties' && method === 'POST' ? `crm.schemas.${name}.write` : null;
  }

  /** Answers as the fault wants it; null: nothing more comes. */
  function meet(fault: CrmFault, asked: Asked, response: ServerResponse): Answer | null {
    const [, , , , type = '', , what = ''] = asked.path.split('/');
    switch (fault) {
      case 'limit with a time':
        return {
          ...tooMany('TEN_SECONDLY_ROLLING', 'You have reached your ten_secondly_rolling limit.'),
          headers: {
            'x-hubspot-ratelimit-max': '100',
            'x-hubspot-ratelimit-remaining': '0',
            'x-hubspot-ratelimit-interval-milliseconds': '10000',
          },
        };
      case 'limit without a time':
        return tooMany(undefined, 'You have reached your limit.');
      case 'daily limit':
        return tooMany('DAILY', 'You have reached your daily limit.');
      case 'conflict':
        if (what !== 'update') answered(asked);
        return refusal(new Refused(409, 'CONFLICT', 'The object exists already.'));
      case 'row locked':
        return refusal(new Refused(423, 'LOCKED', 'The object is locked.'));
      case 'server error':
        return { status: 502, body: '<html>Bad gateway</html>' };
      case 'partial success': {
        const [first, ...others] = asked.body.inputs;
        const rest =
          others.length === 0
            ? []
            : (answered({ ...asked, body: { inputs: others } }).body as { results: object[] }).results;
        const error = itemError(
          new Refused(500, 'INTERNAL_ERROR', 'There was a problem'),
          first.objectWriteTraceId,
        );
        return batchAnswer(portal, 207, rest, [error]);
      }
      case 'cut off after the write':
        answered(asked);
        response.destroy();
        return null;
      case 'slow drip':
        answered(asked);
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{');
        return null;
      default:
        throw new Error(`${fault} is not met on ${type}`);
    }
  }

  const listed = (objectType: CrmObjectType) => portal.properties[pathOf(objectType)] ?? [];
  function stays(fault: CrmFault, { objectType, field = '' }: FaultSubject): void {
    const properties = listed(objectType);
    const property = portal.propertyOf(pathOf(objectType), field);
    if (property === undefined) throw new Error(`no property ${field}`);
    if (fault === 'field gone') {
      const place = properties.indexOf(property);
      properties.splice(place, 1);
      undo.push(() => properties.splice(place, 0, property));
    } else {
      const { options } = property;
      property.options = [];
      undo.push(() => {
        property.options = options;
      });
    }
    met = true;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const played: PlayedHubspot = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    portal,
    token: TOKEN,
    scopes: [...SCOPES],
    breakAt: null,
    asked: [],
    arm(fault, subject) {
      met = false;
      if (fault === 'field gone' || fault === 'choice refused') stays(fault, subject);
      else armed = { fault, subject };
    },
    mend() {
      armed = null;
      for (const back of undo.splice(0)) back();
    },
    met: () => met,
    recordOf(objectType, externalKey) {
      const record = portal.findUnique(pathOf(objectType), KEY_PROPERTY, externalKey);
      if (record === undefined) throw new Error(`no ${objectType} ${externalKey}`);
      return record;
    },
    count: (objectType, externalKey) =>
      alive(portal, pathOf(objectType)).filter((each) => each.properties[KEY_PROPERTY] === externalKey)
        .length,
    total: (objectType) => alive(portal, pathOf(objectType)).length,
    edit(objectType, externalKey, field, value) {
      const property = portal.propertyOf(pathOf(objectType), field);
      const { id } = played.recordOf(objectType, externalKey);
      portal.update(pathOf(objectType), id, { [field]: typed(property, value) });
    },
    delete: (objectType, externalKey) =>
      portal.archive(pathOf(objectType), played.recordOf(objectType, externalKey).id),
    mergeAway(objectType, externalKey) {
      const ours = played.recordOf(objectType, externalKey);
      const path = pathOf(objectType);
      // Two become one, so one is made first.
      const other = portal.create(path, path === 'companies' ? { name: 'The one that stays' } : {});
      portal.merge(path, other.id, ours.id);
    },
    requests: () => played.asked.length,
    tokensGiven: () => null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return played;
}

function alive(portal: Portal, path: string): PortalRecord[] {
  return [...portal.store(path).values()].filter(({ archivedAt }) => archivedAt === null);
}

/** What a person types in HubSpot, as HubSpot keeps it: rich text in paragraphs, a day as a moment. */
function typed(property: PortalProperty | undefined, value: unknown): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.join(';');
  const text = String(value);
  if (property?.type === 'datetime') return noonOf(text, 'US/Eastern').toISOString();
  if (property?.fieldType !== 'html') return text;
  const lines = text
    .split('\n')
    .map((line) => `<p style="margin:0;">${line === '' ? '<br>' : escaped(line)}</p>`);
  return `<div style="" dir="auto" data-top-level="true">${lines.join('')}</div>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function tooMany(policyName: string | undefined, message: string): Answer {
  return refusal(new Refused(429, 'RATE_LIMITS', message, policyName === undefined ? {} : { policyName }));
}

function refusal(error: unknown): Answer {
  const refused =
    error instanceof Refused
      ? error
      : new Refused(500, 'INTERNAL_ERROR', error instanceof Error ? (error.stack ?? '') : '');
  const { status, category, message, more } = refused;
  return { status, body: { status: 'error', category, message, correlationId: randomUUID(), ...more } };
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json', ...headers });
  response.end(body === undefined ? '' : isText ? body : JSON.stringify(body));
}

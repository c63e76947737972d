import { isTimeZone } from '../../../platform/time-zone.ts';
import type { ConnectorParts } from '../connector-kind.ts';
import { CrmError } from '../crm-error.ts';
import { type CrmHttp, type CrmResponse, createCrmHttp } from '../http/crm-http.ts';
import type { HubspotSettings } from './hubspot-settings.ts';
import { API, type HubspotObjects, hubspotObjects } from './objects.ts';
import { interpret, unexpected } from './refusals.ts';
import { portalSchema } from './responses.ts';

/** The account that the token opens. */
export interface Portal {
  portalId: number;
  /** Host of HubSpot's own pages. */
  uiDomain: string;
  timeZone: string;
}

/** HubSpot as every part of the connector asks it. */
export interface HubspotApi {
  objects: HubspotObjects;
  send: CrmHttp['send'];
  /** An answer with one of these statuses. @throws CrmError */
  get(path: string, statuses?: readonly number[]): Promise<CrmResponse>;
  post(path: string, body: unknown, statuses?: readonly number[]): Promise<CrmResponse>;
  /** Asked once. @throws CrmError */
  portal(): Promise<Portal>;
}

const OK = [200, 201, 204, 207];

export function createHubspotApi(
  parts: Pick<ConnectorParts, 'credentials' | 'gate' | 'requestTimeoutMs' | 'clock'>,
  settings: HubspotSettings,
): HubspotApi {
  let known: Portal | null = null;
  let asking: Promise<Portal> | null = null;
  let token: string | null = null;
  const http = createCrmHttp({
    name: 'HubSpot',
    origin: settings.origin,
    gate: parts.gate(settings.requestsPerSecond, 10),
    timeoutMs: parts.requestTimeoutMs,
    async authorize(after) {
      // A private app's token does not run out: one that is refused was rotated or deleted, and only a person has the
      // new one, who may have entered it since the connection was opened.
      if (token === null || after === 'refused') token = (await parts.credentials.read()).accessToken ?? null;
      if (token === null)
        throw new CrmError(
          'connection',
          'The access token is missing; copy it from the private app in HubSpot.',
        );
      return { authorization: `Bearer ${token}` };
    },
    interpret: (response) => interpret(response, parts.clock.now(), known?.timeZone ?? 'UTC'),
  });

  async function expectOne(statuses: readonly number[], asked: Promise<CrmResponse>): Promise<CrmResponse> {
    const response = await asked;
    if (!statuses.includes(response.status)) throw unexpected(response);
    return response;
  }

  const get: HubspotApi['get'] = (path, statuses = OK) =>
    expectOne(statuses, http.send({ method: 'GET', path }));

  async function askPortal(): Promise<Portal> {
    const { body } = await get(API.account);
    const { portalId, uiDomain, timeZone } = portalSchema.parse(body);
    known = { portalId, uiDomain, timeZone: isTimeZone(timeZone) ? timeZone : 'UTC' };
    return known;
  }

  return {
    objects: hubspotObjects(settings.activity),
    send: http.send,
    get,
    post: (path, body, statuses = OK) => expectOne(statuses, http.send({ method: 'POST', path, body })),
    portal() {
      asking ??= askPortal().finally(() => {
        if (known === null) asking = null;
      });
      return asking;
    },
  };
}

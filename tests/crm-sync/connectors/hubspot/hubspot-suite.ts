import { hubspotKind } from '../../../../crm-sync/connectors/hubspot/hubspot-kind.ts';
import type { KindUnderTest } from '../support/connector-rig.ts';
import { type PlayedHubspot, playHubspot, TOKEN } from './played-hubspot.ts';

/** HubSpot and its play. No pace of our own: the clock of these tests stands still. */
export const HUBSPOT: KindUnderTest<PlayedHubspot> = {
  kind: hubspotKind,
  play: playHubspot,
  settings: ({ origin }) => ({ origin, activity: 'meetings', requestsPerTenSeconds: '' }),
  credentials: { accessToken: TOKEN },
};

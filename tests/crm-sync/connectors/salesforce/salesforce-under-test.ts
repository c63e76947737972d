import { salesforceKind } from '../../../../crm-sync/connectors/salesforce/salesforce-kind.ts';
import type { KindUnderTest } from '../support/connector-rig.ts';
import { CLIENT, type PlayedSalesforce, playSalesforce } from './played-salesforce.ts';

export const SALESFORCE_UNDER_TEST: KindUnderTest<PlayedSalesforce> = {
  kind: salesforceKind,
  play: () => playSalesforce(),
  settings: ({ url }) => ({ myDomain: url, trustedOrigin: url, clientId: CLIENT.id }),
  credentials: { clientSecret: CLIENT.secret },
};

import { connectorConformance } from '../../connector-conformance.ts';
import { createConnectorRig } from '../support/connector-rig.ts';
import { faultConformance } from '../support/fault-conformance.ts';
import { SALESFORCE_UNDER_TEST } from './salesforce-under-test.ts';

connectorConformance('salesforce', async () => {
  const rig = await createConnectorRig(SALESFORCE_UNDER_TEST);
  return {
    connector: rig.open(),
    another: rig.open(),
    fields: {
      text: 'Description',
      otherText: 'Origin__c',
      date: 'ActivityDate',
      choice: { field: 'Priority', allowed: 'High' },
    },
    alwaysThere: ['Subject', 'Status', 'Priority', 'OwnerId'],
    close: rig.close,
  };
});

faultConformance('salesforce', {
  ...SALESFORCE_UNDER_TEST,
  fields: { text: 'Description', otherText: 'Origin__c', choice: { field: 'Priority', allowed: 'High' } },
  story: {
    gone: { objectType: 'activity', field: 'Description' },
    choice: { objectType: 'task', field: 'Status' },
  },
  cannot: {
    'limit with a time':
      'Salesforce names no time with its limits, neither that of the day nor that of requests at once',
  },
});

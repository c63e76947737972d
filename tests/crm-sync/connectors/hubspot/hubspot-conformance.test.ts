import { connectorConformance } from '../../connector-conformance.ts';
import { createConnectorRig } from '../support/connector-rig.ts';
import { faultConformance } from '../support/fault-conformance.ts';
import { HUBSPOT } from './hubspot-suite.ts';

connectorConformance('hubspot', async () => {
  const rig = await createConnectorRig(HUBSPOT);
  return {
    connector: rig.open(),
    another: rig.open(),
    fields: {
      text: 'hs_task_body',
      otherText: 'hs_task_subject',
      date: 'hs_timestamp',
      choice: { field: 'hs_task_priority', allowed: 'HIGH' },
    },
    // A title from the record's name, and what HubSpot puts into every task.
    alwaysThere: ['hs_task_subject', 'hs_task_status', 'hs_task_priority'],
    close: rig.close,
  };
});

faultConformance('hubspot', {
  ...HUBSPOT,
  fields: {
    text: 'hs_task_body',
    otherText: 'hs_task_subject',
    choice: { field: 'hs_task_priority', allowed: 'HIGH' },
  },
  story: {
    gone: { objectType: 'activity', field: 'hs_meeting_body' },
    choice: { objectType: 'task', field: 'hs_task_status' },
  },
  cannot: {
    'token expired': 'The token of a private app does not run out; a rotated one is entered by a person.',
    'several matches': 'HubSpot keeps the values of our key unique.',
  },
});

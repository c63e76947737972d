import type { Endpoint } from '../api.ts';
import { changeConnectionEndpoint } from './change-connection.ts';
import { checkConnectionEndpoint } from './check-connection.ts';
import { createConnectionEndpoint } from './create-connection.ts';
import { listDoubtsEndpoint, settleDoubtEndpoint } from './doubts.ts';
import { listFindingsEndpoint, reconcileEndpoint, settleFindingEndpoint } from './findings.ts';
import { askImportEndpoint, getImportEndpoint } from './import.ts';
import { listConnectionsEndpoint } from './list-connections.ts';
import { listKindsEndpoint } from './list-kinds.ts';
import { removeConnectionEndpoint } from './remove-connection.ts';
import { switchConnectionEndpoint } from './switch-connection.ts';

export const connectionEndpoints: Endpoint[] = [
  listConnectionsEndpoint,
  listKindsEndpoint,
  createConnectionEndpoint,
  changeConnectionEndpoint,
  checkConnectionEndpoint,
  switchConnectionEndpoint,
  removeConnectionEndpoint,
  getImportEndpoint,
  askImportEndpoint,
  listDoubtsEndpoint,
  settleDoubtEndpoint,
  reconcileEndpoint,
  listFindingsEndpoint,
  settleFindingEndpoint,
];

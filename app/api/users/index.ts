import type { Endpoint } from '../api.ts';
import { createUserEndpoint } from './create-user.ts';
import { getUserEndpoint } from './get-user.ts';
import { issuePinEndpoint } from './issue-pin.ts';
import { listUsersEndpoint } from './list-users.ts';
import { updateUserEndpoint } from './update-user.ts';

export const userEndpoints: Endpoint[] = [
  listUsersEndpoint,
  createUserEndpoint,
  getUserEndpoint,
  updateUserEndpoint,
  issuePinEndpoint,
];

import type { Endpoint } from '../api.ts';
import { addFieldEndpoint } from './add-field.ts';
import { changeFieldEndpoint } from './change-field.ts';
import { listFieldsEndpoint } from './list-fields.ts';
import { tryFieldEndpoint } from './try-field.ts';

export const reportFieldEndpoints: Endpoint[] = [
  listFieldsEndpoint,
  addFieldEndpoint,
  changeFieldEndpoint,
  tryFieldEndpoint,
];

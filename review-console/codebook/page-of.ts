import type { FastifyRequest } from 'fastify';
import { userOf } from '../../platform/auth/require-role.ts';
import { administrationPage } from '../render/administration-page.ts';
import type { PageData } from '../render/pages.ts';

/** A screen of the codebook: administrators find it among their own, others beside agreement. */
export function codebookPage<Data extends object>(
  request: FastifyRequest,
  title: string,
  data: Data,
): PageData & Data {
  return userOf(request).roles.includes('administrator')
    ? administrationPage('codebook', title, data)
    : { ...data, title, nav: 'agreement' };
}

/** Who edits: administrators, and supervisors, who settle what a definition leaves open. */
export const EDITORS = ['administrator', 'supervisor'] as const;

export const mayEdit = (request: FastifyRequest): boolean =>
  userOf(request).roles.some((role) => EDITORS.some((editor) => editor === role));

import type { Endpoint } from '../api.ts';
import { createProposalEndpoint } from './create-proposal.ts';
import { deleteProposalEndpoint } from './delete-proposal.ts';
import { getProposalEndpoint } from './get-proposal.ts';
import { listProposalsEndpoint } from './list-proposals.ts';
import { setMembersEndpoint } from './set-members.ts';
import { setOutlineEndpoint } from './set-outline.ts';
import { updateProposalEndpoint } from './update-proposal.ts';

export const proposalEndpoints: Endpoint[] = [
  listProposalsEndpoint,
  createProposalEndpoint,
  getProposalEndpoint,
  updateProposalEndpoint,
  setOutlineEndpoint,
  setMembersEndpoint,
  deleteProposalEndpoint,
];

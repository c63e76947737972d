import type { Endpoint } from '../api.ts';
import { addQuestionEndpoint } from './add-question.ts';
import { closeQuestionEndpoint } from './close-question.ts';
import { listQuestionsEndpoint } from './list-questions.ts';

export const questionEndpoints: Endpoint[] = [
  listQuestionsEndpoint,
  addQuestionEndpoint,
  closeQuestionEndpoint,
];

import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { companyAccuracy } from '../../../transcription/accuracy/figures/accuracy-figures.ts';
import { personFigures } from '../../../transcription/accuracy/figures/person-figures.ts';
import { toFigure } from '../../../transcription/accuracy/statistics/intervals.ts';
import { allow, answers, describe, type Endpoint, id } from '../api.ts';
import { figureSchema, REVIEWERS } from './accuracy-schemas.ts';

const DAY_MS = 24 * 3_600_000;
const YEAR_DAYS = 366;
const days = z.object({ days: z.coerce.number().int().min(1).max(YEAR_DAYS).default(90) });

const personSchema = z.object({
  userId: id,
  texts: z.number().int(),
  audioMinutes: z.number(),
  hours: z.number(),
  checks: z.number().int(),
  firstPassAccuracy: figureSchema,
  passed: figureSchema,
  audioMinutesPerHour: figureSchema,
  realTimeFactor: figureSchema,
  doubtsPerTenMinutes: figureSchema,
});

/** `GET /accuracy/me` */
export const getOwnFiguresEndpoint: Endpoint = (api, { clock, database }) =>
  api.get(
    '/accuracy/me',
    {
      ...allow('transcriptionist', 'supervisor', 'administrator'),
      schema: {
        ...describe('accuracy', 'getOwnFigures', 'What is measured of my own work'),
        querystring: days,
        response: answers({ 200: personSchema }),
      },
    },
    async (request) => {
      const to = clock.now();
      const from = new Date(to.getTime() - request.query.days * DAY_MS);
      const userId = userOf(request).id;
      const [own] = await personFigures(database, { from, to, userId });
      if (!own) throw new Error(`No figures of user ${userId}`);
      return own;
    },
  );

/** `GET /accuracy/team` */
export const getTeamFiguresEndpoint: Endpoint = (api, { clock, database }) =>
  api.get(
    '/accuracy/team',
    {
      ...allow(...REVIEWERS),
      schema: {
        ...describe('accuracy', 'getTeamFigures', 'What is measured: the company by month, and each person'),
        querystring: days,
        response: answers({
          200: z.object({
            months: z.array(
              z.object({
                month: z.string(),
                checks: z.number().int(),
                wordAccuracy: figureSchema,
                passed: figureSchema,
              }),
            ),
            people: z.array(personSchema),
          }),
        }),
      },
    },
    async (request) => {
      const to = clock.now();
      const from = new Date(to.getTime() - request.query.days * DAY_MS);
      const year = { from: new Date(to.getTime() - YEAR_DAYS * DAY_MS), to };
      const [months, people] = await Promise.all([
        companyAccuracy(database, { ...year, timeZone: userOf(request).timeZone }),
        personFigures(database, { from, to }),
      ]);
      return {
        months: [...months].toSorted().map(([month, { checks, wordAccuracy, passed }]) => ({
          month,
          checks,
          wordAccuracy: toFigure(wordAccuracy),
          passed: toFigure(passed),
        })),
        people,
      };
    },
  );

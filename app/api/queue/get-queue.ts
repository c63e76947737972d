import { z } from 'zod';
import { forecast } from '../../../transcription/supervision/forecast.ts';
import { readWork } from '../../../transcription/supervision/read-work.ts';
import { showLateness } from '../../../transcription/supervision/show-lateness.ts';
import { groupWaiting } from '../../../transcription/supervision/waiting-groups.ts';
import { allow, answers, describe, type Endpoint, id, time, timeOf } from '../api.ts';
import { SUPERVISORS } from './reassign.ts';

export const getQueueEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/queue',
    {
      ...allow(...SUPERVISORS),
      schema: {
        ...describe(
          'jobs',
          'getQueue',
          'What will be late at the present rate, and why',
          'Every job that can be typed, in the order of the queue, with the time at which it will be done if those at ' +
            'work go on as they do and nobody comes or goes.',
        ),
        response: answers({
          200: z.object({
            jobs: z.array(
              z.object({
                id,
                reference: z.string(),
                dueAt: time,
                audioSeconds: z.number(),
                requirements: z.array(z.string()),
                state: z.enum(['waiting', 'claimed', 'on_hold', 'paused']),
                doneAt: time.nullable().describe('Null: not as things are'),
                late: z.string().nullable().describe('Why it will be late; null: it will not'),
              }),
            ),
            groups: z
              .array(
                z.object({
                  requirements: z.array(z.string()),
                  jobs: z.int(),
                  audioMinutes: z.number(),
                  late: z.int(),
                  people: z.array(z.string()),
                  clearAt: time.nullable(),
                }),
              )
              .describe('Work that waits, by what it asks of a person'),
            people: z.array(
              z.object({
                id,
                name: z.string(),
                since: time,
                activeAt: time.nullable(),
                pace: z.number().describe('Minutes of audio typed in a minute'),
                measuredSeconds: z.number().describe('Audio that the pace was measured on; 0: the usual one'),
                paused: z.string().nullable(),
              }),
            ),
          }),
        }),
      },
    },
    async () => {
      const { jobs, people } = await readWork(platform);
      const found = forecast(jobs, people, platform.clock.now());
      return {
        jobs: jobs.map((job) => {
          const each = found.get(job.id);
          return {
            id: job.id,
            reference: job.reference,
            dueAt: job.dueAt.toISOString(),
            audioSeconds: job.audioSeconds,
            requirements: [...job.requirements],
            state: job.state.kind,
            doneAt: timeOf(each?.doneAt ?? null),
            late: each?.late ? showLateness(each.late) : null,
          };
        }),
        groups: groupWaiting(jobs, people, found).map((group) => ({
          ...group,
          clearAt: timeOf(group.clearAt),
        })),
        people: people.map((person) => ({
          id: person.id,
          name: person.name,
          since: person.since.toISOString(),
          activeAt: timeOf(person.activeAt),
          pace: person.pace,
          measuredSeconds: person.measuredSeconds,
          paused: person.pausedReason,
        })),
      };
    },
  );

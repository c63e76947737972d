import { createHmac } from 'node:crypto';
import { z } from 'zod';

const share = z.number().min(0).max(1);

/** Of which part of all final texts a second typing is made. Kept as the company's setting `accuracy`. */
export const samplingInput = z.object({
  share,
  /** Of somebody who is new, for their first texts and first days; never less than the usual share. */
  newcomerShare: share,
  newcomerJobs: z.number().int().min(0).max(1000),
  newcomerDays: z.number().int().min(0).max(365),
  /** Of single people, by their id; in place of the two above. */
  people: z.record(z.uuid(), share),
});
export type Sampling = z.infer<typeof samplingInput>;

/** As it is kept: what is missing or spoiled is as if nobody had set it. */
const keptSampling = z.object({
  share: share.catch(0),
  newcomerShare: share.catch(0),
  newcomerJobs: samplingInput.shape.newcomerJobs.catch(20),
  newcomerDays: samplingInput.shape.newcomerDays.catch(14),
  people: samplingInput.shape.people.catch({}),
});

export function parseSampling(value: unknown): Sampling {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return keptSampling.parse(isObject ? value : {});
}

/** What is known of whoever has typed a text: how many were theirs before, and for how many days they have typed. */
export interface Experience {
  jobs: number;
  days: number;
}

/** With what probability a text of this person is checked. Pure. */
export function shareFor(sampling: Sampling, userId: string, { jobs, days }: Experience): number {
  const own = sampling.people[userId];
  if (own !== undefined) return own;
  const isNew = jobs < sampling.newcomerJobs || days < sampling.newcomerDays;
  return isNew ? Math.max(sampling.share, sampling.newcomerShare) : sampling.share;
}

/**
 * Whether a dictation is drawn: a number made of its id under the deployment's secret, uniform in 0..1, is below the
 * share. Nobody can foresee or steer it, and asked again the answer is the same. Pure.
 */
export function isDrawn(secret: string, dictationId: string, probability: number): boolean {
  const digest = createHmac('sha256', secret).update(`accuracy-check\0${dictationId}`).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48 < probability;
}

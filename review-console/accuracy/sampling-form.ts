import { z } from 'zod';
import type { Sampling } from '../../transcription/accuracy/sampling/draw-check.ts';

const percent = z.coerce.number().min(0).max(100);
const whole = z.coerce.number().int().min(0);

export const samplingForm = z
  .object({
    share: percent,
    newcomerShare: percent,
    newcomerJobs: whole.max(1000),
    newcomerDays: whole.max(365),
  })
  .catchall(z.unknown());

const PERSON = 'person-';

/** What the form says: percents, and one field a person, empty where the company's share holds. Pure. */
export function toSampling(form: z.infer<typeof samplingForm>): Sampling {
  const { share, newcomerShare, newcomerJobs, newcomerDays, ...rest } = form;
  const people = Object.entries(rest).flatMap(([name, value]): [string, number][] => {
    const own = percent.safeParse(value);
    const isPerson = name.startsWith(PERSON) && typeof value === 'string' && value.trim() !== '';
    return isPerson && own.success ? [[name.slice(PERSON.length), own.data / 100]] : [];
  });
  return {
    share: share / 100,
    newcomerShare: newcomerShare / 100,
    newcomerJobs,
    newcomerDays,
    people: Object.fromEntries(people.filter(([id]) => z.uuid().safeParse(id).success)),
  };
}

/** The fields of the form: percents without needless digits. Pure. */
export function showSampling(sampling: Sampling, people: readonly { id: string; name: string }[]) {
  const show = (share: number) => String(Math.round(share * 1000) / 10);
  return {
    share: show(sampling.share),
    newcomerShare: show(sampling.newcomerShare),
    newcomerJobs: sampling.newcomerJobs,
    newcomerDays: sampling.newcomerDays,
    isOff: sampling.share === 0 && sampling.newcomerShare === 0 && Object.keys(sampling.people).length === 0,
    people: people.map(({ id, name }) => {
      const own = sampling.people[id];
      return { field: `${PERSON}${id}`, name, share: own === undefined ? '' : show(own) };
    }),
  };
}

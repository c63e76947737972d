import type { Frames, Meeting, Told } from './frames.ts';

/** To people who are addressed as usted. */
export const spanish: Frames = {
  and: 'y',
  unconfirmed: 'sin confirmar: ',
  meeting(meeting, day) {
    const { other, people } = meeting;
    const whose = other === null ? 'su último contacto' : `el último contacto, de ${other},`;
    const whom = people === '' ? '' : `, con ${people}`;
    return `${whose} fue ${day(meeting.day)}${howOf(meeting)}${whom}${moodOf(meeting)}.`;
  },
  promise({ by, other, said, due, isOverdue }, day) {
    const who = {
      listener: 'usted prometió',
      other_rep: `${other} prometió`,
      colleague: 'un colega nuestro lo hará',
      customer: 'ellos prometieron',
    }[by];
    if (due === null) return `${who}, ${day(said)}:`;
    return isOverdue ? `${who}, y era para ${day(due)}:` : `${who}, para ${day(due)}:`;
  },
  complaint: (told, isRisk) => `${isRisk ? 'un riesgo' : 'queja abierta'}${whenAndBy(told)}:`,
  competitor: (told, name) => `${name ?? 'competencia'}${whenAndBy(told)}:`,
  price: (told) => `sobre precios${whenAndBy(told)}:`,
  background: ({ other }) => `bueno saberlo${whenAndBy({ day: null, other })}:`,
};

function howOf({ type }: Meeting): string {
  if (type === 'phone') return ' por teléfono';
  if (type === 'email') return ' por correo';
  return type === 'video' ? ' por video' : '';
}

function moodOf({ sentiment }: Meeting): string {
  if (sentiment === 1) return ', y salió bien';
  return sentiment === -1 ? ', y salió mal' : '';
}

function whenAndBy({ day, other }: Told): string {
  return `${day === null ? '' : `, ${day}`}${other === null ? '' : `, de ${other}`}`;
}

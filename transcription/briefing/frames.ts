import type { ChosenFact } from './choose-facts.ts';
import type { BriefingFacts, Speaker } from './facts.ts';
import { type SpokenLanguage, sayDay } from './say-day.ts';

/** The words around what was said, in the listener's language. */
export interface Frames {
  /** Before a quote, or a sentence of its own. Without a capital at the front. */
  frame(fact: ChosenFact, facts: BriefingFacts): string;
  /** In front of what nobody confirmed. */
  unconfirmed: string;
}

const MOST_PEOPLE = 4;

function peopleOf({ report, isConfirmed }: ChosenFact, and: string): string {
  const people = report?.people ?? [];
  const confirmed = people.filter((person) => person.isConfirmed);
  const names = (confirmed.length > 0 || isConfirmed ? confirmed : people)
    .slice(0, MOST_PEOPLE)
    .map(({ name }) => name);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${and} ${names.at(-1)}`;
}

/** Who told of it, when that was not the listener. */
function otherThan(listenerId: string, speaker: Speaker | null | undefined): string | null {
  return speaker && speaker.id !== listenerId ? speaker.name : null;
}

/** A day before today is one on which it should have been done. */
function isOverdue(due: string, today: string): boolean {
  return due < today;
}

const english: Frames = {
  unconfirmed: 'not confirmed yet: ',
  frame(fact, facts) {
    const { today, listenerId } = facts;
    const day = (date: string) => sayDay(date, today, 'en');
    const { report, promise } = fact;
    const other = otherThan(listenerId, report?.speaker);
    if (fact.kind === 'meeting') {
      if (report === null) return '';
      const who = other ?? 'you';
      const people = peopleOf(fact, 'and');
      const phone = report.meetingType === 'phone';
      const what = phone
        ? people === ''
          ? 'last called there'
          : `last talked with ${people} by phone`
        : report.meetingType === 'email'
          ? people === ''
            ? 'were last in touch by e-mail'
            : `last had e-mail with ${people}`
          : people === ''
            ? 'last reported from there'
            : `last met ${people}`;
      const mood =
        report.sentiment === 1 ? ', and it went well' : report.sentiment === -1 ? ', and it went badly' : '';
      return `${who} ${other === null ? what : what.replace(/^were /, 'was ')} ${day(report.day)}${mood}.`;
    }
    if (promise !== null) {
      const teller = otherThan(listenerId, promise.speaker);
      const who =
        promise.owner === 'customer'
          ? 'they promised'
          : promise.owner === 'colleague'
            ? 'a colleague is to do it'
            : `${teller ?? 'you'} promised`;
      if (promise.due === null) return `${who} ${day(promise.said)}:`;
      return isOverdue(promise.due, today)
        ? `${who}, and it was due ${day(promise.due)}:`
        : `${who}, due ${day(promise.due)}:`;
    }
    if (report === null) return '';
    const from = other === null ? '' : ` from ${other}`;
    switch (fact.kind) {
      case 'complaint':
        return `${fact.code === 'objection-risk' ? 'a risk' : 'open complaint'}${from}, ${day(report.day)}:`;
      case 'competitor':
        return `${competitorOf(fact) ?? 'competition'}, ${day(report.day)}${from}:`;
      case 'price':
        return `on prices, ${day(report.day)}${from}:`;
      default:
        return `good to know${from}:`;
    }
  },
};

const spanish: Frames = {
  unconfirmed: 'sin confirmar: ',
  frame(fact, facts) {
    const { today, listenerId } = facts;
    const day = (date: string) => sayDay(date, today, 'es');
    const { report, promise } = fact;
    const other = otherThan(listenerId, report?.speaker);
    if (fact.kind === 'meeting') {
      if (report === null) return '';
      const people = peopleOf(fact, 'y');
      const whose = other === null ? 'su último contacto' : `el último contacto, de ${other},`;
      const how =
        { phone: ' por teléfono', email: ' por correo', video: ' por video' }[report.meetingType ?? ''] ?? '';
      const mood = report.sentiment === 1 ? ', y salió bien' : report.sentiment === -1 ? ', y salió mal' : '';
      return `${whose} fue ${day(report.day)}${how}${people === '' ? '' : `, con ${people}`}${mood}.`;
    }
    if (promise !== null) {
      const teller = otherThan(listenerId, promise.speaker);
      const who =
        promise.owner === 'customer'
          ? 'ellos prometieron'
          : promise.owner === 'colleague'
            ? 'lo hará un colega'
            : teller === null
              ? 'usted prometió'
              : `${teller} prometió`;
      if (promise.due === null) return `${who} ${day(promise.said)}:`;
      return isOverdue(promise.due, today)
        ? `${who}, y era para ${day(promise.due)}:`
        : `${who}, para ${day(promise.due)}:`;
    }
    if (report === null) return '';
    const from = other === null ? '' : `, de ${other}`;
    switch (fact.kind) {
      case 'complaint':
        return `${fact.code === 'objection-risk' ? 'un riesgo' : 'queja abierta'}${from}, ${day(report.day)}:`;
      case 'competitor':
        return `${competitorOf(fact) ?? 'competencia'}, ${day(report.day)}${from}:`;
      case 'price':
        return `sobre precios, ${day(report.day)}${from}:`;
      default:
        return `bueno saberlo${from}:`;
    }
  },
};

/** "They offered it free" says nothing without the name; where the quote names them it is not said twice. */
function competitorOf({ report, quote }: ChosenFact): string | null {
  const names = (report?.units ?? [])
    .filter(({ number }) => quote?.units.includes(number))
    .flatMap(({ competitors }) => competitors);
  const [name] = names;
  if (name === undefined || quote?.text.includes(name)) return null;
  return name;
}

export const FRAMES: Readonly<Record<SpokenLanguage, Frames>> = { en: english, es: spanish };

import { spanish } from './forms/spanish.ts';
import type { Texts } from './prompt.ts';
import { createPromptSet } from './prompt-set.ts';
import { VOICES } from './voices.ts';

/*
 * What callers hear, in the Spanish of Latin America and the United States, to people who are addressed as usted.
 *
 * The tone is "el tono", # is "numeral", * is "asterisco"; a report is "informe", what somebody
 * keys in to prove who they are "clave", what a person writes down "transcrito". `{at:time}` brings its article.
 */
export const texts: Texts = {
  login: {
    greeting: 'Le damos la bienvenida a {line}.',
    enter_short_number: 'Marque su número corto y luego la tecla numeral.',
    enter_short_number_again:
      'Marque su número corto y luego la tecla numeral. Para empezar de nuevo, oprima asterisco.',
    enter_pin: 'Marque su clave y luego la tecla numeral.',
    enter_pin_again: 'Marque su clave y luego la tecla numeral. Para empezar de nuevo, oprima asterisco.',
    enter_pin_other_phone: 'Si este no es su teléfono, marque cero y luego numeral.',
    pin_wrong: 'Disculpe, no es correcto.',
    pin_wrong_last: 'Disculpe, tampoco es correcto. Revise su número y su clave, y llame de nuevo.',
    pin_slowed: 'Disculpe, hubo demasiados intentos. Por su seguridad, llame de nuevo en {wait:duration}.',
    pin_slowed_own:
      'Disculpe, hubo demasiados intentos desde este número. Llame de nuevo en {wait:duration}, o siga con su número corto.',
    nothing_entered: 'Disculpe, no se oyó ninguna tecla. Llame de nuevo cuando guste. Hasta luego.',
    pin_is_issued: 'La clave que usó le fue asignada.',
    choose_pin: 'Elija una clave propia: de cinco a diez dígitos, y luego numeral.',
    choose_pin_again:
      'Marque una clave nueva de cinco a diez dígitos y luego numeral. Para empezar de nuevo, oprima asterisco.',
    repeat_pin: 'Una vez más, por favor: la misma clave y luego numeral.',
    pin_too_short: 'Tiene menos de cinco dígitos.',
    pin_too_long: 'Tiene más de diez dígitos.',
    pin_repeats: 'Sus dígitos se repiten, así que es fácil de adivinar.',
    pin_sequence: 'Sus dígitos son consecutivos, así que es fácil de adivinar.',
    pin_date: 'Parece un año o una fecha, así que es fácil de adivinar.',
    pin_keypad: 'Es una línea en el teclado, así que es fácil de adivinar.',
    pin_own_number: 'Es parte de su número corto o de su teléfono, así que es fácil de adivinar.',
    pin_common: 'Mucha gente elige esa, así que es fácil de adivinar.',
    pin_same: 'Esa es la clave que tiene ahora.',
    pin_differs: 'Las dos claves no coinciden.',
    pin_saved: 'Gracias. Esa es su clave desde ahora.',
    pin_later: 'Entonces, la próxima vez. Mientras tanto, su clave sigue igual.',
    pin_not_saved: 'Disculpe, por ahora no se pudo cambiar su clave.',
  },
  dictating: {
    record: 'Diga su informe después del tono.',
    record_keys:
      'Oprima {finish:key} para terminar, {pause:key} para hacer una pausa, {help:key} para pedir ayuda.',
    record_continue: 'Siga después del tono.',
    record_at_limit: 'Aquí sigo. Continúe después del tono.',
    record_nothing_heard: 'Disculpe, no se oyó nada. Hable después del tono, por favor.',
    record_resumed:
      'Disculpe, hubo una falla de nuestro lado. Lo que dijo está guardado. Siga después del tono.',
    long_silence: 'Hace un rato que no se oye nada. Lo que dijo está guardado.',
    nothing_added: 'No se oyó nada nuevo. Lo que dijo antes está guardado.',
    paused: 'En pausa.',
    pause_keys:
      'Para seguir, oprima {continue:key}. Para oír los últimos diez segundos, {play_last:key}. Para oírlo todo, {play_all:key}. Para decir de nuevo la última parte, {redo:key}. Para quitarla, {drop:key}. Para marcarlo como urgente, {urgent:key}. Para dejarlo en espera, {hold:key}. Para pedir ayuda, {help:key}. Para terminar, {finish:key}.',
    pause_warning: '¿Sigue ahí? Voy a colgar en un momento; lo que dijo está guardado y se enviará.',
    kept_and_sent_goodbye: 'Voy a colgar. Lo que dijo está guardado y se enviará. Hasta luego.',
    still_there: 'Lleva mucho tiempo hablando. ¿Sigue ahí? Para continuar, oprima cualquier tecla.',
    still_there_last:
      '¿Sigue ahí? Para seguir, oprima cualquier tecla. Si no, voy a colgar en un momento; lo que dijo está guardado y se envía.',
    record_anew: 'Dígalo de nuevo después del tono.',
    here_report: 'Está en un informe nuevo.',
    here_report_continued: 'Está en un informe que empezó antes.',
    here_contribution: 'Está en una contribución nueva.',
    here_contribution_continued: 'Está en una contribución que empezó antes.',
    here_answer: 'Está en su respuesta.',
    here_passage: 'Está repitiendo un pasaje que no se entendió.',
    here_about: 'Es sobre {about:name}.',
    here_length: 'Hasta ahora dura {seconds:duration}.',
    here_empty: 'Hasta ahora no hay nada grabado.',
    help_hang_up: 'Si cuelga, también se envía.',
    on_hold:
      'Queda en espera. Llame de nuevo para seguir o para enviarlo; después de {hours:count(una hora|# horas)} se envía solo.',
    cut_off: 'La llamada anterior se cortó.',
    cut_off_about: 'La llamada anterior se cortó mientras hablaba de {about:name}.',
    cut_off_at: 'Lo último que dijo fue:',
    resume_keys: 'Para seguir desde ahí, oprima 1. Para empezar de nuevo, oprima 2.',
    typed_already: 'Eso ya se transcribió. Lo que diga ahora se agrega. Hable después del tono.',
    not_unfinished: 'Eso ya quedó atendido.',
    held_report: 'Dejó un informe en espera {at:date}.',
    held_contribution: 'Dejó una contribución en espera {at:date}.',
    held_length: 'Dura {seconds:duration}.',
    held_keys: 'Para seguir, oprima 1. Para enviarlo, 2. Para dejarlo en espera, 3.',
    held_sent: 'Se envió.',
    held_left: 'Sigue en espera.',
    not_a_choice: 'Disculpe, esa tecla no hace nada aquí.',
    no_part: 'Todavía no hay nada que oír ni quitar.',
    drop_question:
      '¿De verdad quiere quitar la última parte, que dura {seconds:duration}? Para quitarla, oprima {confirm:key}. Para conservarla, oprima otra tecla.',
    drop_question_unknown:
      '¿De verdad quiere quitar la última parte? Para quitarla, oprima {confirm:key}. Para conservarla, oprima otra tecla.',
    redo_question:
      '¿De verdad quiere decir de nuevo la última parte, que dura {seconds:duration}? La anterior se quita. Para hacerlo, oprima {confirm:key}. Para conservarla, oprima otra tecla.',
    redo_question_unknown:
      '¿De verdad quiere decir de nuevo la última parte? La anterior se quita. Para hacerlo, oprima {confirm:key}. Para conservarla, oprima otra tecla.',
    dropped: 'La última parte se quitó.',
    kept: 'La última parte se conserva.',
    marked_urgent: 'Quedó marcado como urgente.',
    saved: 'Gracias. Su informe va en camino. Dura {seconds:duration}.',
    saved_unknown_length: 'Gracias. Su informe va en camino.',
    reference: 'Su referencia es {reference:digits}.',
    nothing_sent: 'No quedó nada grabado, así que no se envió nada.',
  },
  report: {
    doubt: 'En el informe que hizo {day:date} no se entendió una parte.',
    doubt_about: 'En el informe que hizo {day:date} sobre {about:name} no se entendió una parte.',
    doubt_keys:
      'Dígala otra vez, por favor: oprima 1, o espere. Ahora no, 2. Si ya no lo recuerda, 3. Para oírla de nuevo, asterisco.',
    doubt_record: 'Dígala otra vez después del tono y oprima numeral.',
    doubt_spell: 'Dígala otra vez después del tono, deletréela y oprima numeral.',
    doubt_thanks: 'Gracias.',
    doubt_later: 'Bien, la próxima vez.',
    doubt_given_up: 'Bien. Gracias.',
    replies_one: 'Hay una respuesta a uno de sus informes.',
    replies_many: 'Hay {count} respuestas a sus informes.',
    reply_about: '{author:name} respondió a su informe sobre {about:name}:',
    reply: '{author:name} respondió a su informe:',
    reply_keys: 'Entendido, oprima 1. Otra vez, 2. Para después, 3. O empiece a decir su informe.',
    reply_kept: 'Queda guardado.',
    office_asks: 'La oficina pregunta:',
    record_at_once: 'Adelante, después del tono.',
    record_about: 'Diga su informe sobre {name:name} después del tono.',
    afterwards:
      'Para otro informe, oprima 1. Para mensajes, 2. Para un resumen, 3. Para un informe sobre un cliente, 4. Si algo está mal en el CRM, 5. Para cambiar su clave, 9. Para terminar, cuelgue u oprima numeral.',
    account_for_briefing: '¿Un resumen de qué cliente? Marque su número y luego numeral.',
    account_for_report: '¿Un informe sobre qué cliente? Marque su número y luego numeral.',
    account_last: 'O la tecla de uno de sus últimos clientes.',
    account_key: '{key}: {name:name}.',
    account_again: 'Marque el número del cliente y luego numeral. Para volver, oprima cero.',
    account_unknown: 'No hay ningún cliente con ese número.',
    account_chosen: '{name:name}. Si no es ese, oprima asterisco.',
    briefing_on: '{name:name}. Seis adelanta, cuatro regresa, asterisco termina.',
    briefing_nothing: 'Todavía no hay nada sobre {name:name}.',
    briefing_keys:
      'Seis adelanta, cuatro regresa, cinco repite. Para un informe sobre este cliente, oprima 1. Asterisco termina.',
    briefing_over:
      'Para un informe sobre este cliente, oprima 1. Para oírlo otra vez, 5. Para otro cliente, 3. Para el menú, asterisco.',
    no_messages: 'No tiene mensajes.',
    flag_none: 'Todavía no tiene informes.',
    flag_which: '¿Qué informe? Para volver, oprima cero.',
    flag_key_about: '{key}: {name:name}, {day:date}.',
    flag_key: '{key}: el que hizo {day:date}.',
    flag_what:
      'Queda marcado. ¿Qué está mal? El cliente o las personas, oprima 1. Cifras, 2. Próximos pasos, 3. Otra cosa, 4. Si es otro informe, asterisco.',
    flag_thanks: 'Gracias. Alguien lo revisa, y usted oirá qué se hizo.',
    flag_settled_about: 'Lo que usted marcó como equivocado en su informe sobre {about:name} está resuelto.',
    flag_settled: 'Lo que usted marcó como equivocado en su informe está resuelto.',
    goodbye: 'Hasta luego.',
  },
  survey: {
    survey_consent:
      'Si continúa, acepta que sus respuestas se graben y que una persona las transcriba; puede terminar cuando quiera.',
    survey_anonymity:
      'No guardamos su número de teléfono, guardamos sus respuestas separadas de su clave anónima y destruimos cada grabación en cuanto queda transcrita.',
    survey_enter_id: 'Marque los doce dígitos de su clave anónima y luego la tecla numeral.',
    survey_id_mistyped: 'Uno de los dígitos no es correcto. Intente de nuevo, por favor.',
    survey_id_length: 'La clave tiene doce dígitos. Intente de nuevo, por favor.',
    survey_id_unknown: 'Disculpe, esa clave no es de esta encuesta. Revise su carta, por favor.',
    survey_id_goodbye: 'Disculpe, no funcionó. Revise su carta y llame de nuevo, por favor. Hasta luego.',
    survey_id_revoked:
      'Disculpe, esa clave ya no es válida. Si recibió otra, use esa, por favor. Hasta luego.',
    survey_id_finished:
      'Ya respondió todas las preguntas con esta clave. Gracias por su tiempo. Hasta luego.',
    survey_id_slowed:
      'Disculpe, hubo demasiadas claves equivocadas. Llame de nuevo en {wait:duration}. Hasta luego.',
    survey_opens: 'Esta encuesta se abre {date:date}. Llame entonces, por favor. Hasta luego.',
    survey_closed: 'Esta encuesta está cerrada. Gracias por llamar. Hasta luego.',
    survey_begin: 'Gracias. Son {count} preguntas.',
    survey_begin_one: 'Gracias. Es una pregunta.',
    survey_how:
      'Hable todo lo que quiera después de cada tono. Oprima numeral cuando termine, o asterisco para pedir ayuda.',
    survey_welcome_back:
      'Gracias por volver a llamar. Lo que dijo en su llamada anterior está guardado, y seguimos desde ahí.',
    survey_question: 'Pregunta {number} de {count}.',
    survey_last_question: 'La última pregunta.',
    survey_begun_before: 'Empezó a responderla en su llamada anterior.',
    survey_answer_kept: 'Gracias.',
    survey_answer_now: 'Responda después del tono, por favor.',
    survey_answer_anew: 'Su respuesta anterior se retiró. Responda de nuevo después del tono, por favor.',
    survey_nothing_goodbye:
      'Disculpe, todavía no se oye nada. Llame de nuevo con la misma clave cuando guste. Hasta luego.',
    survey_silent_goodbye:
      'Lo que dijo está guardado. Para seguir, llame con la misma clave cuando guste. Hasta luego.',
    survey_keys:
      'Para seguir hablando, oprima 1. Para oír la pregunta otra vez, 2. Para oír su respuesta, 3. Para decirla de nuevo, 4. Para omitir la pregunta, 5. Para la siguiente pregunta, oprima numeral.',
    survey_keys_unanswered: 'Para responder, oprima 1. Para oír la pregunta otra vez, 2. Para omitirla, 5.',
    survey_your_answer: 'Esta es su respuesta.',
    survey_nothing_to_hear: 'No hay nada que oír.',
    survey_written_already:
      'Lo que dijo en su llamada anterior ya está transcrito y se conserva. Puede agregar algo más.',
    survey_not_answered: 'Todavía no se oyó una respuesta.',
    survey_anew_question:
      '¿De verdad quiere decirla de nuevo? Para retirar su respuesta, oprima 9. Para conservarla, oprima 1.',
    survey_skip_question:
      '¿De verdad quiere omitir esta pregunta? Para retirar su respuesta, oprima 9. Para conservarla, oprima 1.',
    survey_kept: 'Su respuesta se conserva.',
    survey_taken_back: 'Su respuesta se retiró.',
    survey_skipped: 'Esa pregunta se omitió.',
    survey_elsewhere:
      'Usted sigue en otra llamada con esta clave. Lo que dijo aquí está guardado. Hasta luego.',
    survey_thanks: 'Eso fue todo. Muchas gracias por su tiempo. Hasta luego.',
  },
  proposal: {
    proposals_many: 'Usted participa en {count} propuestas.',
    proposal_choice: 'Para {title:name}, oprima {key}.',
    proposal_choice_more: 'Para las demás, oprima 9.',
    proposal_named: 'Esta llamada es para {title:name}.',
    proposal_none:
      'Usted no participa en ninguna propuesta abierta. Pida a quien dirige la suya que le dé acceso. Hasta luego.',
    proposal_not_member:
      'Usted no participa en {title:name}. Pida a quien la dirige que le dé acceso. Hasta luego.',
    proposal_closed: '{title:name} está cerrada y ya no recibe contribuciones. Gracias. Hasta luego.',
    proposal_no_outline:
      '{title:name} todavía no tiene secciones. Llame otra vez cuando las tenga, por favor. Hasta luego.',
    unfinished_in_section: 'En la sección {number:section}, {title:name}:',
    section_enter:
      '¿Qué sección? Marque su número, con asterisco en lugar del punto, y luego numeral. Para recorrer el esquema, marque cero y numeral.',
    section_enter_again:
      'Marque un número de sección. La sección 1 punto 2 se marca 1, asterisco, 2, numeral. Para el esquema, cero y numeral.',
    section_not_a_number: 'Disculpe, ese no es un número de sección.',
    section_missing: 'No hay ninguna sección {number:section}.',
    sections_all: 'Las secciones van de {first:section} a {last:section}.',
    sections_only: 'La única sección es {first:section}.',
    section_near_parts: 'La sección {number:section}, {title:name}, va de {first:section} a {last:section}.',
    section_near_one: 'La sección {number:section}, {title:name}, tiene solo {first:section}.',
    section_near_none: 'La sección {number:section}, {title:name}, no tiene partes.',
    section_gone: 'Disculpe, esa sección acaba de salir del esquema.',
    section_is_last: 'Esta es la última sección.',
    outline_keys: 'Dos y ocho suben y bajan, seis entra, cuatro sale. Cinco toma la sección.',
    outline_at: '{number:section}, {title:name}.',
    outline_no_further: 'Por ahí no hay nada.',
    section_named: 'Sección {number:section}, {title:name}.',
    section_key_dictate: 'Para dictar, oprima 1.',
    section_key_more: 'Para agregar algo aquí, oprima 1.',
    section_key_hear: 'Para oír lo que otros dijeron aquí, 2.',
    section_key_next: 'Para la sección siguiente, {number:section}, {title:name}, 3.',
    section_key_other: 'Para otra sección, 4. Para terminar, cuelgue u oprima numeral.',
    contribution_record: 'Hable después del tono, por favor.',
    contribution_saved: 'Gracias. Quedó guardado. Dura {seconds:duration}.',
    contribution_saved_unknown_length: 'Gracias. Quedó guardado.',
    contributions_here:
      '{total:count(Una contribución|# contribuciones)}. Seis adelanta, cuatro regresa, cinco repite, numeral termina.',
    contribution_by: '{contributor:name}, {day:date}:',
    contribution_untyped: 'Esto todavía no está transcrito. Lo oye tal como se dijo.',
    contribution_on_its_way: 'Una parte todavía no ha llegado. Intente de nuevo en unos minutos, por favor.',
    contributions_none: 'Nadie más ha hablado aquí todavía.',
    contributions_end: 'Eso es todo hasta ahora.',
  },
  keys: {
    key_0: 'cero',
    key_1: 'uno',
    key_2: 'dos',
    key_3: 'tres',
    key_4: 'cuatro',
    key_5: 'cinco',
    key_6: 'seis',
    key_7: 'siete',
    key_8: 'ocho',
    key_9: 'nueve',
    key_star: 'asterisco',
    key_pound: 'numeral',
  },
  trouble: {
    line_not_open: 'Hola. Esta línea todavía no está abierta. Intente otro día, por favor. Hasta luego.',
    no_such_line: 'Disculpe, este número no está en servicio. Hasta luego.',
    trouble: 'Disculpe, hubo una falla de nuestro lado.',
    trouble_kept:
      'Disculpe, hubo una falla de nuestro lado. Lo que dijo hasta ahora está guardado. Un momento, por favor.',
    trouble_kept_goodbye:
      'Disculpe, ahora no podemos seguir. Lo que dijo está guardado y se transcribirá. Llame más tarde, por favor. Hasta luego.',
    trouble_goodbye:
      'Disculpe, ahora no podemos atender su llamada. Llame en unos minutos, por favor. Hasta luego.',
  },
};

export const esUS = createPromptSet({
  language: 'es-US',
  name: 'Español',
  voices: VOICES['es-US'],
  texts,
  forms: spanish,
});

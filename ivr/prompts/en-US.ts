import { english } from './forms/english.ts';
import { createPromptSet } from './prompt-set.ts';
import { VOICES } from './voices.ts';

/*
 * What callers hear, in US English. Short, because people call often; polite, because it is late.
 *
 * A new prompt goes into its group here and in every other language, with the same values (the types and
 * tests/ivr/prompts see to it). Values: {name}, or {name:form} with a form of forms/value-forms.ts.
 */
export const texts = {
  /** Who calls. */
  login: {
    greeting: 'Welcome to {line}.',
    enter_short_number: 'Please enter your short number, then press pound.',
    enter_short_number_again: 'Enter your short number and press pound. To start the entry over, press star.',
    enter_pin: 'Please enter your PIN, then press pound.',
    enter_pin_again: 'Enter your PIN and press pound. To start the entry over, press star.',
    enter_pin_other_phone: 'If this is not your phone, enter zero and press pound.',
    pin_wrong: 'Sorry, that was not right.',
    pin_wrong_last: 'Sorry, that was not right either. Please check your number and PIN, and call again.',
    pin_slowed:
      'Sorry, there were too many wrong entries. For your safety, please call again in {wait:duration}.',
    pin_slowed_own:
      'Sorry, there were too many wrong entries from this phone number. Call again in {wait:duration}, or go on with your short number.',
    nothing_entered: 'Sorry, I did not hear any keys. Please call again when you are ready. Goodbye.',
    pin_is_issued: 'The PIN you used was issued to you.',
    choose_pin: 'Please choose a PIN of your own: five to ten digits, then pound.',
    choose_pin_again:
      'Enter a new PIN of five to ten digits and press pound. To start the entry over, press star.',
    repeat_pin: 'Once more, please: the same PIN, then pound.',
    pin_too_short: 'That has fewer than five digits.',
    pin_too_long: 'That has more than ten digits.',
    pin_repeats: 'Its digits repeat, so it is easily guessed.',
    pin_sequence: 'Its digits follow each other, so it is easily guessed.',
    pin_date: 'That looks like a year or a date, so it is easily guessed.',
    pin_keypad: 'That is a line on the keypad, so it is easily guessed.',
    pin_own_number: 'That is part of your short number or phone number, so it is easily guessed.',
    pin_common: 'Many people choose that one, so it is easily guessed.',
    pin_same: 'That is the PIN you have now.',
    pin_differs: 'Those two were not the same.',
    pin_saved: 'Thank you. That is your PIN from now on.',
    pin_later: 'Then next time. Until then your PIN stays as it is.',
    pin_not_saved: 'Sorry, your PIN could not be changed now.',
  },
  /** While something is being recorded: a report, an answer, a contribution. */
  dictating: {
    record: 'Please say your report after the tone.',
    record_keys: 'Press {finish:key} to end, {pause:key} to pause, {help:key} for help.',
    record_continue: 'Go on after the tone.',
    record_at_limit: 'I am still here. Go on after the tone.',
    record_nothing_heard: 'Sorry, I could not hear anything. Please speak after the tone.',
    record_resumed: 'Sorry, something went wrong on our side. What you said is kept. Go on after the tone.',
    long_silence: 'You have been quiet for a while. What you said is kept.',
    nothing_added: 'I heard nothing new. What you said before is kept.',
    paused: 'Paused.',
    pause_keys:
      'To go on, press {continue:key}. To hear the last ten seconds, {play_last:key}. To hear all of it, {play_all:key}. To say the last part anew, {redo:key}. To drop it, {drop:key}. To mark it urgent, {urgent:key}. To put it on hold, {hold:key}. For help, {help:key}. To finish, {finish:key}.',
    pause_warning: 'Are you still there? I will hang up in a moment; what you said is kept and sent.',
    kept_and_sent_goodbye: 'I am hanging up now. What you said is kept and sent. Goodbye.',
    still_there: 'You have been speaking for a long time. Are you still there? To go on, press any key.',
    still_there_last:
      'Are you still there? To go on, press any key. Otherwise I will hang up in a moment; what you said is kept and sent.',
    record_anew: 'Say it anew after the tone.',
    here_report: 'You are in a new report.',
    here_report_continued: 'You are in a report that you began before.',
    here_contribution: 'You are in a new contribution.',
    here_contribution_continued: 'You are in a contribution that you began before.',
    here_answer: 'You are in your answer.',
    here_passage: 'You are saying an unclear passage again.',
    here_about: 'It is about {about:name}.',
    here_length: 'So far it is {seconds:duration} long.',
    here_empty: 'So far nothing is recorded.',
    help_hang_up: 'Hanging up sends it, too.',
    on_hold:
      'It is on hold. Call again to go on with it or to send it; after {hours:count(one hour|# hours)} it is sent by itself.',
    cut_off: 'We were cut off before.',
    cut_off_about: 'We were cut off before, in what you said about {about:name}.',
    cut_off_at: 'You said last:',
    resume_keys: 'To go on from there, press 1. To begin anew, press 2.',
    typed_already: 'That one has been typed already. What you say now goes with it. Speak after the tone.',
    not_unfinished: 'That one is taken care of already.',
    held_report: 'You put a report on hold {at:date}.',
    held_contribution: 'You put a contribution on hold {at:date}.',
    held_length: 'It is {seconds:duration} long.',
    held_keys: 'To go on with it, press 1. To send it, 2. To leave it on hold, 3.',
    held_sent: 'It is sent.',
    held_left: 'It stays on hold.',
    not_a_choice: 'Sorry, that key does nothing here.',
    no_part: 'There is nothing to hear or drop yet.',
    drop_question:
      'Really drop the last part, {seconds:duration} long? To drop it, press {confirm:key}. To keep it, press any other key.',
    drop_question_unknown:
      'Really drop the last part? To drop it, press {confirm:key}. To keep it, press any other key.',
    redo_question:
      'Really say the last part anew, {seconds:duration} long? The old one is dropped. To do so, press {confirm:key}. To keep it, press any other key.',
    redo_question_unknown:
      'Really say the last part anew? The old one is dropped. To do so, press {confirm:key}. To keep it, press any other key.',
    dropped: 'The last part is dropped.',
    kept: 'The last part is kept.',
    marked_urgent: 'It is marked urgent.',
    saved: 'Thank you. Your report is on its way. It is {seconds:duration} long.',
    saved_unknown_length: 'Thank you. Your report is on its way.',
    reference: 'Its reference is {reference:digits}.',
    nothing_sent: 'Nothing was kept, so nothing was sent.',
  },
  /** Before and after a report: replies, questions, messages, briefing. */
  report: {
    doubt: 'One passage was unclear in the report you made {day:date}.',
    doubt_about: 'One passage was unclear in the report you made {day:date} about {about:name}.',
    doubt_keys:
      'Please say that once more: press 1, or wait. Not now, 2. If you do not know any more, 3. To hear it again, star.',
    doubt_record: 'Say it again after the tone, then press pound.',
    doubt_spell: 'Say it again after the tone and spell it, then press pound.',
    doubt_thanks: 'Thank you.',
    doubt_later: 'All right, next time.',
    doubt_given_up: 'All right. Thank you.',
    replies_one: 'There is an answer to one of your reports.',
    replies_many: 'There are {count} answers to your reports.',
    reply_about: '{author:name} answered your report about {about:name}:',
    reply: '{author:name} answered your report:',
    reply_keys: 'Got it, press 1. Again, 2. Keep it for later, 3. Or just start your report.',
    reply_kept: 'It is kept.',
    office_asks: 'The office asks:',
    record_at_once: 'Go ahead after the tone.',
    record_about: 'Please say your report about {name:name} after the tone.',
    afterwards:
      'For another report, press 1. For messages, 2. For a briefing, 3. To report on one account, 4. If something in the CRM is wrong, 5. To change your PIN, 9. To finish, hang up or press pound.',
    account_for_briefing: 'A briefing on which account? Key in its number and pound.',
    account_for_report: 'A report on which account? Key in its number and pound.',
    account_last: 'Or the key of one of your last.',
    account_key: '{key}: {name:name}.',
    account_again: 'Key in the number of the account and pound. To go back, press zero.',
    account_unknown: 'There is no account of that number.',
    account_chosen: '{name:name}. If that is not the one, press star.',
    briefing_on: '{name:name}. Six goes on, four goes back, star ends.',
    briefing_nothing: 'Nothing is on file yet about {name:name}.',
    briefing_keys:
      'Six goes on, four goes back, five repeats. To report on this account, press 1. Star ends.',
    briefing_over:
      'To report on this account, press 1. To hear it again, 5. For another account, 3. For the menu, star.',
    no_messages: 'You have no messages.',
    flag_none: 'You have no reports yet.',
    flag_which: 'Which report? To go back, press zero.',
    flag_key_about: '{key}: {name:name}, {day:date}.',
    flag_key: '{key}: the one you made {day:date}.',
    flag_what:
      'It is marked. What is wrong? The customer or the people, press 1. Numbers, 2. Next steps, 3. Something else, 4. If it is another report, star.',
    flag_thanks: 'Thank you. Somebody looks into it, and you will hear what was done.',
    flag_settled_about: 'What you marked as wrong in your report about {about:name} is settled.',
    flag_settled: 'What you marked as wrong in your report is settled.',
    goodbye: 'Goodbye.',
  },
  /** The anonymous survey. */
  survey: {
    survey_consent:
      'If you go on, you agree that your answers are recorded and written down by a person; you can stop at any time.',
    survey_anonymity:
      'We do not keep your phone number, we keep your answers apart from your ID, and each recording is destroyed when it is written down.',
    survey_enter_id: 'Please enter the twelve digits of your anonymous ID, then press pound.',
    survey_id_mistyped: 'One of the digits is not right. Please try again.',
    survey_id_length: 'An ID has twelve digits. Please try again.',
    survey_id_unknown: 'Sorry, this ID does not belong to this survey. Please look at your letter again.',
    survey_id_goodbye: 'Sorry, that did not work. Please look at your letter, and call again. Goodbye.',
    survey_id_revoked:
      'Sorry, this ID is not valid any more. If you were sent another one, please use that. Goodbye.',
    survey_id_finished:
      'You have answered all questions with this ID already. Thank you for your time. Goodbye.',
    survey_id_slowed: 'Sorry, there were too many wrong IDs. Please call again in {wait:duration}. Goodbye.',
    survey_opens: 'This survey opens {date:date}. Please call again then. Goodbye.',
    survey_closed: 'This survey is closed. Thank you for calling. Goodbye.',
    survey_begin: 'Thank you. There are {count} questions.',
    survey_begin_one: 'Thank you. There is one question.',
    survey_how:
      'Speak for as long as you like after each tone. Press pound when you are done, or star for help.',
    survey_welcome_back: 'Welcome back. What you said in your earlier call is kept, and we go on from there.',
    survey_question: 'Question {number} of {count}.',
    survey_last_question: 'The last question.',
    survey_begun_before: 'You began to answer it in your earlier call.',
    survey_answer_kept: 'Thank you.',
    survey_answer_now: 'Please answer after the tone.',
    survey_answer_anew: 'That is taken back. Please answer anew after the tone.',
    survey_nothing_goodbye:
      'Sorry, I still could not hear anything. Please call again with the same ID when it suits you. Goodbye.',
    survey_silent_goodbye:
      'What you said is kept. Call again with the same ID to go on, whenever it suits you. Goodbye.',
    survey_keys:
      'To go on speaking, press 1. To hear the question again, 2. To hear your answer, 3. To say it anew, 4. To skip the question, 5. For the next question, press pound.',
    survey_keys_unanswered: 'To answer, press 1. To hear the question again, 2. To skip it, 5.',
    survey_your_answer: 'This is your answer.',
    survey_nothing_to_hear: 'There is nothing to hear.',
    survey_written_already:
      'What you said in your earlier call is written down already and stays. You can add to it.',
    survey_not_answered: 'I have heard no answer yet.',
    survey_anew_question: 'Really say it anew? To take back your answer, press 9. To keep it, press 1.',
    survey_skip_question:
      'Really skip this question? To take back your answer, press 9. To keep it, press 1.',
    survey_kept: 'Your answer is kept.',
    survey_taken_back: 'Your answer is taken back.',
    survey_skipped: 'That question is skipped.',
    survey_elsewhere: 'You go on in another call with this ID. What you said here is kept. Goodbye.',
    survey_thanks: 'That was all. Thank you very much for your time. Goodbye.',
  },
  /** The proposal line. */
  proposal: {
    proposals_many: 'You contribute to {count} proposals.',
    proposal_choice: 'For {title:name}, press {key}.',
    proposal_choice_more: 'For the others, press 9.',
    proposal_named: 'This is for {title:name}.',
    proposal_none:
      'You are not a contributor of any open proposal. Please ask whoever manages yours to add you. Goodbye.',
    proposal_not_member:
      'You are not a contributor of {title:name}. Please ask whoever manages it to add you. Goodbye.',
    proposal_closed: '{title:name} is closed and takes no more contributions. Thank you. Goodbye.',
    proposal_no_outline: '{title:name} has no sections yet. Please call again when it has. Goodbye.',
    unfinished_in_section: 'In section {number:section}, {title:name}:',
    section_enter:
      'Which section? Key in its number, star for the point, then pound. To walk through the outline, press zero and pound.',
    section_enter_again:
      'Key in a section number. For section 1 point 2, that is 1, star, 2, pound. For the outline, zero and pound.',
    section_not_a_number: 'Sorry, that is no section number.',
    section_missing: 'There is no section {number:section}.',
    sections_all: 'The sections are {first:section} to {last:section}.',
    sections_only: 'The only section is {first:section}.',
    section_near_parts: 'Section {number:section}, {title:name}, has {first:section} to {last:section}.',
    section_near_one: 'Section {number:section}, {title:name}, has only {first:section}.',
    section_near_none: 'Section {number:section}, {title:name}, has no parts.',
    section_gone: 'Sorry, that section was just taken out of the outline.',
    section_is_last: 'This is the last section.',
    outline_keys: 'Two and eight go up and down, six goes in, four goes out. Five takes the section.',
    outline_at: '{number:section}, {title:name}.',
    outline_no_further: 'There is nothing that way.',
    section_named: 'Section {number:section}, {title:name}.',
    section_key_dictate: 'To dictate, press 1.',
    section_key_more: 'To add something here, press 1.',
    section_key_hear: 'To hear what others said here, 2.',
    section_key_next: 'For the next section, {number:section}, {title:name}, 3.',
    section_key_other: 'For another section, 4. To finish, hang up or press pound.',
    contribution_record: 'Please speak after the tone.',
    contribution_saved: 'Thank you. It is kept, {seconds:duration} long.',
    contribution_saved_unknown_length: 'Thank you. It is kept.',
    contributions_here:
      '{total:count(One contribution|# contributions)}. Six goes on, four goes back, five repeats, pound ends.',
    contribution_by: '{contributor:name}, {day:date}:',
    contribution_untyped: 'This has not been typed yet. You hear it as it was said.',
    contribution_on_its_way: 'Some of it has not arrived here yet. Please try again in a few minutes.',
    contributions_none: 'Nobody else has spoken here yet.',
    contributions_end: 'That is all so far.',
  },
  /** Keys and digits, for recordings; see recorded/key-prompt.ts. */
  keys: {
    key_0: 'zero',
    key_1: 'one',
    key_2: 'two',
    key_3: 'three',
    key_4: 'four',
    key_5: 'five',
    key_6: 'six',
    key_7: 'seven',
    key_8: 'eight',
    key_9: 'nine',
    key_star: 'star',
    key_pound: 'pound',
  },
  /** When the line can't do what it is for. */
  trouble: {
    line_not_open: 'Hello. This line is not open yet. Please try again another day. Goodbye.',
    no_such_line: 'Sorry, this number is not in service. Goodbye.',
    trouble: 'Sorry, something went wrong on our side.',
    trouble_kept:
      'Sorry, something went wrong on our side. What you said so far is kept. One moment, please.',
    trouble_kept_goodbye:
      'Sorry, we cannot go on right now. What you said is kept and will be typed. Please call again later. Goodbye.',
    trouble_goodbye:
      'Sorry, we cannot take your call right now. Please call again in a few minutes. Goodbye.',
  },
} as const;

export const enUS = createPromptSet({
  language: 'en-US',
  name: 'English',
  voices: VOICES['en-US'],
  texts,
  forms: english,
});

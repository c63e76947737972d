import type { PromptSet } from './prompt.ts';

/** What callers hear. Short, because people call often; polite, because it is late. */
export const prompts = {
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
  nothing_entered: 'Sorry, I did not hear any keys. Please call again when you are ready. Goodbye.',
  replies_one: 'There is an answer to one of your reports.',
  replies_many: 'There are {count} answers to your reports.',
  reply_about: '{author} answered your report about {about}:',
  reply: '{author} answered your report:',
  reply_keys: 'If you have got that, press 1. To hear it again, press 2. To keep it for later, press 3.',
  record: 'Please say your report after the tone.',
  record_keys: 'Pound ends it, star pauses.',
  record_continue: 'Go on after the tone.',
  record_at_limit: 'I am still here. Go on after the tone.',
  record_nothing_heard: 'Sorry, I could not hear anything. Please speak after the tone.',
  record_nothing_goodbye:
    'Sorry, I still could not hear anything, so nothing was sent. Please try again from another place. Goodbye.',
  record_resumed: 'Sorry, something went wrong on our side. What you said is kept. Go on after the tone.',
  long_silence: 'You have been quiet for a while. What you said is kept.',
  nothing_added: 'I heard nothing new. What you said before is kept.',
  paused: 'Paused.',
  pause_keys:
    'To go on, press 1. To hear the last part, 2. To drop the last part, 3. To mark it urgent, 4. To finish, press pound.',
  not_a_choice: 'Sorry, that key does nothing here.',
  no_part: 'There is nothing to hear or drop yet.',
  drop_question:
    'Really drop the last part, {seconds:duration} long? To drop it, press 9. To keep it, press 1.',
  drop_question_unknown: 'Really drop the last part? To drop it, press 9. To keep it, press 1.',
  dropped: 'The last part is dropped.',
  kept: 'The last part is kept.',
  marked_urgent: 'It is marked urgent.',
  saved: 'Thank you. Your report is on its way. It is {seconds:duration} long.',
  saved_unknown_length: 'Thank you. Your report is on its way.',
  reference: 'Its reference is {reference:digits}.',
  nothing_sent: 'Nothing was kept, so nothing was sent.',
  afterwards: 'For another report, press 1. For messages, 2. To finish, hang up or press pound.',
  no_messages: 'You have no messages.',
  goodbye: 'Goodbye.',
  line_not_open: 'Hello. This line is not open yet. Please try again another day. Goodbye.',
  no_such_line: 'Sorry, this number is not in service. Goodbye.',
  trouble: 'Sorry, something went wrong on our side.',
  trouble_kept: 'Sorry, something went wrong on our side. What you said so far is kept. One moment, please.',
  trouble_kept_goodbye:
    'Sorry, we cannot go on right now. What you said is kept and will be typed. Please call again later. Goodbye.',
  trouble_goodbye: 'Sorry, we cannot take your call right now. Please call again in a few minutes. Goodbye.',
} as const;

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

/** "2 minutes and 5 seconds"; from ten minutes on whole minutes. */
function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  if (minutes === 0) return count(whole, 'second');
  if (rest === 0) return count(minutes, 'minute');
  if (minutes >= 10) return count(Math.round(whole / 60), 'minute');
  return `${count(minutes, 'minute')} and ${count(rest, 'second')}`;
}

export const enUS: PromptSet = { language: 'en-US', voice: 'Polly.Joanna', texts: prompts, duration };

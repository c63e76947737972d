/** What customers of the demo company said: by group, one list a respondent, in order of the questions; null: skipped. */
export const SURVEY_ANSWERS: Readonly<Record<string, readonly (readonly (string | null)[])[]>> = {
  Southwest: [
    [
      'He was on time and he knew the station. What I missed was a number to call afterwards, because two days later the seal leaked again and I went through three people.',
      'Ship the seal kits with the pump. We always wait a week for them.',
      'Somebody who keeps parts within a day’s drive.',
      null,
    ],
    [
      'Fine. They explained what they did, and they wrote it down for the night shift, which nobody else does.',
      null,
      'If the price went up again as it did in spring, we would have to ask for other bids. Not because of the pumps, because the council asks.',
      'Nobody asks our operators. They are the ones who live with it.',
    ],
    [
      'I don’t remember the last visit, and that says something. It has been over a year.',
      'Make the controls simpler. We have one man who can set them, and he retires in June.',
      'A dealer who comes by without being called.',
      null,
    ],
    ['Very good, no complaints at all.', 'The valves are heavy for one person to change.', null, null],
    [
      'The visit was good. The invoice that came after it was not what we had been told.',
      'The paint comes off on the south side, in the sun.',
      'Being surprised by an invoice once more.',
      'Ask before you change our contact. We had four in three years.',
    ],
  ],
  Midwest: [
    [
      'It went well. He took an hour to listen to us before he opened a single cabinet.',
      'Quieter. We have houses within a hundred feet.',
      null,
      null,
    ],
    [
      'He came without the part, so he came twice, and we were down for both days.',
      'Nothing about the pumps. The manuals: they are for the model before ours.',
      'Being down two days in winter. We can’t have that again.',
      'Whether we would pay for a spare that stands here. We would.',
    ],
    ['Good man. He stayed until it ran.', null, 'Nothing, as things are.', null],
    [
      'We were told a window from eight to four. A text message in the morning would have saved somebody’s day.',
      'An app or a page where I see when the filter was last changed.',
      'If somebody offered that.',
      null,
    ],
    [
      'All right.',
      'The lead time of spare impellers. Sixteen weeks is not a lead time.',
      'Sixteen weeks.',
      'No, but thank you for asking on the phone and not with little boxes.',
    ],
  ],
};

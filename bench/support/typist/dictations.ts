import type { WrittenUnit } from '../alignment/speak-dictation.ts';

export interface DictatedUnit extends WrittenUnit {
  /** Label of the code that belongs first. */
  code: string;
}

/** Three reports to the demo company that no model was trained on. */
export const DICTATIONS: readonly { name: string; units: readonly DictatedUnit[] }[] = [
  {
    name: 'a good visit',
    units: [
      {
        code: 'Administration',
        text: 'Dale here, I just left Double T Cattle Feeders and it was Travis Teague and Bonnie.',
      },
      { code: 'Background', text: 'Travis bought the section next door,' },
      { code: 'Need', text: 'so he needs water out to nine more pens before summer.' },
      {
        code: 'Product feedback',
        text: 'The RanchMates we put in two years ago have not had a wrench on them,',
      },
      { code: 'Opportunity', text: 'and he is thinking of six more.', para: false },
      { code: 'Pricing', text: 'I told him $2,650 apiece with the brackets.', para: true },
      { code: 'Pricing', text: 'Bonnie wrote it down and did not say a word.' },
      { code: 'Competitor', text: 'Midstates has been in there with a cheaper pump,' },
      { code: 'Competitor', text: 'but it is plastic inside.' },
      { code: 'Decision process', text: 'Bonnie signs anything over ten thousand dollars.' },
      { code: 'Next step', text: 'I will send her the quote by Friday', para: true },
      { code: 'Next step', text: 'and bring a demo pump out on Monday.' },
      { code: 'Opportunity', text: 'I think we get this one.' },
    ],
  },
  {
    name: 'a complaint',
    units: [
      { code: 'Administration', text: 'This is Dale with a call from Permian Basin Potash in Carlsbad.' },
      {
        code: 'Product feedback',
        text: 'Mike Trujillo says the Titan on the tailings line is leaking at the gland again,',
      },
      { code: 'Product feedback', text: 'and that is the second seal kit since March.' },
      { code: 'Service and delivery', text: 'He called our service desk on Tuesday' },
      { code: 'Service and delivery', text: 'and nobody called him back until Thursday night.' },
      { code: 'Need', text: 'They lose about 40 tons an hour when that pump is down.', para: true },
      {
        code: 'Objection or risk',
        text: 'Shelby Crane told him to get a price from Ironwood Slurry Systems,',
      },
      { code: 'Objection or risk', text: 'so we could lose the whole tailings line.' },
      { code: 'Next step', text: 'I am driving down there tomorrow with a new gland', para: true },
      { code: 'Next step', text: 'and Frank in quality has to look at the old seals.' },
      { code: 'Commitment', text: 'Mike promised to wait with Ironwood until I have been there.' },
      { code: 'Administration', text: 'That is all from Carlsbad.' },
    ],
  },
  {
    name: 'a bid',
    units: [
      {
        code: 'Administration',
        text: 'Dale again, video call with Samuel Ortega, City of Midland Utilities.',
      },
      {
        code: 'Need',
        text: 'They have 14 valves on the east loop that will not close,',
      },
      { code: 'Need', text: 'and the state wrote them up for it in January.' },
      {
        code: 'Budget and timing',
        text: 'The council put $180,000 aside for valves this year,',
      },
      { code: 'Budget and timing', text: 'but it has to be spent by the end of September.' },
      { code: 'Opportunity', text: 'He likes the GateMaster for all of them.', para: true },
      { code: 'Competitor', text: 'Delano Valve and Fitting is bidding too,' },
      { code: 'Competitor', text: 'and they can deliver from El Paso.' },
      { code: 'Decision process', text: 'Samuel writes the specification himself' },
      { code: 'Decision process', text: 'and the council votes on the second Tuesday in May.' },
      {
        code: 'Market trend',
        text: 'Every town out here is doing valves because of that state letter.',
        para: true,
      },
      { code: 'Next step', text: 'I owe him a spec sheet and three references by Wednesday.' },
    ],
  },
];

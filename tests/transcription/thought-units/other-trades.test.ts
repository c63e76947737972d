import { describe, expect, it } from 'vitest';
import { analyze, prepareVocabulary } from '../../../transcription/thought-units/analyze.ts';

/**
 * Fields of sentences from trades that no report of the demo company or of training is of: a company that supplies
 * clinics, haulers, builders, a bakery, a township and an insurer, with look-alike customers and shared names.
 */
const account = (id: string, name: string, aliases: string[], city: string) => ({
  id,
  name,
  aliases,
  city,
  state: 'MN',
  region: 'North',
  lifecycle: 'active' as const,
});
const lexicon = prepareVocabulary({
  company: 'Arbor Supply',
  industry: 'Devices, software and services',
  reps: [
    { id: 'r1', name: 'Nora Fitch', territory: 'Minnesota', region: 'North' },
    { id: 'r2', name: 'Sam Ortega', territory: 'Wisconsin', region: 'North' },
  ],
  accounts: [
    account('a1', 'Lakeside Surgical Center', ['Lakeside Surgical', 'the surgery center'], 'Duluth'),
    account('a2', 'Lakeside Dental Partners', ['Lakeside Dental'], 'Superior'),
    account('a3', 'Burnham Freight Lines, Inc.', ['Burnham Freight'], 'Eau Claire'),
    account('a4', 'Burnham Township', ['the township'], 'Burnham'),
    account('a5', 'Pinecrest Builders', ['Pinecrest'], 'Rochester'),
    account('a6', 'Old Mill Bakery', ['the bakery'], 'Winona'),
    account('a7', 'Cobalt Mutual Insurance', ['Cobalt Mutual', 'Cobalt'], 'Mankato'),
  ],
  contacts: [
    { id: 'c1', name: 'Alice Chen', account: 'a1', title: 'Director of Nursing' },
    { id: 'c2', name: 'David Chen', account: 'a3', title: 'Fleet Manager' },
    { id: 'c3', name: 'Tom Nakamura', account: 'a1', title: 'Buyer' },
    { id: 'c4', name: 'Tom Brandt', account: 'a5', title: 'Owner' },
    { id: 'c5', name: 'Dr. Irene Falk', account: 'a2', title: 'Dentist' },
    { id: 'c6', name: 'Maria Santos-Reed', account: 'a7', title: 'Claims Director' },
    { id: 'c7', name: 'Pete Lindgren', account: 'a6', title: 'Owner' },
    { id: 'c8', name: 'Joe McAllister', account: 'a3', title: 'Controller' },
  ],
  products: [
    { id: 'p1', name: 'PulsePoint Infusion Pump', aliases: ['PulsePoint', 'the infusion pump'] },
    { id: 'p2', name: 'Ledgerline Cloud', aliases: ['Ledgerline'] },
    { id: 'p3', name: 'RouteWise 200', aliases: ['RouteWise', 'the two hundred'] },
  ],
  competitors: [
    { id: 'k1', name: 'Axiom Devices', aliases: ['Axiom'] },
    { id: 'k2', name: 'Borealis Software', aliases: ['Borealis'] },
  ],
});

/** Thursday. */
const CALL_DATE = '2026-04-09';
const OPENING = 'Nora here on Lakeside Surgical. ';
const read = (transcript: string) =>
  analyze({ transcript, callDate: CALL_DATE, rep: 'r1', vocabulary: lexicon }).fields;
const figures = (found: { value: { value: number; of: string } }[]) =>
  found.map(({ value }) => `${value.value} ${value.of}`).join(', ');
const values = (found: { value: string }[]) => found.map(({ value }) => value).join(', ');

describe('money, and what it is of', () => {
  it.each([
    ['I told her four fifty a unit.', '450 price'],
    ['Axiom came in at nineteen five.', '19500 price'],
    ['It would be 1.2 million over the term of the contract.', '1200000 deal'],
    ['They pay a buck eighty a pound for it now.', '1.8 price'],
    ['There is half a million in the capital plan for it.', '500000 budget'],
    ['I quoted forty, no, forty-five thousand for the whole job.', '45000 deal'],
    ['It will be between thirty and thirty-five thousand for the whole job.', '30000 deal, 35000 deal'],
    ['They spend sixty to seventy thousand dollars a year on overtime.', '60000 other, 70000 other'],
    ['They have two hundred grand set aside for this.', '200000 budget'],
    ['She has a quarter of a million to spend.', '250000 budget'],
    ['Axiom is at eleven ninety-five a chair.', '1195 price'],
    ['She can sign up to twenty-five thousand by herself.', '25000 other'],
    ['I knocked off fifteen hundred and she was happy.', '1500 discount'],
    ['They bought $88,000 of supplies from us last year.', '88000 volume-spend'],
    ['The state fined them $12,000 for that.', '12000 other'],
    ['I quoted a hundred and ten thousand for the three of them.', '110000 deal'],
    ['It is twenty-two cents a mile more than they pay now.', '0.22 price'],
    ['The new wing is a two and a quarter million dollar job.', '2250000 deal'],
    ['We are at forty-two hundred a month for the service.', '4200 price'],
    ['He pays $3.50 a case for the gloves.', '3.5 price'],
    ['It comes to eighty-four six with the training.', '84600 deal'],
    ['I quoted one eighty-five per seat.', '185 price'],
    ['I gave them five hundred bucks off the first invoice.', '500 discount'],
    ['We would have to eat about three thousand in freight.', '3000 other'],
    ['Our price is $64,000 for both.', '64000 deal'],
    ['Last year they did about three hundred thousand with us.', '300000 volume-spend'],
    ['The deductible is five thousand dollars.', '5000 other'],
    ['They lost eight thousand dollars of product when it quit.', '8000 other'],
    ['The grant is for $150,000.', '150000 budget'],
    ['His budget for the whole thing is ninety thousand.', '90000 budget'],
    ['He wants us at $58,000 instead of $64,000.', '58000 deal, 64000 deal'],
    ['The premium is $4,200 a year.', '4200 deal'],
    ['I offered to take two thousand dollars off.', '2000 discount'],
    ['Borealis charges them fourteen dollars a seat.', '14 price'],
    [
      'We quoted sixteen dollars a seat, and they have two hundred seats, so thirty-eight four a year.',
      '16 price, 38400 deal',
    ],
    ['Anything over fifty thousand goes to the board.', '50000 other'],
    ["They have $1.1 million left in this year's budget.", '1100000 budget'],
    ['He said eighteen, maybe twenty thousand dollars was what he could find.', '18000 budget, 20000 budget'],
    ["It's six ninety-nine a month for each location.", '699 price'],
    ["We're at three and a quarter a square foot.", '3.25 price'],
    ['They have four hundred beds.', ''],
    ['We met at ten thirty.', ''],
    ['They opened in 2019.', ''],
    ['She has nine hundred employees.', ''],
    ['Her office is in room twelve fifty.', ''],
    ['He has forty-five hundred patients.', ''],
    ['They run a hundred and twenty trucks out of two terminals.', ''],
    ['It took him three and a half hours.', ''],
    ['The route is four hundred and ten miles.', ''],
    ['They have been open since nineteen eighty-five.', ''],
    ['She has been there twenty-five years.', ''],
    ['They do about six thousand loaves a day.', ''],
    ['It was ninety-five degrees in there.', ''],
    ['They want delivery by six thirty every morning.', ''],
    ['Call me at extension four fifty.', ''],
  ])('%s', (sentence, wanted) => {
    expect(figures(read(OPENING + sentence).amounts)).toBe(wanted);
  });
});

describe('percentages, and what they are of', () => {
  it.each([
    ['Axiom was ten to twelve percent under us.', '10 price, 12 price'],
    ['She wants three and a half percent off.', '3.5 discount'],
    ['I give it sixty percent.', '60 other'],
    ['I can go to eight percent without asking anybody.', '8 discount'],
    ['She asked for fifteen percent. I offered her ten.', '15 discount, 10 discount'],
    ['Failures are down by half a percent.', '0.5 other'],
    ['The rate goes up four percent, no, five percent in June.', '5 price'],
    ['We are 7% over Borealis.', '7 price'],
    ['Utilization is at ninety-one percent.', '91 other'],
  ])('%s', (sentence, wanted) => {
    expect(figures(read(OPENING + sentence).percents)).toBe(wanted);
  });
});

describe('the customer by alias, look-alike, city and people', () => {
  it.each([
    ['Nora Fitch, I was at the surgery center yesterday with Alice Chen.', 'a1'],
    ['This is Nora. I met with Dr. Falk in Superior about the new chairs.', 'a2'],
    ['Hi, Nora, I just left Burnham, the freight people, not the township. David Chen was there.', 'a3'],
    ['Nora here. I sat down with Tom Brandt at his trailer.', 'a5'],
    ['Nora, quick one on Lakeside Dental, not Lakeside Surgical. Irene wants a quote.', 'a2'],
    [
      "Nora here with a report on the bakery. Pete was up to his elbows in dough. They used to buy from Pinecrest's caterer.",
      'a6',
    ],
    ["It's Nora, I had Maria Santos-Reed on the phone this morning.", 'a7'],
    ['Nora Fitch. Township hall, Burnham, this morning.', 'a4'],
    ['Nora again. Joe McAllister called about the invoice for the trucks.', 'a3'],
    ['This is Sam with a call on the Mankato folks. Maria had me in for an hour.', 'a7'],
  ])('%s', (transcript, wanted) => {
    expect(read(transcript).account?.value).toBe(wanted);
  });
});

describe('known people', () => {
  it.each([
    ['Nora here on Lakeside Surgical. I saw Tom and Alice.', 'c3, c1'],
    ['Nora here on Pinecrest. Tom showed me around.', 'c4'],
    ['Nora here on Burnham Freight. Mr. Chen signed it.', 'c2'],
    ['Nora here on Lakeside Surgical. Ms. Chen signed it.', 'c1'],
    ['Nora here on Cobalt Mutual. Maria Santos-Reed and her people were there.', 'c6'],
    ['Nora here on Cobalt Mutual. Ms. Santos-Reed was there.', 'c6'],
    ['Nora here on Lakeside Dental. Dr. Falk was in surgery. Irene called me back.', 'c5'],
    ["Nora here on Old Mill Bakery. Pete's daughter Alice runs the counter.", 'c7'],
    ['Nora here on Burnham Freight. McAllister wants the bill fixed.', 'c8'],
    [
      'Nora here on Lakeside Surgical. Tom Nakamura said that Tom Brandt over at Pinecrest sent him.',
      'c3, c4',
    ],
    ['Nora here on Burnham Freight. Sam in our billing department owes Joe a call.', 'c8'],
  ])('%s', (transcript, wanted) => {
    expect(values(read(transcript).contacts)).toBe(wanted);
  });
});

describe('new people', () => {
  it.each([
    ['Nora here on Lakeside Surgical. Their CFO, a Ms. Tran, came in late.', 'Ms. Tran'],
    ['Nora here on Pinecrest. Tom brought in his estimator, Kyle Vandermeer.', 'Kyle Vandermeer'],
    ['Nora here on Burnham Freight. The new dispatcher is called Renata.', 'Renata'],
    ['Nora here on Cobalt Mutual. I met Gloria Whitehorse, who runs underwriting.', 'Gloria Whitehorse'],
    ['Nora here on Lakeside Dental. The hygienist, Bev, did most of the talking.', 'Bev'],
    [
      "Nora here on Old Mill Bakery. There's a new guy running production, Hector Villalobos.",
      'Hector Villalobos',
    ],
    [
      'Nora here on Lakeside Surgical. Alice has been replaced by somebody named Jerome Pickett.',
      'Jerome Pickett',
    ],
    ['Nora here on Pinecrest. Our installer, Duane Kipp, was there too.', ''],
    ["Nora here on Pinecrest. Tom's wife, Shelly, made us lunch.", ''],
    ['Nora here on Burnham Freight. They use a consultant, Ray Oakes.', ''],
    ['Nora here on Lakeside Surgical. We drove past the Mall of America on Saint Paul Street.', ''],
    ['Nora here on Lakeside Surgical. Dr. Okonjo, the anesthesiologist, hates the alarm.', 'Dr. Okonjo'],
    [
      'Nora here on Burnham Freight. David introduced me to his boss, Walter Tillman, and to Fay Ostrow from safety.',
      'Walter Tillman, Fay Ostrow',
    ],
    ['Nora here on Lakeside Surgical. The Axiom rep, Todd Bly, was in the lobby.', ''],
    ['Nora here on Pinecrest. I was there with Gus from our Duluth office.', ''],
    ['Nora here on Pinecrest. A fellow by the name of Arne Solheim runs the yard.', 'Arne Solheim'],
    [
      'Nora here on Lakeside Dental. Talk to Janelle, she said, Janelle Brooks, the office manager.',
      'Janelle Brooks',
    ],
    ["Nora here on Cobalt Mutual. It was Black Friday and New Year's Eve rolled into one.", ''],
    ['Nora here on Burnham Freight. The mechanic there, a kid named Tito, loves it.', 'Tito'],
  ])('%s', (transcript, wanted) => {
    expect(values(read(transcript).newContacts)).toBe(wanted);
  });
});

describe('new competitors', () => {
  it.each([
    [
      'Nora here on Lakeside Surgical. They are also talking to an outfit called Meridien Health.',
      'Meridien Health',
    ],
    [
      'Nora here on Burnham Freight. Ironclad Telematics quoted them nine dollars a truck.',
      'Ironclad Telematics',
    ],
    ['Nora here on Cobalt Mutual. They looked at something called ClaimFox.', 'ClaimFox'],
    ['Nora here on Pinecrest. He buys his fasteners from Gopher State Supply.', 'Gopher State Supply'],
    [
      'Nora here on Old Mill Bakery. A company out of Fargo, Red River Ovens, was in there last week.',
      'Red River Ovens',
    ],
    ['Nora here on Lakeside Surgical. Their insurance is with Blue Cross.', ''],
    ['Nora here on Burnham Freight. They have been with Truckwell for eight years.', 'Truckwell'],
    ['Nora here on Burnham Freight. They haul for General Mills and Target.', ''],
    ['Nora here on Cobalt Mutual. The incumbent is Stonebridge.', 'Stonebridge'],
    ["Nora here on Lakeside Surgical. Axiom's bid was late.", ''],
  ])('%s', (transcript, wanted) => {
    expect(values(read(transcript).newCompetitors)).toBe(wanted);
  });
});

describe('day and kind of the meeting', () => {
  it.each([
    ['Nora here, I was at Pinecrest yesterday.', '2026-04-08 visit'],
    ['Nora here on Pinecrest, we did a Teams call Tuesday.', '2026-04-07 video'],
    ['Nora here, I just hung up with Tom Brandt at Pinecrest.', '2026-04-09 phone'],
    ['Nora here on Pinecrest, ran into Tom at the home show last Friday.', '2026-04-03 event'],
    ['Nora here on Pinecrest, Tom and I have been emailing back and forth since Monday.', '2026-04-06 email'],
    ['Nora here on Pinecrest. I swung by the job site this morning.', '2026-04-09 visit'],
    ['Nora here on Pinecrest, lunch with Tom on Wednesday.', '2026-04-08 visit'],
    ['Nora here on Pinecrest. Tom caught me on my cell an hour ago.', '2026-04-09 phone'],
    ['Nora here on Pinecrest. I sat in on their safety breakfast on the second.', '2026-04-02 event'],
    ['Nora here on Pinecrest. He texted me, so I gave him a ring over the weekend.', 'null phone'],
    ['Nora here on Pinecrest, screen share with Tom two days ago.', '2026-04-07 video'],
    ['Nora here, sitting in my car outside Pinecrest.', '2026-04-09 visit'],
    ['Nora here on Pinecrest, met on March 30th.', '2026-03-30 visit'],
    ['Nora here. Pinecrest, Monday, in the trailer. Tom had the plans out.', '2026-04-06 visit'],
    ['Nora here on Pinecrest. It was yesterday that I saw Tom. He called me names.', '2026-04-08 visit'],
    ['Nora here, Pinecrest, telephone, Tuesday. Tom was short with me.', '2026-04-07 phone'],
    ["Nora here, straight after our video call with Tom at Pinecrest, and I'm beat.", '2026-04-09 video'],
    [
      "Nora here. Saturday was the builders' day over in Salem, and Tom of Pinecrest was there.",
      '2026-04-04 event',
    ],
    ['Nora here on Pinecrest. Their saw broke down Monday. Tom rang me this morning.', '2026-04-09 phone'],
    ["Nora here, it's Thursday, and Pinecrest is the one I drove out to yesterday.", '2026-04-08 visit'],
    ['Nora here, pulling out of Pinecrest with mud on my boots.', '2026-04-09 visit'],
    ['Nora here on Pinecrest, site meeting of Tuesday the seventh.', '2026-04-07 visit'],
    [
      "Nora here on Pinecrest. I don't take this by phone, so I went in person yesterday.",
      '2026-04-08 visit',
    ],
    ['Nora here on Pinecrest. Nine holes with Tom on Friday.', '2026-04-03 event'],
  ])('%s', (transcript, wanted) => {
    const { meetingDate, meetingType } = read(`${transcript} He likes the new saw.`);
    expect(`${meetingDate?.value ?? null} ${meetingType?.value}`).toBe(wanted);
  });
});

describe('whose step, and by when', () => {
  it.each([
    ["I'll send him the quote by Friday.", 'rep 2026-04-10'],
    ["I'll send him the quote next Friday.", 'rep 2026-04-17'],
    ['Tom will call me tomorrow.', 'customer 2026-04-10'],
    ['Tom is going to get me the drawings by the end of next week.', 'customer 2026-04-17'],
    ['Our billing department will call him on Monday.', 'colleague 2026-04-13'],
    ['I need to get him a sample in two weeks.', 'rep 2026-04-23'],
    ["I'll be back there on the twentieth.", 'rep 2026-04-20'],
    ["I'll follow up sometime next month.", 'rep null'],
    ["I'm going to send the contract over tonight.", 'rep 2026-04-09'],
    ["I'm meeting with him a week from Tuesday.", 'rep 2026-04-21'],
    ["We'll have the proposal to them by May first.", 'rep 2026-05-01'],
    ['Legal will review the redlines by the end of the month.', 'colleague 2026-04-30'],
    ['I will drop off the samples before Memorial Day.', 'rep 2026-05-25'],
    ["I'll call him the day after tomorrow.", 'rep 2026-04-11'],
    ["I told him I'd have an answer by close of business Tuesday.", 'rep 2026-04-14'],
    ["I'll send it within the next ten days.", 'rep 2026-04-19'],
    ["I'll check back in sixty days.", 'rep 2026-06-08'],
    ["I'll see him Wednesday of next week.", 'rep 2026-04-15'],
    ["I'll ship the demo unit on 4/22.", 'rep 2026-04-22'],
    ['I will email him the brochure this afternoon.', 'rep 2026-04-09'],
    ["I'll call Thursday.", 'rep 2026-04-16'],
    ["I'll send it end of day tomorrow.", 'rep 2026-04-10'],
  ])('%s', (sentence, wanted) => {
    const { nextSteps } = read(`Nora here on Pinecrest. I met with Tom Brandt yesterday. ${sentence}`);
    expect(nextSteps.map(({ value }) => `${value.owner} ${value.due}`).join(', ')).toBe(wanted);
  });
});

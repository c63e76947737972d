/**
 * The codebook that a new company starts with. Definitions are for people who code; cues are what the suggestion
 * goes by, besides grammar and neighbours. A cue is a word or phrase; `*` stands for any ending.
 */
import type { CodeDefinition } from '../types.ts';

const cues = (text: string): string[] =>
  text
    .split(/[|\n]/)
    .map((cue) => cue.trim())
    .filter(Boolean);

export const defaultCodebook: CodeDefinition[] = [
  {
    key: 'admin',
    label: 'Admin',
    definition: 'Says hello or goodbye, fills a pause, or gives the bare who, where and when of the meeting.',
    cues: cues(`this is | here with | reporting on | report on | call report | quick report | short one | end of report | that's it | that's all | that is all
      that's everything | signing off | talk soon | bye | thanks | over and out | hi | hey | hello | good morning | good afternoon | hola | again | calling in | checking in
      i met with | met with | i saw | sat down with | spoke with | talked to | i talked to | spoke to | visited | stopped in | stopped by | went by | dropped by | i was at | i was there
      site visit | plant visit | office visit | phone call | video call | on the phone with | just hung up | got off the phone | just left | just leaving | in the parking lot | on the call
      present were | in attendance | attended | joined | on zoom | on teams | separate report | more later | nothing else | end of story | follow-up on | second stop | two stops | my visit
      expense* | dictat* | for the record | i think that covers`),
  },
  {
    key: 'account-background',
    label: 'Account background',
    definition:
      'The people, places, moods, personal details and history of the account, with no request, money or step in it.',
    cues: cues(`used to | years ago | years old | retire* | retirement | promoted | took over | came over from | came from | new to the | hired | hired on | grew up | went to school | degree
      daughter* | son | sons | kids | wife* | husband* | brother* | sister* | mother | father | dad | mom | grand* | cousin | baby | wedding | married | vacation | fishing | golf | football | hockey | baseball | church | college
      office | desk | wall | picture | photo* | sign | hat | dog | cat | truck | lunch | coffee | cookies | birthday | surgery | knee | sick | tired | funny | laugh* | joke* | smil* | nice people | lovely
      great meeting | good meeting | good visit | nice call | gracious | friendly | warm | steady | polite | decent | hates | loves | proud | likes to | talks | quiet | shy | character | kind of guy | kind that
      headquarter* | founded | family | owned | employees | locations | branch* | history | been there | been with | been a customer | customer since | introduced me | spent * with us | with us last year | bought from us
      parking | weather | snow | rain | cold | heat | building | lobby | tour | reorganiz* | merger | acquired | moved into | respect* | impressed | mood | upset | mad | angry | not happy`),
  },
  {
    key: 'need',
    label: 'Need',
    definition: 'A problem the customer has, what they require or ask for, and the conditions it must meet.',
    cues: cues(`need | needs | needed | they want | he wants | she wants | wants to | want to | wants a | looking for | look for | require* | requirement | must | has to | have to have | asked for | asking for | asks for | would like | he'd like | she'd like | they'd like
      problem | problems | issue | issues | trouble | struggl* | worry | worried about | concern* | pain | headache | broke* | breaks | fail* | leak* | clog* | down time | downtime | shut down | outage | overtime | shortage | short of | short-staffed | run* out | backs up | can't keep up | won't close | slow* | manual* | by hand | spreadsheet
      spec | specification | certificate | certif* | compliance | compliant | train* the | training | trial | pilot | sample* | demo unit | on the shelf | local stock | consignment | credit | in writing | guarantee | warranty | integrat* | compatible | replac* their | upgrade | expand* | adding a | new line | capacity | volume
      what they need | what he needs | what she needs | what he's after | wish list | priorit* | important to | interested in | interest in | the thing is | can't stand | wants somebody | wants someone | inspector | wrote them up | violation | audit*`),
  },
  {
    key: 'product-feedback',
    label: 'Product feedback',
    definition: 'What they think of our product, how it performs or fails, and our explaining or showing it.',
    cues: cues(`running well | runs well | working well | works well | work* great | doing fine | doing well | holding up | love it | loves it | love the | likes the | like the | liked the | happy with | pleased with | satisf* | no complaints | no leaks | no problems | not a single
      demo | demonstrat* | showed them | showed him | showed her | i showed | i explained | told her about | told him about | walked them through | walked him through | feature* | easy to use | user friendly | hard to use | confus* | interface | screen* | app | button*
      quiet | loud | noise | heavy | light | durable | reliable | accura* | precision | fast | slow | quality | defect* | bug* | crash* | glitch* | freez* | crack* | wear* | worn | drift* | leak* | corro* | coating | stiff | stuck | jam* | broke | went down | is down | failure | failed | root cause | bad lot | bad batch
      overbuilt | rated for | isn't rated | not rated | performance | efficien* | averaged | months now | since we installed | we installed | we put | we sold them | they bought | their unit | have one | has one | results | side effect* | taste* | smell* | fit | comfort* | finish | packag* | label*`),
  },
  {
    key: 'pricing',
    label: 'Pricing',
    definition: 'Our prices, quotes, discounts, terms and free goods, and how they took them.',
    cues: cues(`price* | pricing | quote | quoted | i quoted | quotation | our number | our bid | estimate is | list is | list price | apiece | each | per unit | per seat | a month | a year | a case | a pound | a ton | per pound | per case | per month
      discount* | percent off | off the | knock off | take off | come down | go down to | i'd go to | i could go | i offered | offered them | offered her | offered him | free | no charge | at no charge | throw in | threw in | rebate | terms | net thirty | net sixty | net 30 | payment | pay in | quarterly | in advance | deposit | freight | shipping cost
      cost* | expensive | too high | high for | cheap* | sticker | flinch* | fair price | fair | negotiat* | counter* | wants us at | total | comes to | adds up to | works out to | margin | number | increase | went up | rate | fee | fees | dollars | bucks | grand | budget figure | ours is | ours would | we're about | we were at`),
  },
  {
    key: 'competitor',
    label: 'Competitor',
    definition:
      'What a competitor sells, says, offers or does at this customer, and what the customer thinks of them.',
    cues: cues(`competitor* | competition | competing | incumbent | other vendor* | another vendor | other supplier* | current supplier | current vendor | the other guys | the other bid* | third quote | three bids | under us | undercut* | cheaper than us | beat us | lost to | against us | up against
      they offered | been out there | been by there | been in there | has already been | already talking | already one of | showed them | took them to | taking him to | taking them to | brochure | flyer | their rep | their salesman | their man | local man | buys from | bought from | buying from | getting them from | gets them from | sourcing from | loyal to | switch* from | switching to | instead of us | went with | prefer* | nobody else is | no competitor* | no competition | never returned | giving away | bid the same | is bidding | the last brand`),
  },
  {
    key: 'budget-timeline',
    label: 'Budget and timeline',
    definition:
      'Money they have to spend and when: budgets, fiscal years, approval dates, needed-by dates, shutdowns, contract ends.',
    cues: cues(`budget* | fiscal | fiscal year | capital | capex | opex | funding | funds | fund | funded | grant | loan | bond | money for | money left | money comes out | no money | there's money | got money | set aside | earmark* | carrying | encumber* | spend it | has to be spent | has to be committed | frozen | freeze | year-end | year end | end of the year | next year | this year | quarter | q1 | q2 | q3 | q4
      by october | needs it by | need it by | needs them by | needs them | deadline | due | timeline | timing | schedule | window | shutdown | shut down for | starts | start of | begins | go live | go-live | opens | open in | closes on | expires | ends | runs out | renewal is | renewal date | contract ends | up for renewal | bid date | bids are due | out for bid | go out for bid | goes out | award* | decide by | decide before | decision by | decision in | before the | not until | won't happen until | until after | after the first | on hold until | months out | as soon as | no timeline | no date`),
  },
  {
    key: 'decision-process',
    label: 'Decision process',
    definition: 'Who decides, signs, advises or can block, and by what steps and rules.',
    cues: cues(
      `decide* | decision | decision maker | decides | makes the call | his call | her call | call alone | has the say | final say | sign* | signs off | sign off | signature | signing authority | authority | approv* | approval | committee | board | council | trustees | vote* | votes | veto | overrule | recommend* | recommendation | influence* | champion | gatekeeper | chain of command | goes to corporate | corporate | procurement | purchasing | legal review | legal | sole source | three quotes | three bids | bid process | rfp | tender | requisition | purchase order has to | anything over | anything above | nothing over | over * thousand | up to | without bids | reports to | boss | owner | runs everything by | checks with | has to go through | go through | go around | spec is written | writes the spec* | writes the drawings | evaluat* | stakeholder* | the one who | really it's | in charge | holds the purse | buys on price | doesn't buy on | the trick with`,
    ),
  },
  {
    key: 'objection-risk',
    label: 'Objection or risk',
    definition: 'A reason they may not buy or may leave, a loss, and our own bad feeling about it.',
    cues: cues(
      `objection* | hesitat* | reluctan* | not sure | unsure | skeptic* | push back | pushed back | afraid | worried | worries me | concern* | risk* | danger | threat* | at risk | could lose | might lose | we lose | lose it | lost it | we lost | lose the | losing | cancel* | canceled | on hold | put a hold | walk away | leave us | leaving us | switch | wants out | get out of the contract | off the approved list | done with us | last chance | one more | if it happens again | no order | don't look for | not going to win | not winning | i would not bet | bad feeling | gut says no | won't buy | won't happen | no interest | not interested | no need | too expensive | no money | stall* | drag* | delay* | slip* | protest | trouble | in trouble | forget it | this is over | burned | never guaranteed | isn't going to change | deal breaker | dealbreaker | red flag | scare | fear* | unhappy | complain* | long shot | uphill`,
    ),
  },
  {
    key: 'service-delivery',
    label: 'Service and delivery',
    definition: 'Delivery, stock, lead times, support and how well we or our service people did.',
    cues: cues(`deliver* | delivery | late | shipped | ship | shipping | shipment* | back order* | backorder* | lead time | weeks out | in stock | out of stock | warehouse | stock in | we have * in | on the dock | arrived | showed up with | wrong | missing | damaged | short shipped | paperwork | invoice* wrong | billing
      support | support line | service call | service number | hotline | help desk | tech support | ticket* | called back | call back | nobody called | never called | never came | no notice | response time | returned a call | same day | technician* | our tech | our driver | installer* | install* crew | field service | repair* | maintenance visit | apolog* | we dropped the ball | dropped the ball | our fault | mistake | mess* up | complaint* | wait* on | waiting for | waiting on | promised for | held up | sat on | on time | came out | training session`),
  },
  {
    key: 'commitment',
    label: 'Commitment',
    definition: 'The customer ordered, signed, approved, agreed or promised.',
    cues: cues(
      `signed | they signed | ordered | placed an order | placed the order | gave me the order | gave us the order | gave me a po | issued a po | purchase order today | we got it | we won | we got the | is ours | it's ours | approved | voted * to | council approved | board approved | go-ahead | go ahead | green light | said yes | agreed to | agreed | committed | commit* to | accepted | verbal | handshake | shook on it | renewing | renewed | they're renewing | extend* the | released the hold | told me to ship | took the deal | going with us | picked us | chose us | selected us | awarded | closed it | closed the deal | done deal | bought | will take all | on the spot | letter of intent`,
    ),
  },
  {
    key: 'next-step',
    label: 'Next step',
    definition: 'Something that a named side will do: an action with an owner, best with a date.',
    cues: cues(
      `i will | i'll | i'm going to | i am going to | i'm to | i need to | i have to | i've got to | i promised | i owe | i told him i'd | i told her i'd | i told them i'd | we'll send | we will | we're going to | is going to send | will send | is sending | i'm sending | sending me | send me | send him | send her | send them | will email | email him | email her | get back to | follow up | follow-up call | call her back | call him back | calling him | calling her | going back | coming back | i return | i'll be back | set up a | schedule a | scheduled a | bring him | bring her | bring them | bringing | get him a | get her a | get them a | put together | write up | draft | submit | have it to | have a | drop off | pick up | meet with | meeting with * on | by friday | by monday | by tuesday | by wednesday | by thursday | next week | tomorrow | first thing | later this week | on monday | on tuesday | on wednesday | on thursday | on friday | is supposed to | owes me | will get me | get me the | let me know | going to ask | find out | check with | check on | talk to | loop in | is pulling | introduce me | put in a word | going to tell | have asked | asked * to`,
    ),
  },
  {
    key: 'market-trend',
    label: 'Market trend',
    definition:
      'What happens in the industry, in regulation, in prices of what they sell, or at other customers.',
    cues: cues(
      `market | industry | everybody's | everyone is | everybody in | everyone in | every * out here | every * down here | other customers | other towns | other plants | other hospitals | other stores | trend* | demand is | demand for | business is | slow down | slowdown | recession | inflation | tariff* | interest rates | regulat* | regulation | new law | new rule | state has | legislature | epa | fda | osha | usda is | mandate* | reimbursement | medicare | is about to require | requires an | is down | is up | is high | is low | is soft | is cheap | prices are | price of | shortage | supply chain | labor market | nobody can find | can't find people | consolidat* | mergers | closing | bankrupt* | laid off | layoffs | all over the | across the state | in the county | in the state | in the region | nationwide | these days | drought | harvest | crop | season`,
    ),
  },
  {
    key: 'opportunity',
    label: 'Opportunity',
    definition:
      'More business in sight: quantities of ours wanted, expansion, referrals, and a good feeling about winning.',
    cues: cues(
      `opportunity | opportunities | potential | could be | could be worth | upside | expand* | expansion | more of them | of them for | second | another location | other locations | sister plant | rest of the | roll out | rollout | rolling out | whole | all of them | all their | replace all | convert | cross sell | upsell | add on | add-on | also asked about | asked about | asked if we | asked whether we | mentioned that | he wants four | wants it on | would want | might want | may need | going to need | going to want | they'll need | interested in | open to | referr* | refer us | word of mouth | put in a word | told everybody | recommend* us | introduce* us | good feeling | feel good | feel so good | my gut says | gut feeling | gut says | i think we get | i think we win | i think we keep | we'd win | we win it | we get it | percent chance | sixty percent | seventy percent | eighty percent | ninety percent | odds | chances | way in | our way in | door open | foot in the door | bid on it | like us to bid | pipeline | project coming | new project | new building | new plant | optimistic | confident | cautiously | good one | should close | next phase`,
    ),
  },
];

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

export const STUCK = words(
  'stuck failing failed fails fail failure failures blocked blocking blockers blocker broken broke wrong problem problems ' +
    'error errors errored trouble issue issues hanging halted stalled jammed red unhealthy attention help fix fixing stopped stops',
)
export const RUNNING = words(
  'running flight in-flight progress underway way active ongoing open happening going unfinished process processes runs ' +
    'status state open live current pending progressing started overview dashboard everything busy working doing',
)
export const MINE = words('me my mine i myself')
export const WAITING = words(
  'needs need waiting waits wait todo todos to-do do for decide decisions decision approve approval approvals task tasks ' +
    'asked asks answer answers sign review act action attention queue plate turn inbox desk input sign-off assigned anything',
)
export const WAITS = words('waiting waits wait held hold holding idle approval approvals people person')
export const LATE = words(
  'late overdue behind delayed delays delay slow slipping slipped missed deadline deadlines past due schedule track long ' +
    'longer taking expired lagging',
)
export const SURELY_LATE = words('late overdue behind delayed delays slipping slipped missed lagging')
export const DUE = words(
  'will due coming upcoming soon expire expires expiring deadline deadlines next schedule scheduled',
)
export const SURELY_DUE = words('due upcoming expiring expire expires deadline deadlines')
export const OWED = words('owed owe owes debt debts skipped outstanding unpaid leftover leftovers follow-ups')
export const FINISHED = words(
  'finished finish completed complete done close closed succeeded ended wrapped through success rate succeed successful count ' +
    'number total many started start kicked off began launched new onboard onboarded did do does stats statistics ' +
    'numbers throughput summary report overview median average time long take took far much well',
)
export const SURELY_FINISHED = words(
  'finished completed closed succeeded ended wrapped successful started onboarded throughput stats statistics numbers launched',
)
/** Words that say nothing about which runs are meant. */
export const FILLER = words(
  'what whats which who is are was were be any anything anyone something somebody everything things thing all the list ' +
    'show give tell currently right now today there has have had been got gone to still in on at of with under our us ' +
    'moment please how run runs process processes workflow workflows step steps a an we you me-too it them these those ' +
    'that by for from as up out so and or not does do did can every each yet already ones one most really just again ' +
    'here hr it ops its too many number people team client employee employees hires hire see know about',
)

/** Words of a subject question that are no part of a name: at its end, at its beginning. */
export const TRAILING = words(
  'going doing at now standing stand stands progressing proceeding coming along getting on so far stuck done finished ready ' +
    'started failed failing fail fails blocked running waiting wait for is are was were status state progress update updates ' +
    'today currently yet up onboarding onboardings process run runs workflow setup account accounts case request step steps ' +
    'card laptop equipment approval approved refused rejected skipped retried cancelled completed complete finish finally ' +
    'be been still to with in of by through over all set back break broke broken error errors problem problems again ' +
    'late delayed held hold stopped stop take taking took long last first already and it look looking there paused pending ' +
    'onboarded hired succeed end ended start happen happening go went live active fully happened next then gonna not ok okay fine access order ticket by',
)
export const LEADING = words(
  'the about with of for on run process is are was were and a an our new hire employee client customer workflow onboarding ' +
    'step everything all that there still to case status state up in at exactly actually currently request person named called ' +
    'run: has have did it equipment laptop mr mrs ms dr',
)
/** What stands for a name that was said before. */
export const BARE = words(
  'a any some it this that they them he she him her its the there run process step card one thing failure error onboarding workflow request',
)
/** With these in it, what was said is no name. */
export const NO_NAME = words(
  'i we you my your our us me can could should would want where when why how what who whom whose which please if or because ' +
    'make do does did bring buy write retry skip cancel escalate approve refuse reject delete remove pause resume stop change ' +
    'set add send create update book schedule remind weather joke lunch coffee password salary',
)

/** What is asked about somebody, by the words around their name. */
export const ASKS_WHY = words(
  'why reason reasons cause caused causes explain explanation error errors wrong problem problems trouble failure failures ' +
    'crash crashed broke blew failed fail fails failing',
)
export const ASKS_APPROVED = words(
  'approved approve approves approver approval approvals authorised authorized authorise authorize permission okayed ok okay ' +
    'greenlit go-ahead thumbs signoff sign-off',
)
export const ASKS_DONE = words(
  'do does did done doing happen happens happened made ran taken set work worked history timeline log activity activities ' +
    'actions action recap summary summarise summarize everything things',
)
export const RECAPS = words('history timeline log activity activities actions recap summary summarise summarize')
export const ASKS_WAITS = words('waits waiting wait holding holds blocking whom')
/** Of a decision that nobody has taken yet. */
export const STILL_OPEN = words('waiting wait waits pending missing')
export const ASKS_WHEN = words('when eta soon')
export const ASKS_STATUS = words(
  'status state progress progressing update updates news latest step stage situation standing stand stands movement move moving ' +
    'moved check far along left remaining finished finish done ready complete completed onboarded live going getting coming up ' +
    'end ended signed through show stuck blocked blocker late overdue behind paused hold waiting pending track schedule happened ' +
    'delayed cancelled started open closed still due deadline deadlines miss missed',
)
/** Begin what only a person with the buttons may do, and what is none of Purser's business. */
export const ORDERS = words(
  'delete remove cancel approve refuse reject retry skip escalate pause resume stop restart change set add create make write ' +
    'send book invite move rename update edit start finish close fire hire pay tell remind call email message ask give',
)
/** Nothing that a process knows: whoever asks this means something else. */
export const NONE_OF_OURS = words(
  'earn earns salary salaries paid wage bonus birthday age old phone married lunch weather joke address holiday vacation like',
)
/** How a question about all begins. */
export const ABOUT_ALL = words('stuff anything something what which everything anyone somebody who any list things all')
export const PAUSED = words('paused pause pauses pausing hold holds suspended frozen put')
/** Words that are somebody's name, too, but seldom mean them when they stand alone. */
export const ALSO_NAMES = words(
  'may might will shall mark bill grant hope joy art rob sue grace dawn chase frank summer rose page',
)
/** Of when. */
export const TIMES = words(
  'yesterday today tonight tomorrow week month quarter monday tuesday wednesday thursday friday saturday sunday weekend ' +
    'january february march april june july august september october november december between until since past',
)
/** Said for the sake of politeness. */
export const POLITE = words(
  'please can could would will you purser hey hi hello kindly just go and i want need to thank thanks good morning',
)
/** What runs are about, by what they are. */
export const NOUNS = words(
  'lead leads claim claims client customer contract person colleague hire starter newcomer case',
)

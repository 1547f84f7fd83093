const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

export const STUCK = words(
  'stuck failing failed fails fail failure failures blocked blocking blockers blocker broken broke wrong problem problems ' +
    'error errors errored trouble issue issues hanging halted stalled red unhealthy attention help fix fixing',
)
export const RUNNING = words(
  'running flight in-flight progress underway way active ongoing open happening going unfinished process processes runs ' +
    'status state open live current pending progressing started overview dashboard everything busy working',
)
export const MINE = words('me my mine i myself')
export const WAITING = words(
  'needs need waiting waits wait todo todos to-do do for decide decisions decision approve approval approvals task tasks ' +
    'asked asks answer answers sign review act action attention queue plate turn inbox desk input sign-off assigned anything',
)
export const WAITS = words('waiting waits wait held pending hold holding idle approval approvals people person')
export const LATE = words(
  'late overdue behind delayed delays delay slow slipping slipped missed deadline deadlines past due schedule track long ' +
    'longer taking expired lagging',
)
export const SURELY_LATE = words('late overdue behind delayed delays slipping slipped missed lagging')
export const DUE = words('due coming upcoming soon expire expires expiring deadline deadlines next schedule scheduled')
export const SURELY_DUE = words('due upcoming expiring expire expires deadline deadlines')
export const OWED = words('owed owe owes debt debts skipped outstanding unpaid leftover leftovers follow-ups')
export const FINISHED = words(
  'finished finish completed complete done closed succeeded ended wrapped through success rate succeed successful count ' +
    'number total many started start kicked off began launched new onboard onboarded did do does stats statistics ' +
    'numbers throughput median average time long take took far much well',
)
export const SURELY_FINISHED = words(
  'finished completed closed succeeded ended wrapped successful started onboarded throughput stats statistics launched',
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
    'onboarded hired succeed end ended start happen happening go went live active fully happened next not ok okay fine access order ticket by',
)
export const LEADING = words(
  'the about with of for on run process is are was were and a an our new hire employee client customer workflow onboarding ' +
    'step everything all that there still to case status state up in at exactly actually currently request person named called ' +
    'run: has have did it equipment laptop',
)
/** What stands for a name that was said before. */
export const BARE = words(
  'it this that they them he she him her its the there run process step card one thing failure error onboarding workflow request',
)
/** With these in it, what was said is no name. */
export const NO_NAME = words(
  'i we you my your our us me can could should would want where when why how what who whom whose which please if or because ' +
    'make do does did bring buy write retry skip cancel escalate approve refuse reject delete remove pause resume stop change ' +
    'set add send create update book schedule remind weather joke lunch coffee password salary',
)

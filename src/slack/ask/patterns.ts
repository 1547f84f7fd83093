import type { Deed } from './question.ts'

/** What one did, in each of its forms; a list of alternatives of a regular expression. */
const DONE: Readonly<Record<Deed, string>> = {
  approve:
    'approved|approve|released|signed off(?: on)?|okayed|greenlit|green-lit|said yes to|gave (?:the )?(?:approval|ok|okay|go-ahead|green light)(?: to| for| on)?',
  refuse: 'refused|refuse|rejected|reject|declined|denied|turned down|said no to',
  skip: 'skipped|skip|bypassed',
  retry: 'retried|retry|restarted|re-ran|reran|tried again',
  escalate: 'escalated|escalate|raised the ticket for|opened the ticket for',
  complete: 'completed|marked|closed|took care of|ticked off',
  'hand-over': 'handed over|delegated|reassigned|handed',
  cancel: 'cancelled|canceled|cancel|aborted|called off|stopped|killed',
  start: 'started|kicked off|launched|initiated|created|triggered|began|requested|ordered|opened|submitted|filed',
}

const DEEDS = Object.entries(DONE) as [Deed, string][]

/** `who approved Jane's laptop`, `was it approved`, `did anyone approve it`, `when was it approved`; the name is group 1. */
export const WHO_DID: readonly { deed: Deed; patterns: readonly RegExp[] }[] = DEEDS.map(([deed, forms]) => ({
  deed,
  patterns: [
    new RegExp(
      `^(?:who|which (?:person|manager)|which of us)(?: has| have| had| was it that| actually| last| finally)*(?: already)? (?:${forms}) (.+)$`,
    ),
    new RegExp(`^(?:by whom|when|by who) (?:was|were|has|is|did) (.+?) (?:been |get )?(?:${forms})$`),
    new RegExp(
      `^(?:was|were|has|have|had|is) (.+?) (?:been |already |actually )*(?:${forms})(?: by (?:anyone|anybody|someone|somebody|who|whom))?$`,
    ),
    new RegExp(`^(.+?) (?:was|were|got|has been) (?:${forms}) by (?:who|whom)$`),
    new RegExp(
      `^(?:did|has|have) (?:anyone|anybody|someone|somebody|the manager|a manager) (?:already )?(?:${forms}) (.+)$`,
    ),
    new RegExp(
      `^who (?:hit|pressed|clicked|pushed|tapped)(?: on)?(?: the)? (?:${forms})(?: button)? (?:on|for|in|at) (.+)$`,
    ),
    ...(deed === 'approve' ? [/^who (?:is|are|was|were) (?:the |an? )?approvers? (?:for|of|on) (.+)$/] : []),
    new RegExp(`^whose (?:decision|idea) was it to (?:${forms}) (.+)$`),
    new RegExp(`^(?:when|why) did (?:anyone|somebody|someone|they) (?:${forms}) (.+)$`),
    new RegExp(`^(?:show|list)?\\s*who (?:${forms}) (.+)$`),
  ],
}))

const MANY =
  '(?:(?:a|an|any|some|all|the|of|our|open|other)\\s)*(?:steps?|things?|approvals?|requests?|runs?|process(?:es)?|onboardings?|tasks?|anything|something|everything|what)'

/** The same of all runs, where nobody is named. */
export const DEEDS_OF_ALL: readonly { deed: Exclude<Deed, 'start'>; patterns: readonly RegExp[] }[] = DEEDS.flatMap(
  ([deed, forms]) =>
    deed === 'start' || deed === 'complete'
      ? []
      : [
          {
            deed,
            patterns: [
              new RegExp(
                `^(?:who|did (?:anyone|anybody|someone|somebody)|has (?:anyone|anybody|someone|somebody))(?: has| have| all)* (?:${forms}) ${MANY}$`,
              ),
              new RegExp(
                `^(?:which|what|were|was|have|has) ${MANY}(?: (?:were|was|have been|has been|got|been))* (?:${forms})(?: by (?:who|whom))?$`,
              ),
              new RegExp(`^what(?: all)? (?:was|were|has been|got) (?:${forms})(?: by (?:who|whom))?$`),
            ],
          },
        ],
)

/** Of these, `has X …` and `was X …` ask how it stands, not who did it. */
export const STANDS: ReadonlySet<Deed> = new Set<Deed>(['complete', 'start', 'hand-over'])

/** Ways of asking for the reason; the name is group 1, where there is one. */
export const WHY: readonly RegExp[] = [
  /^(?:wtf|wth|what (?:the|on|in) (?:hell|heck|earth|fuck|the world))(?: (?:is|has|just))* (?:happened|happening|going on|wrong|up)(?: (?:to|with|on|for|in) (.+))?$/,
  /^why(?: exactly| on earth)? (?:is|was|are|were|did|does|do|has|have|had|can not|can|would|will)(?: not)? (.+)$/,
  /^why (.+)$/,
  /^why$/,
  /^what (?:went|is going|goes|has gone|is|was) wrong(?: here)?(?: (?:with|for|in|on|about|at) (.+))?$/,
  /^what (?:is|was|are|were) the (?:actual |exact |root )?(?:problem|problems|error|errors|issue|issues|reason|matter|trouble|cause|failure|hold-up|holdup|hold up|error message)(?: (?:with|for|of|in|behind|that stopped|on) (.+))?$/,
  /^(?:what is |show |give )?(?:the )?(?:reason|root cause|cause|explanation) (?:for|of|why|behind) (.+)$/,
  /^what (?:made|caused|broke|killed|stopped|failed)(?: (?:in|on|for|with))? (.+)$/,
  /^(?:how come|what for|for what reason) (?:is |was |did |has )?(.+)$/,
  /^what (?:error|problem|failure|issue)s? (?:did|does|has|have|is) (.+?)(?: (?:get|have|hit|run into|show|throw|give|with))?$/,
  /^(?:explain|describe)(?: to me)?(?: why| what happened (?:to|with))? (.+)$/,
  /^(?:which|what) step (?:failed|broke|is failing|is stuck|stopped)(?: (?:for|of|in|with|on) (.+))?$/,
  /^(?:which|what) step (?:of|in|on) (.+?) (?:failed|broke|is failing|is stuck|stopped)$/,
  /^where did (.+?) (?:fail|break|stop|go wrong)$/,
]

/** Ways of asking what somebody waits for, and for whom. */
export const WAITS_FOR: readonly RegExp[] = [
  /^(?:since when|(?:for )?how long) (?:is|are|has|have|was) (.+?) (?:been )?(?:stuck|failing|blocked|broken|waiting|halted|stopped|paused|on hold|held up)(?: (?:for|on))?$/,
  /^who (?:do|should|can|must|shall|could) (?:i|we) (?:chase|ask|call|contact|ping|nudge|poke|bug|remind|push|write to|talk to|speak to)(?: (?:about|for|on|regarding|because of) (.+))?$/,
  /^(?:who|what|whom) (.+?) (?:is|are) (?:still )?(?:waiting|blocked|held up)(?: for| on| by)$/,
  /^(?:who|what|whom|which step|whose approval) (?:is|are|does|do|has|was) (.+?)(?: still)? (?:waiting|wait|blocked|held up|stuck|hung up|pending|hanging|depending|depend)(?: for| on| by| at| with| in)?$/,
  /^(?:who|what)(?: exactly| step)? (?:is|are) (?:still )?(?:holding up|holding back|blocking|delaying|stopping|slowing down|keeping|in the way of|between us and) (.+)$/,
  /^(?:who|what) holds (?:up )?(.+?)(?: up)?$/,
  /^(?:who|what) is holding (.+?) (?:up|back)$/,
  /^who(?:se turn is it| is next| has the ball)(?: (?:for|with|on|in|at) (.+))?$/,
  /^who (?:still )?(?:has|have|needs|need|should|must|can|will|is going|is supposed|is able|may|gets)(?: still)?(?: to)? (?:approve|sign off(?: on)?|decide(?: on| about)?|act on|act|complete|sign|do something (?:about|for)|look at|answer) (.+)$/,
  /^who (?:approves|signs off(?: on)?|decides on|decides) (.+)$/,
  /^who (?:is|are) (?:the |an? )?assignees? (?:for|of|on) (.+)$/,
  /^who (?:is|was|are) (?:being )?(?:asked|assigned)(?: (?:for|to|about|on|with|in)(?: approve)?)? (.+)$/,
  /^what (?:does|do) (.+?) (?:still )?(?:need|require|wait for|depend on)$/,
  /^what is (?:still )?(?:needed|required|missing|pending) (?:for|from|on|with|in) (.+)$/,
  /^(?:is|are) (.+?) (?:still )?waiting (?:for|on) (?:anyone|anybody|someone|somebody|something|anything|approval|an approval)$/,
  /^(?:what|which) (?:approvals?|tasks?) (?:is|are) (?:still )?(?:open|missing|pending|outstanding) (?:for|on|in|with) (.+)$/,
]

/** Ways of asking how long it takes, and what comes next. */
export const WHEN: readonly RegExp[] = [
  /^when (.+?) (?:will|is|should|can|would|might)(?: be)?(?: (?:done|ready|finished|finish|complete|completed|going to be done))?$/,
  /^(?:by )?when (?:will|is|does|do|can|should|was|did|are|has|could|would|were) (.+)$/,
  /^(?:what is |give |any )?(?:the |an )?(?:eta|expected (?:finish|end|completion)|finish date|completion date|deadline|timeline)(?: (?:for|of|on) (.+))?$/,
  /^(.+?) eta$/,
  /^how (?:long|soon|much longer|much time|many more steps|many steps|many days)(?: more| left)? (?:will|does|do|until|till|before|did|has|have|is|are|for|can|would|remain for|are left (?:for|in)|is left (?:for|in))(?: it take (?:for|until|to finish|to complete|before))? (.+)$/,
  /^(?:what|who) (?:is|comes|happens|will happen|step is|step comes|are the) (?:coming )?(?:next|the next steps?|next steps?|up next|after that)(?: (?:for|with|in|on|after|of) (.+))?$/,
  /^(?:show |what is |what are |list )?(?:the )?(?:next|remaining|outstanding|open|missing) steps?(?: (?:for|of|in|with|on) (.+))?$/,
  /^(?:what|how much|which steps?|how many steps) (?:is|are|else is|else)(?: still)? (?:left|remaining|outstanding|open|to do|to be done|not done|unfinished|to come)(?: (?:to do )?(?:for|on|with|in|of) (.+))?$/,
  /^what (?:still )?(?:has|needs|remains) to (?:be done|happen|be finished)(?: (?:for|on|with|in|before) (.+))?$/,
  /^what (?:remains|follows) (?:for|on|with|in|after) (.+)$/,
  /^(?:will|would) (.+?)(?: be)? (?:done|finish|finished|ready|complete|completed|make it|through|in time|on time)(?: (?:in|on) time)?$/,
  /^(?:is|are) (.+?) (?:going to|gonna|expected to|supposed to|about to) (?:be |finish|make|complete|end|start).*$/,
  /^(?:is|are) (.+?) (?:on (?:track|schedule|time)|in time|nearly done|almost done|nearly finished|almost finished|close to done)$/,
]

/** Ways of asking what was done; the name is group 1, where there is one. */
export const DID: readonly RegExp[] = [
  /^what were (?:you|we) (?:doing|up to|working on)(?: (?:for|with|about) (.+))?$/,
  /^(?:did|have) (?:you|purser|the bot|we) (?:already |actually |really )?(?:do|done|change|changed|send|sent|make|made|create|created|try|tried) (?:anything|something|much|a lot|any [a-z]+)(?: else)?(?: (?:for|on|with|about|to|in) (.+))?$/,
  /^(?:show |list |tell )?(?:everything|all|what all)(?: that| which)? (?:happened|was done|you know|changed|is known)(?: (?:with|to|for|on|about|in) (.+))?$/,
  /^(?:which|what) [\w ]{2,30}? (?:did|have) (?:you|purser|the bot) \w+ (?:for|on|with|about|to) (.+)$/,
  /^(?:show |list |tell )?(?:what|which things|everything|all)(?: exactly| all| else)?(?: that| which)? (?:did|have|has|had|do) (?:you|purser|the bot|we|it)(?: all| already)? (?:do|done|did|finish|work on|been doing|been up to|get done|accomplish)(?: (?:for|with|about|on|to|regarding|in) (.+))?$/,
  /^(?:show |list |tell )?(?:everything|all|anything|what)(?: that)? (?:you|purser|we) (?:did|have done|'ve done)(?: (?:for|with|about|on|to|regarding) (.+))?$/,
  /^what (?:has|have|all|did|else)?(?: been)? ?(?:happened|happen|done|changed|change|happening|going on|moved|gone on|went on)(?: (?:with|to|for|on|about|in|at|around|since) (.+))?$/,
  /^what (?:was|were|is) (?:been )?(?:done|changed|sent|created|set up|happening)(?: (?:for|with|to|on|about) (.+))?$/,
  /^(?:show |give |list |what is )?(?:the |a |an )?(?:full |whole |complete )?(?:history|log|logs|timeline|activity|activities|story|trail|audit trail|recap|summary|report|events|changes|actions)(?: log)?(?: (?:of|for|about|on|with) (.+))?$/,
  /^(?:show |give )?(.+?) (?:history|timeline|log|activity|recap)$/,
  /^(?:which|what) (?:api )?(?:calls|steps|requests|actions|accounts|things)(?: (?:did|have|were|has|was))(?: (?:you|purser|been|we))? (?:make|made|run|ran|take|taken|sent|done|do|create|created|executed|completed|finish)(?: (?:for|on|with|about|to) (.+))?$/,
  /^(?:which|what) (?:api )?(?:calls|steps|requests|actions|accounts|things|changes|updates|work) (?:did|have) (?:you|purser|we) (?:make|made|run|take|taken|send|sent|do|done|create|created|execute|complete)(?: (?:for|on|with|about|to) (.+))?$/,
  /^(?:catch (?:me|us) up|bring me up to (?:date|speed)|what did i miss|what have i missed|anything new|what is new|what is up)(?: (?:on|with|about|for) (.+))?$/,
  /^(?:recap|summari[sz]e)(?: (.+))?$/,
]

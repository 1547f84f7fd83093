import fc from 'fast-check'
import type { Absence, Whereabouts } from '../../src/domain/absence.ts'
import { type AttemptId, type StepKey, UserId } from '../../src/domain/ids.ts'
import { Run, settled, stepOf } from '../../src/domain/run.ts'
import type { Answerer } from '../../src/domain/standing.ts'
import type { RunEvent } from '../../src/engine/events.ts'
import { JANE, JOHN, TEAM } from '../support/test-ids.ts'

const voter = (user: string, groups: readonly string[]): Answerer => ({
  actor: { kind: 'person', team: TEAM, user: UserId.parse(user) },
  email: `${user.slice(2).toLowerCase()}@acme.example`,
  groups,
})

/** Who started it, whom it is about, three managers, somebody of ops, and somebody of no group. */
export const VOTERS: readonly Answerer[] = [
  { ...voter('U0OLGA', ['managers', 'ops']), actor: JOHN },
  voter('U0JANE', ['managers']),
  voter('U0MAYA', ['managers']),
  voter('U0MONA', ['managers']),
  voter('U0MIRA', ['managers']),
  voter('U0OPAL', ['ops']),
  voter('U0NED', []),
]

/** Somebody answers what they are asked, or is not. */
const answered = fc.record({
  do: fc.constant('answer' as const),
  step: fc.nat(7),
  kind: fc.constantFrom('approve', 'approve', 'refuse', 'delegate', 'complete', 'reassign'),
  fresh: fc.integer({ min: 0, max: 6 }).map((chance) => chance > 0),
  who: fc.nat(VOTERS.length - 1),
  to: fc.nat(VOTERS.length - 1),
  flag: fc.boolean(),
})

/** It comes to be known who is away, and whom they named. */
const absent = fc.record({
  do: fc.constant('away' as const),
  who: fc.array(fc.tuple(fc.nat(VOTERS.length - 1), fc.option(fc.nat(VOTERS.length - 1))), { maxLength: 4 }),
  isFallback: fc.boolean(),
  areGroupsKnown: fc.boolean(),
})

/** The story of an approval: answers, and people who come and go. */
export const answers = fc.array(fc.oneof({ weight: 3, arbitrary: answered }, { weight: 2, arbitrary: absent }), {
  minLength: 4,
  maxLength: 30,
  size: 'max',
})

/** Something that happens, with places instead of names: they fit whatever the run looks like then. */
export const happenings = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('succeed' as const), at: fc.nat(30), stale: fc.boolean() }) },
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('fail' as const),
        at: fc.nat(30),
        consequence: fc.constantFrom('retry', 'retry', 'permanent', 'unknown', 'person', 'mistake'),
        retryAfterMs: fc.option(fc.nat(10_000_000)),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('failing' as const), at: fc.nat(30) }) },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('decide' as const),
        step: fc.nat(7),
        kind: fc.constantFrom('retry', 'retry', 'skip', 'mark-done', 'escalate', 'take-over', 'edit', 'edit'),
        fresh: fc.integer({ min: 0, max: 4 }).map((chance) => chance > 0),
        who: fc.constantFrom(JANE, JOHN),
        flag: fc.boolean(),
      }),
    },
    { weight: 6, arbitrary: answered },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('second' as const),
        kind: fc.constantFrom('confirm', 'withdraw', 'close-debt', 'hand-over-debt'),
        who: fc.constantFrom(JANE, JOHN),
        at: fc.nat(7),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), sure: fc.nat(3), undo: fc.boolean() }) },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('child' as const),
        at: fc.nat(30),
        status: fc.constantFrom('succeeded', 'succeeded', 'succeeded-with-debt', 'refused', 'cancelled'),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('ticket' as const), at: fc.nat(30), opened: fc.boolean() }) },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('wake' as const), afterMs: fc.integer({ min: -60_000, max: 2_000_000 }) }),
    },
    { weight: 2, arbitrary: absent },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('begin-anew' as const), sure: fc.nat(3) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('deploy' as const) }) },
  ),
  { maxLength: 50, size: 'max' },
)
export type Happening = typeof happenings extends fc.Arbitrary<(infer T)[]> ? T : never

/** Attempts and tickets that were ever handed out. */
export interface HandedOut {
  step: StepKey
  attempt: AttemptId
  kind: 'attempt' | 'ticket'
}

/** The events that a happening means for this run; none where it has nothing to happen to. */
export function eventsOf(happening: Happening, run: Run, handed: readonly HandedOut[]): RunEvent[] {
  const attempts = handed.filter(({ kind }) => kind === 'attempt')
  const pick = (at: number, from: readonly HandedOut[]) => from[from.length === 0 ? 0 : at % from.length]
  const current = attempts.filter((each) => {
    const step = stepOf(run, each.step)
    return step?.status === 'running' && step.attempt === each.attempt
  })
  switch (happening.do) {
    case 'succeed': {
      const about = pick(happening.at, happening.stale ? attempts : current)
      return about ? [{ ...nameOf(about), kind: 'attempt-succeeded', output: 'done', calls: [] }] : []
    }
    case 'fail': {
      const about = pick(happening.at, current.length > 0 ? current : attempts)
      const { consequence, retryAfterMs } = happening
      const failure = failureOf(consequence)
      return about ? [{ ...nameOf(about), kind: 'attempt-failed', failure, retryAfterMs, calls: [] }] : []
    }
    case 'failing': {
      const about = pick(happening.at, attempts)
      return about ? [{ ...nameOf(about), kind: 'tries-failing', failure: failureOf('retry') }] : []
    }
    case 'ticket': {
      const about = pick(
        happening.at,
        handed.filter(({ kind }) => kind === 'ticket'),
      )
      if (!about) return []
      const ticket = { key: 'OPS-1', url: 'https://jira.example/OPS-1' }
      return happening.opened
        ? [{ ...nameOf(about), kind: 'ticket-opened', ticket }]
        : [{ ...nameOf(about), kind: 'ticket-failed', failure: failureOf('permanent') }]
    }
    case 'decide':
      return decisionOn(happening, run)
    case 'answer':
      return answerTo(happening, run)
    case 'second':
      return secondOn(happening, run)
    case 'cancel': {
      const decision = { kind: 'cancel' as const, reason: 'no', undo: happening.undo }
      return happening.sure > 0 ? [] : [{ kind: 'decided', actor: JANE, decision }]
    }
    case 'child': {
      const begun = run.steps.flatMap(({ wait }) => (wait?.kind === 'run' ? [wait.run] : []))
      const ended = begun[begun.length === 0 ? 0 : happening.at % begun.length]
      return ended ? [{ kind: 'child-ended', run: ended, status: happening.status, debts: 1, reason: 'no' }] : []
    }
    case 'begin-anew': {
      const decision = { kind: 'restart' as const, reason: 'the wrong role', input: {} }
      return happening.sure > 0 ? [] : [{ kind: 'decided', actor: JANE, decision }]
    }
    case 'away':
      return [{ kind: 'whereabouts', where: whereaboutsIn(happening) }]
    case 'deploy':
      return [{ kind: 'deployed' }]
    case 'wake':
      return [{ kind: 'woken' }]
    case 'restart':
      return lostIn(run)
  }
}

function whereaboutsIn({ who, isFallback, areGroupsKnown }: Extract<Happening, { do: 'away' }>): Whereabouts {
  const userOf = (at: number): UserId => VOTERS[at]?.actor.user ?? UserId.parse('U0NED')
  const members = (key: string) => VOTERS.filter(({ groups }) => groups.includes(key)).map(({ actor }) => actor.user)
  const away = who.map(([at, to]): [UserId, Absence] => {
    const user = userOf(at)
    return [user, { user, why: 'rules', until: null, to: to === null ? null : userOf(to) }]
  })
  return {
    away: new Map(away),
    users: new Map(VOTERS.flatMap(({ email, actor }) => (email ? [[email, actor.user] as const] : []))),
    groups: new Map(areGroupsKnown ? ['managers', 'ops'].map((key) => [key, members(key)] as const) : []),
    standIns: new Map(),
    fallback: isFallback ? { groups: [{ key: 'ops', title: 'Ops' }], people: [], users: [] } : null,
  }
}

/** What a start after a crash tells a run. */
function lostIn(run: Run): RunEvent[] {
  return run.steps.flatMap((step) => [
    ...(step.status === 'running' ? [{ kind: 'attempt-lost' as const, step: step.key, attempt: step.attempt }] : []),
    ...(step.status === 'cancelled' && step.attempt !== undefined
      ? [{ kind: 'attempt-lost' as const, step: step.key, attempt: step.attempt }]
      : []),
    ...(step.escalation?.status === 'opening'
      ? [{ kind: 'attempt-lost' as const, step: step.key, attempt: step.escalation.attempt }]
      : []),
  ])
}

/** What is about a proposal that stands, or about what is owed. */
function secondOn({ kind, who, at }: Extract<Happening, { do: 'second' }>, run: Run): RunEvent[] {
  if (kind === 'confirm' || kind === 'withdraw') {
    const proposals = run.proposals ?? []
    const proposal = proposals[at % proposals.length]
    return proposal ? [{ kind: 'decided', actor: who, decision: { kind, proposal: proposal.id } }] : []
  }
  const debt = run.debts[at % run.debts.length]
  if (!debt) return []
  const decision =
    kind === 'close-debt'
      ? { kind, step: debt.step, evidence: 'done by hand' }
      : { kind, step: debt.step, to: who, reason: null }
  return [{ kind: 'decided', actor: who, decision }]
}

function decisionOn(happening: Extract<Happening, { do: 'decide' }>, run: Run): RunEvent[] {
  const open = run.steps.filter((each) => each.status !== 'pending' && !settled(each))
  const among = open.length > 0 && happening.fresh ? open : run.steps
  const step = among[happening.step % among.length]
  if (!step) return []
  const about = { step: step.key, stepVersion: happening.fresh ? step.version : step.version - 1, reason: 'because' }
  const actor = happening.who
  switch (happening.kind) {
    case 'retry': {
      const rules = happening.step % 2 === 0 ? ('today' as const) : ('own' as const)
      return [{ kind: 'decided', actor, decision: { ...about, kind: 'retry', provenAbsent: happening.flag, rules } }]
    }
    case 'edit': {
      const input = { note: happening.flag ? `note ${run.version}` : 7 }
      return [{ kind: 'decided', actor, decision: { ...about, kind: 'edit', input } }]
    }
    case 'mark-done':
      return [
        { kind: 'decided', actor, decision: { ...about, kind: 'mark-done', output: happening.flag ? 'found' : 7 } },
      ]
    case 'take-over':
      return [
        { kind: 'decided', actor, decision: { step: about.step, stepVersion: about.stepVersion, kind: 'take-over' } },
      ]
    case 'skip':
    case 'escalate':
      return [{ kind: 'decided', actor, decision: { ...about, kind: happening.kind } }]
  }
}

function answerTo(happening: Extract<Happening, { do: 'answer' }>, run: Run): RunEvent[] {
  const waiting = run.steps.filter(({ status, wait }) => status === 'waiting' && wait?.kind !== 'time')
  const among = waiting.length > 0 && happening.fresh ? waiting : run.steps
  const step = among[happening.step % among.length]
  const who = VOTERS[happening.who]
  const to = VOTERS[happening.to]
  if (!step || !who || !to) return []
  const { actor, ...as } = who
  const about = { step: step.key, stepVersion: happening.fresh ? step.version : step.version - 1, as }
  switch (happening.kind) {
    case 'approve':
      return [{ kind: 'decided', actor, decision: { ...about, kind: 'approve' } }]
    case 'refuse':
      // Most of the time people approve, or little would ever come behind.
      return [
        { kind: 'decided', actor, decision: { ...about, kind: happening.flag ? 'approve' : 'refuse', reason: 'no' } },
      ]
    case 'complete':
      return [{ kind: 'decided', actor, decision: { ...about, kind: 'complete', output: happening.flag ? 'done' : 7 } }]
    case 'delegate':
      return [{ kind: 'decided', actor, decision: { ...about, kind: 'delegate', to, reason: null } }]
    case 'reassign': {
      const decision = { ...about, kind: 'reassign' as const, to, reason: null, entitled: happening.flag }
      return [{ kind: 'decided', actor, decision }]
    }
  }
}

const nameOf = ({ step, attempt }: HandedOut) => ({ step, attempt })

const failureOf = (consequence: 'retry' | 'permanent' | 'unknown' | 'person' | 'mistake') => ({
  consequence,
  code: 'x',
  message: 'It failed.',
  hint: 'Mend it.',
  service: 'vendor',
  operation: 'thing.make',
  status: null,
})

/** The run as a restart finds it. */
export const throughDisk = (run: Run): Run => Run.parse(JSON.parse(JSON.stringify(run)))

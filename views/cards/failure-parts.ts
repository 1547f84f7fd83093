import type { Run, StepFailure, StepIn } from '../../src/domain/run.ts'
import type { DrawContext } from '../drawing.ts'
import { pausedBy, whyHeld } from '../held.ts'
import { countdown, moment, outside, passage, time, type Words } from '../rich-text.ts'
import { type SafeRetry, safeRetry } from '../safe-retry.ts'
import { texts } from '../texts/index.ts'
import { ownerOf, stamps } from './failure-people.ts'
import { type Drawn, type FailureState, whatHad } from './failure-state.ts'
import type { Part } from './part.ts'
import { proposalAbout, proposalPart } from './proposal.ts'
import { asSentence, capital } from './run-status.ts'
import { solution } from './solution.ts'

const MOST_CALLS = 6

/** The card's parts in their order, for the state that the step is in. */
export function failureParts(drawn: Drawn, ctx: DrawContext): Part[] {
  const { state } = drawn
  const proposal = proposalAbout(drawn.run, drawn.step.key)
  const waits = proposal ? [proposalPart(proposal, drawn.run, ctx)] : []
  const { failureCard: says, words } = texts
  const owner = ownerOf(drawn, ctx)
  if (state.kind === 'settled') return [...had(drawn), solution(drawn, state.step, ctx)]
  if (state.kind === 'resumed') {
    return [...had(drawn), whatWeDid(drawn, ctx), { label: says.whoOwnsIt, says: owner, points: [] }]
  }
  return [
    { label: words.whatHappened, says: [passage(state.failure.message, 700)], points: [] },
    state.kind === 'held'
      ? { label: says.whyItWaits, says: heldWords(drawn, state.step, ctx), points: [] }
      : why(state.failure, ctx),
    whatIsSafe(drawn, ctx),
    whatWeDid(drawn, ctx),
    { label: says.whoOwnsItUntil, says: owner, points: [] },
    ...waits,
  ]
}

/** The incident's own card tells the rest, and has the buttons that end it. */
function heldWords({ run }: Drawn, step: StepIn<'held'>, ctx: DrawContext): Words {
  const says = texts.failureCard
  const after: Words =
    step.resumeAt === undefined || step.resumeAt <= (endOf(step, run, ctx) ?? 0)
      ? [says.goesOn]
      : says.triedAgain(time(step.resumeAt, run.startedAt))
  const more: Words = step.why === 'incident' ? [' ', says.incidentTells] : []
  return [...asSentence(capital(whyHeld(step, run, ctx))), ' ', ...after, ...more]
}

/** When what holds it ends by itself, where that is known. */
const endOf = ({ hold }: StepIn<'held'>, run: Run, ctx: DrawContext): number | null =>
  (hold === null ? run.paused?.until : ctx.hold?.(hold)?.until) ?? null

function why(failure: StepFailure, ctx: DrawContext): Part {
  const says = texts.failureCard
  const service = failure.service === null ? '' : ctx.service(failure.service)
  const http = failure.status === null ? '' : says.http(failure.status)
  const source = [service, failure.operation ?? '', http, failure.code].filter(Boolean).join(' · ')
  const hint: Words = failure.hint.trim() === '' ? [] : ['\n', ...says.whatToDo(passage(failure.hint, 600))]
  const from: Words = source === '' ? [] : ['\n', ...says.from(outside(source, 250))]
  const cause = outside(says.cause(failure.consequence, service || says.theService), 300)
  return { label: texts.words.why, says: [cause, ...hint, ...from], points: [] }
}

function had({ run, step }: Drawn): Part[] {
  const happened = whatHad(run, step)
  if (!happened) return []
  const says: Words = [passage(happened.text, 500), ' (', time(happened.at, run.startedAt), ')']
  return [{ label: texts.words.whatHappened, says, points: [] }]
}

function whatIsSafe({ run, step, state }: Drawn, ctx: DrawContext): Part {
  const { callDone, callFound, callSafe, callUnsafe } = texts.failureCard
  const verdict = safeRetry(step, (name) => ctx.service(name))
  const done = verdict.done.map(({ outcome, title }) =>
    (outcome === 'found' ? callFound : callDone)(outside(title, 90)),
  )
  const repeated = verdict.repeated.map(({ call, verdict: safety, why }) =>
    (safety === 'safe' ? callSafe : callUnsafe)(outside(call.title, 90), outside(why, 150)),
  )
  const says = [advice(verdict, state), ...whilePaused(run, state, ctx)]
  return { label: texts.words.whatIsSafe, says, points: shortened([...repeated, ...done]) }
}

/** That a click comes to nothing before the run is resumed, where nothing else on the card says so. */
function whilePaused(run: Run, state: FailureState, ctx: DrawContext): Words {
  if (!run.paused || !['failed', 'unknown', 'retrying'].includes(state.kind)) return []
  const { pausedRun, keptUntilResumed } = texts.failureCard
  return [' ', ...asSentence(pausedRun(pausedBy(run.paused, run, ctx))), ' ', keptUntilResumed]
}

function advice(verdict: SafeRetry, state: FailureState): string {
  const says = texts.failureCard
  if (state.kind === 'unknown' || verdict.overall === 'ask') return says.lookAgain
  if (verdict.overall === 'nothing-sent') return state.kind === 'held' ? says.nothingSent : says.nothingSentYet
  return state.kind === 'held' ? says.safeToGoOn : says.safeToRetry
}

function shortened(points: readonly Words[]): readonly Words[] {
  if (points.length <= MOST_CALLS) return points
  return [...points.slice(0, MOST_CALLS), [texts.failureCard.moreCalls(points.length - MOST_CALLS)]]
}

function whatWeDid(drawn: Drawn, ctx: DrawContext): Part {
  return { label: texts.failureCard.whatWeDid, says: tried(drawn), points: stamps(drawn, ctx) }
}

function tried({ run, step, state, policy }: Drawn): Words {
  const says = texts.failureCard
  const { attempts } = step
  if (state.kind === 'resumed' || state.kind === 'settled') return [says.resultToCome(attempts)]
  const soFar = { attempts, since: time(state.since, run.startedAt) }
  switch (state.kind) {
    case 'retrying': {
      const { resumeAt } = state.step
      const of = policy.backOffMs.length
      const next = { at: moment(resumeAt, run.startedAt), when: countdown(resumeAt) }
      return says.retrying({ ...soFar, ...next, of, number: Math.min(step.attemptsInRow, of) })
    }
    case 'trying':
      return says.trying(soFar)
    case 'held':
      return says.held(soFar)
    case 'failed':
    case 'unknown':
      return step.owner
        ? says.leftToSomebody(soFar, moment(step.owner.since, run.startedAt))
        : says.stopped(soFar, moment(state.step.at, run.startedAt))
  }
}

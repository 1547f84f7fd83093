import type { Run, StepFailure, StepIn } from '../../src/domain/run.ts'
import type { DrawContext } from '../drawing.ts'
import { whyHeld } from '../held.ts'
import { bold, countdown, moment, outside, passage, time, type Words } from '../rich-text.ts'
import { type SafeRetry, safeRetry } from '../safe-retry.ts'
import { count } from '../wording.ts'
import { ownerOf, stamps } from './failure-people.ts'
import { type Drawn, type FailureState, whatHad } from './failure-state.ts'
import type { Part } from './part.ts'
import { proposalAbout, proposalPart } from './proposal.ts'
import { asSentence } from './run-status.ts'
import { solution } from './solution.ts'

const MOST_CALLS = 6

/** The card's parts in their order, for the state that the step is in. */
export function failureParts(drawn: Drawn, ctx: DrawContext): Part[] {
  const { state } = drawn
  const proposal = proposalAbout(drawn.run, drawn.step.key)
  const waits = proposal ? [proposalPart(proposal, drawn.run, ctx)] : []
  if (state.kind === 'settled') return [...had(drawn), solution(drawn, state.step, ctx)]
  if (state.kind === 'resumed') {
    return [...had(drawn), whatWeDid(drawn, ctx), { label: 'Who owns it', says: ownerOf(drawn, ctx), points: [] }]
  }
  return [
    { label: 'What happened', says: [passage(state.failure.message, 700)], points: [] },
    state.kind === 'held'
      ? { label: 'Why it waits', says: heldWords(drawn, state.step, ctx), points: [] }
      : why(state.failure, ctx),
    whatIsSafe(drawn, ctx),
    whatWeDid(drawn, ctx),
    { label: 'Who owns it until when', says: ownerOf(drawn, ctx), points: [] },
    ...waits,
  ]
}

/** The incident's own card tells the rest, and has the buttons that end it. */
function heldWords({ run }: Drawn, step: StepIn<'held'>, ctx: DrawContext): Words {
  const more = step.why === 'incident' ? ' The card of the incident shows how it goes.' : ''
  const after: Words =
    step.resumeAt === undefined || step.resumeAt <= (endOf(step, run, ctx) ?? 0)
      ? ['Then it goes on by itself.']
      : ['Then it is tried again by itself, not before ', time(step.resumeAt, run.startedAt), '.']
  const since: Words = ['Since ', time(step.since, run.startedAt), ' it is ']
  return [...asSentence([...since, ...whyHeld(step, run, ctx)]), ' ', ...after, more]
}

/** When what holds it ends by itself, where that is known. */
const endOf = ({ hold }: StepIn<'held'>, run: Run, ctx: DrawContext): number | null =>
  (hold === null ? run.paused?.until : ctx.hold?.(hold)?.until) ?? null

const WHY: Record<StepFailure['consequence'], (service: string) => string> = {
  retry: (service) => `${service} could not take it just now. Such trouble mostly passes by itself.`,
  permanent: (service) => `${service} refused it, and will refuse the same request again until something is changed.`,
  unknown: () => 'It may or may not have been carried out: only somebody who looks can tell.',
  person: () => 'Something has to be put right by a person first.',
  mistake: () => 'Something that was entered does not fit.',
}

function why(failure: StepFailure, ctx: DrawContext): Part {
  const hint: Words = failure.hint.trim() === '' ? [] : ['\n', bold('What to do:'), ' ', passage(failure.hint, 600)]
  const service = failure.service === null ? '' : ctx.service(failure.service)
  const source = [
    service,
    failure.operation ?? '',
    failure.status === null ? '' : `HTTP ${failure.status}`,
    failure.code,
  ]
  const written = source.filter(Boolean).join(' · ')
  const from: Words = written === '' ? [] : ['\nFrom: ', outside(written, 250)]
  return {
    label: 'Why',
    says: [outside(WHY[failure.consequence](service || 'The service'), 300), ...hint, ...from],
    points: [],
  }
}

function had({ run, step }: Drawn): Part[] {
  const happened = whatHad(run, step)
  if (!happened) return []
  const says: Words = [passage(happened.text, 500), ' (', time(happened.at, run.startedAt), ')']
  return [{ label: 'What happened', says, points: [] }]
}

function whatIsSafe({ step, state }: Drawn, ctx: DrawContext): Part {
  const verdict = safeRetry(step, (name) => ctx.service(name))
  const done = verdict.done.map((call): Words => {
    const how = call.outcome === 'found' ? 'was there already, stays' : 'done, stays done'
    return ['✅ ', outside(call.title, 90), ` · ${how}`]
  })
  const repeated = verdict.repeated.map(({ call, verdict: safety, why }): Words => {
    const sign = safety === 'safe' ? '🔁' : '🟠'
    const word = safety === 'safe' ? 'safe to repeat' : 'not safe to repeat blindly'
    return [`${sign} `, outside(call.title, 90), ` · ${word}: `, outside(why, 150)]
  })
  return { label: 'What is safe now', says: [advice(verdict, state)], points: shortened([...repeated, ...done]) }
}

function advice(verdict: SafeRetry, state: FailureState): string {
  if (state.kind === 'unknown' || verdict.overall === 'ask') {
    return 'Looking again is safe. Nothing is sent until somebody says that it is not there: that could make a second one.'
  }
  if (verdict.overall === 'nothing-sent')
    return state.kind === 'held'
      ? 'Nothing has been sent yet.'
      : 'Nothing has been sent yet. A retry starts this step from its beginning.'
  if (state.kind === 'held') return 'Nothing will happen twice when it goes on.'
  return 'Retry is safe: nothing will happen twice.'
}

function shortened(points: readonly Words[]): readonly Words[] {
  if (points.length <= MOST_CALLS) return points
  return [...points.slice(0, MOST_CALLS), [`and ${count(points.length - MOST_CALLS, 'more call')}`]]
}

function whatWeDid(drawn: Drawn, ctx: DrawContext): Part {
  return { label: 'What we already did', says: tried(drawn), points: stamps(drawn, ctx) }
}

const stoppedAt = (at: number, run: Run): Words => ['. Purser stopped ', ...moment(at, run.startedAt), ' to ask you.']

const ownedSince = ({ step, run }: Drawn): Words =>
  step.owner ? ['. Purser tries no more by itself since ', time(step.owner.since, run.startedAt), '.'] : []

function tried(drawn: Drawn): Words {
  const { run, step, state, policy } = drawn
  const since = (when: number) => time(when, run.startedAt)
  const attempts = count(step.attempts, 'attempt')
  const own = policy.backOffMs.length
  switch (state.kind) {
    case 'retrying': {
      const number = Math.min(step.attemptsInRow, own)
      const which = own === 0 ? 'Trying again' : `Retrying ${number} of ${own}`
      return [
        `${which}, next `,
        ...moment(state.step.resumeAt, run.startedAt),
        ' (',
        countdown(state.step.resumeAt),
        `). ${attempts} so far, failing since `,
        since(state.since),
        '.',
      ]
    }
    case 'trying':
      return [`Trying again right now. ${attempts} so far, failing since `, since(state.since), '.']
    case 'held':
      return [`${attempts}, failing since `, since(state.since), '. Nothing is sent until it goes on.']
    case 'failed':
    case 'unknown':
      return [
        `${attempts}, failing since `,
        since(state.since),
        ...(drawn.step.owner ? ownedSince(drawn) : stoppedAt(state.step.at, run)),
      ]
    default:
      return [`${attempts} so far. The result will stand here.`]
  }
}

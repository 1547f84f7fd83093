import type { StoredEntry } from '../../../src/domain/entry.ts'
import type { Facts } from './facts.ts'
import type { Life } from './life.ts'

/** What is not as it has to be in the life after a crash. `control`: how things end without one. */
export const violationsOf = (life: Life, control: Facts): string[] => [
  ...(life.stuck === null ? [] : [`P7: it does not come to its end: ${life.stuck}`]),
  ...lostStart(life),
  ...lostDecisions(life),
  ...differences(control, life.facts),
  ...twice('made', life.facts.made),
  ...twice('message', life.messageKeys),
  ...ledgerGaps(life),
  ...life.errors.map((error) => `an error beside the run: ${error}`),
]

/** P1: pressing the button again finds the run that was promised. */
const lostStart = ({ wasStarted, started }: Life): string[] =>
  wasStarted && started !== 'already-started' ? [`P1: the acknowledged start is lost: ${started}`] : []

/** P1: what people were told is done stands on the step. */
function lostDecisions({ runs, acknowledged }: Life): string[] {
  return acknowledged.flatMap(({ run, step, kind, by }) => {
    const decisions = runs.find(({ id }) => id === run)?.steps.find(({ key }) => key === step)?.decisions ?? []
    const told = runs.find(({ id }) => id === run)?.history.some((line) => line.kind === 'cancel') ?? false
    const stands =
      kind === 'cancel'
        ? told
        : decisions.some((each) => each.kind === kind && each.by.kind === 'person' && each.by.user === by)
    return stands ? [] : [`P1: ${kind} of ${step} by ${by} was acknowledged and is lost`]
  })
}

/** P2 and P7: it ends as it ends without a crash, with the same things made, the same cards, and the same done with what came. */
function differences(control: Facts, facts: Facts): string[] {
  return (['runs', 'made', 'messages', 'holds', 'post'] as const).flatMap((what) => {
    const missing = control[what].filter((each) => !facts[what].includes(each))
    const more = facts[what].filter((each) => !control[what].includes(each))
    return [
      ...missing.map((each) => `P7: ${what}: missing ${each}`),
      ...more.map((each) => `P7: ${what}: not there without a crash: ${each}`),
    ]
  })
}

function twice(what: string, all: readonly string[]): string[] {
  return [...new Set(all.filter((each, at) => all.indexOf(each) !== at))].map((each) => `P2: ${what} twice: ${each}`)
}

/** P4: nothing of the ledger is gone, no request is without an intent, and only what the crash cut off has no outcome. */
function ledgerGaps({ before, after, requests }: Life): string[] {
  const ids = new Set(after.map(({ core }) => core.id))
  const gone = before.filter(({ core }) => !ids.has(core.id)).map(({ core }) => `P1: entry ${core.kind} is gone`)
  const services = [...new Set(requests.map(({ service }) => service))]
  const unannounced = services.flatMap((service) => {
    const got = requests.filter((each) => each.service === service).length
    const intents = after.filter(({ core }) => core.kind === 'call.intended' && core.service === service).length
    return got > intents ? [`P4: ${service} got ${got} requests for ${intents} intents`] : []
  })
  const cutOff = openIntents(before)
  const unheard = openIntents(after).filter((each) => !cutOff.includes(each))
  return [...gone, ...unannounced, ...unheard.map((each) => `P4: no outcome of ${each}`)]
}

function openIntents(entries: readonly StoredEntry[]): string[] {
  const of = (...kinds: string[]): string[] =>
    entries
      .filter(({ core }) => kinds.includes(core.kind))
      .map(({ core }) => `${core.operation} ${core.call}#${core.try}`)
  const outcomes = new Set(of('call.answered', 'call.unanswered'))
  return of('call.intended').filter((each) => !outcomes.has(each))
}

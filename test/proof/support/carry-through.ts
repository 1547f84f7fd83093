import type { Run } from '../../../src/domain/run.ts'
import { ended } from '../../../src/domain/run.ts'
import type { StartAnswer } from '../../../src/engine/decisions.ts'
import type { WorkflowDefinition } from '../../../src/engine/define-workflow.ts'
import type { FakeClock } from '../../support/fake-clock.ts'
import { TEAM } from '../../support/test-ids.ts'
import { settle } from '../../support/turns.ts'
import type { OpenPurser } from './open-purser.ts'
import { type Acknowledged, answerWhatIsAsked, STARTER } from './people.ts'
import { handlePost, type Post } from './post-office.ts'
import { sampleFor } from './sample-values.ts'

export interface Office {
  purser: OpenPurser
  clock: FakeClock
  workflows: readonly WorkflowDefinition[]
  /** Rises with everything that is written or sent. */
  activity(): number
  /** By how many milliseconds the time of day is set before time passes for this round. */
  setsClock(round: number): number
  /** What comes from outside meanwhile. */
  post: Post
}

/** Turns of the event loop in which nothing happens when everything waits for the clock or for people. */
const QUIET_TURNS = 12
const MOST_ROUNDS = 1_000
/** Milliseconds beyond which a wait is slept through. */
const LONG_MS = 900_000
/** Whoever has pressed Retry so often does something else. */
const MOST_RETRIES = 6

/** Lets everything go on that waits neither for the clock nor for people. */
async function rest({ activity }: Pick<Office, 'activity'>): Promise<void> {
  for (let before = -1; before !== activity(); ) {
    before = activity()
    await settle(QUIET_TURNS)
  }
}

/** Starts the workflow with a sample of its input, as often as one likes: one press of one button. */
export function startSample({ purser }: Office, { name, input }: WorkflowDefinition): Promise<StartAnswer> {
  return purser.engine.start({
    team: TEAM,
    workflow: name,
    input: sampleFor(input),
    actor: STARTER,
    startKey: `press/${name}`,
  })
}

/** How far it came: `stuck` says why it did not come to its end. */
export interface Carried {
  runs: Run[]
  stuck: string | null
}

/** Lets people answer and time pass until every run has ended, nothing is held and every card is drawn. */
export async function carryThrough(
  office: Office,
  onAcknowledged: (done: Acknowledged | 'post') => void,
): Promise<Carried> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    await rest(office)
    const runs = await allRuns(office)
    if (runs.some(isHopeless)) return { runs, stuck: `no retry helps: ${inWords(runs)}` }
    const asked = await firstAnswered(office, runs)
    if (asked) {
      onAcknowledged(asked)
      continue
    }
    const post = await handlePost(office.purser, office.post, runs)
    if (post === 'arrived' || post === 'dismissed') {
      onAcknowledged('post')
      continue
    }
    const stale = await office.purser.store.staleCards(1)
    const isOver = runs.length > 0 && runs.every(ended) && office.purser.engine.holds.standing(TEAM).length === 0
    if (post === 'nothing' && isOver && stale.length === 0) return { runs, stuck: null }
    office.clock.setBy(office.setsClock(round))
    if (!(await passTime(office))) return { runs, stuck: `nothing goes on any more: ${inWords(runs)}` }
  }
  const runs = await allRuns(office)
  return { runs, stuck: `no end after ${MOST_ROUNDS} rounds: ${inWords(runs)}` }
}

/** Until the next timer ends; or, when all that is to come is a run's time, until that. */
async function passTime({ clock, purser }: Office): Promise<boolean> {
  const wake = await purser.store.nextWake()
  const stale = await purser.store.staleCards(1)
  const asleep = wake === null ? 0 : wake - clock.now()
  const ms = clock.untilNext()
  if (ms === null) return false
  if (stale.length === 0 && asleep > LONG_MS) await clock.leap(asleep)
  else await clock.advance(ms)
  return true
}

async function firstAnswered(office: Office, runs: readonly Run[]): Promise<Acknowledged | null> {
  for (const run of runs) {
    const done = ended(run) ? null : await answerWhatIsAsked(office, run)
    if (done) return done
  }
  return null
}

const isHopeless = ({ steps }: Run): boolean =>
  steps.some(({ decisions }) => decisions.filter(({ kind }) => kind === 'retry').length > MOST_RETRIES)

/** Every run as it is, oldest first. */
async function allRuns({ purser }: Pick<Office, 'purser'>): Promise<Run[]> {
  const rows = await purser.store.runs({ team: TEAM }, 1_000)
  const runs = await Promise.all(rows.reverse().map(({ id }) => purser.engine.run(TEAM, id)))
  return runs.filter((run) => run !== null)
}

const inWords = (runs: readonly Run[]): string =>
  runs
    .map((run) => `${run.workflow} ${run.status}: ${run.steps.map(({ key, status }) => `${key} ${status}`).join(', ')}`)
    .join('; ')

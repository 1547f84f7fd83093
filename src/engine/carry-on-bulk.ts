import type { Clock } from '../clock.ts'
import { type Bulk, type BulkMember, type BulkOutcome, resultOf } from '../domain/bulk.ts'
import type { BulkId, RunId, TeamId } from '../domain/ids.ts'
import type { Run } from '../domain/run.ts'
import type { BulkBook, BulkPart } from './bulk-book.ts'
import { endBulk, hadItsTurn, nextOfBulk, withResults } from './decide-bulk.ts'
import type { Paused } from './decisions.ts'
import { ENGINE } from './draft-change.ts'
import type { RunEvent } from './events.ts'
import type { PostAnswer } from './live-runs.ts'
import { SECOND_PERSON } from './propose-decision.ts'

/** What a run answered to its retry. */
type Answer = Pick<PostAnswer, 'kind'> & { code?: string }

interface Ports {
  book: BulkBook
  clock: Clock
  paused(): Paused | null
  post(team: TeamId, run: RunId, event: RunEvent, part?: BulkPart): Promise<Answer>
  read(team: TeamId, run: RunId): Promise<Run | null>
  onError(error: unknown): void
}

/** Milliseconds until it is tried again after something went wrong with the store, or while everything is paused. */
const AGAIN_MS = 10_000

/** Carries bulk retries on, one step after another; what is done and what is left is in the store. */
export function createBulkCarrier(ports: Ports) {
  const { book, clock } = ports
  const busy = new Map<BulkId, { again: boolean }>()
  const stopping = new AbortController()
  const find = (id: BulkId): Bulk | undefined => book.standing().find((each) => each.id === id)
  const pause = (ms: number): Promise<void> => clock.sleep(ms, stopping.signal).catch(() => undefined)

  /** The retry and the account of it are one change: a member is never retried twice, whenever the process dies. */
  const retry = async (bulk: Bulk, member: BulkMember): Promise<void> => {
    const turn = (outcome: BulkOutcome, why?: string) => (now: Bulk) =>
      hadItsTurn(now, { member, outcome, now: clock.now(), ...(why ? { why } : {}) })
    const { run, step, version: stepVersion } = member
    const decision = { kind: 'retry', step, stepVersion, provenAbsent: false, bulk: bulk.id } as const
    const event: RunEvent = { kind: 'decided', decision, actor: bulk.by }
    const heard: { answer?: Answer } = {}
    await book.changeWith(bulk.id, turn('retried'), async (part) => {
      heard.answer = await ports.post(bulk.team, run, event, part)
      return heard.answer.kind === 'changed'
    })
    const { outcome, why } = refusal(heard.answer)
    if (outcome) await book.change(bulk.id, turn(outcome, why))
  }

  /** Looks what came of those that were retried. */
  const look = async ({ id, team, members }: Bulk): Promise<void> => {
    const results = new Map<BulkMember['run'], Run | null>()
    for (const { run, outcome } of members) {
      if (outcome === 'retried' && !results.has(run)) results.set(run, await ports.read(team, run))
    }
    await book.change(id, (bulk) =>
      withResults(bulk, (member) => {
        const run = results.get(member.run)
        return run === undefined ? null : resultOf(run, member)
      }),
    )
  }

  const carryOn = async (id: BulkId): Promise<void> => {
    for (;;) {
      const bulk = find(id)
      if (!bulk || stopping.signal.aborted) return
      if (ports.paused()) {
        await pause(AGAIN_MS)
        continue
      }
      const next = nextOfBulk(bulk, clock.now())
      switch (next.do) {
        case 'nothing':
          return
        case 'wait':
          await pause(next.until - clock.now())
          break
        case 'retry':
          await retry(bulk, next.member)
          break
        case 'watch':
          await look(bulk)
          // What happens to their runs from here on is heard of.
          if (nextOfBulk(find(id) ?? bulk, clock.now()).do === 'watch') return
          break
        case 'end':
          if (await book.change(id, (now) => endBulk(now, { by: ENGINE, now: clock.now() }))) return
          await pause(AGAIN_MS)
      }
    }
  }

  const nudge = (id: BulkId): void => {
    if (stopping.signal.aborted) return
    const under = busy.get(id)
    if (under) {
      under.again = true
      return
    }
    const mine = { again: false }
    busy.set(id, mine)
    carryOn(id)
      .catch(async (error: unknown) => {
        ports.onError(error)
        mine.again = true
        await pause(AGAIN_MS)
      })
      .finally(() => {
        busy.delete(id)
        if (mine.again) nudge(id)
      })
  }

  return {
    nudge,
    /** Something happened to a run: it may be what came of a retry. */
    onChanged({ id }: Run): void {
      for (const bulk of book.standing()) {
        if (bulk.status !== 'running') continue
        if (!bulk.members.some(({ run, outcome }) => run === id && outcome === 'retried')) continue
        if (busy.has(bulk.id) && nextOfBulk(bulk, clock.now()).do !== 'watch') {
          look(bulk).catch(ports.onError)
        } else nudge(bulk.id)
      }
    },
    stop: () => stopping.abort(new Error('Purser stops')),
  }
}

/** Why it was not retried, as the run answered; no outcome when it was, or when it was stopped meanwhile. */
function refusal(answer: Answer | undefined): { outcome: BulkOutcome | null; why?: string } {
  if (!answer) return { outcome: null }
  switch (answer.kind) {
    case 'changed':
      return { outcome: null }
    case 'too-late':
    case 'nothing':
      return { outcome: 'decided', why: 'too-late' }
    case 'no-such-run':
      return { outcome: 'decided', why: 'no-such-run' }
    default:
      return { outcome: answer.code === SECOND_PERSON ? 'second-person' : 'refused', why: answer.code ?? answer.kind }
  }
}

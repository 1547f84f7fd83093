import type { Store, Unhandled } from '../../db/store.ts'
import { PermanentFailure, PurserError, RetryLater, UnknownOutcome } from '../../src/domain/errors.ts'
import type { UserId } from '../../src/domain/ids.ts'
import type { HandlerPorts } from '../../src/slack/handler.ts'
import { markHandled } from '../../src/slack/receive-once.ts'
import { excuse, type TakingIn } from '../../src/slack/take-in.ts'
import { listSaved } from '../ledger/saved-queries.ts'
import { carryOut } from './carry-out.ts'
import { doneAlready, isKeptSince } from './done-already.ts'
import { type LeftOver, readLeftOver } from './kept.ts'
import { tellDone, tellTooLate } from './tell-too-late.ts'

/**
 * Milliseconds after which a click or command is not carried out any more. Slack itself takes answers to one for as
 * long (`response_url`); whoever has waited longer has most likely found another way, and would be surprised.
 */
export const CARRIED_OUT_WITHIN_MS = 30 * 60_000
/** Milliseconds until what Slack did not let through is tried again; doubled up to the longest. */
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 60_000
const AT_ONCE = 500

/** What was acknowledged and not handled when the last process ended, oldest first; asked before anything new comes. */
export async function leftOver(store: Pick<Store, 'unhandled'>): Promise<Unhandled[]> {
  const all: Unhandled[] = []
  for (;;) {
    const page = await store.unhandled(all.at(-1)?.entry ?? null, AT_ONCE)
    all.push(...page)
    if (page.length < AT_ONCE) return all
  }
}

export interface TakingUp {
  /** Resolves with how many there were, when each was carried out or its author told. */
  done: Promise<number>
  stop(): Promise<void>
}

/** Carries out what was left, or tells whoever did it why not; what Slack does not let through now is tried again. */
export function takeUp(options: TakingIn, all: readonly Unhandled[]): TakingUp {
  const stopping = new AbortController()
  const done = takeUpAll(options, all, stopping.signal)
  return {
    done,
    async stop() {
      stopping.abort()
      await done.catch(() => {})
    },
  }
}

async function takeUpAll(options: TakingIn, all: readonly Unhandled[], signal: AbortSignal): Promise<number> {
  const { clock } = options.ports
  let remaining = all
  for (let pauseMs = FIRST_PAUSE_MS; remaining.length > 0; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
    remaining = await takeUpOnce(options, remaining, signal)
    if (signal.aborted) return all.length - remaining.length
    if (remaining.length > 0) await clock.sleep(pauseMs, signal).catch(() => {})
  }
  return all.length
}

/** Answers with what has to wait. What one person did is carried out in its order: nothing overtakes what waits. */
async function takeUpOnce(options: TakingIn, all: readonly Unhandled[], signal: AbortSignal): Promise<Unhandled[]> {
  const { store, ledger } = options.ports
  const waiting = new Set<UserId>()
  const left: Unhandled[] = []
  for (const of of all) {
    const entry = await store.entry(of.team, of.entry)
    const read = entry && readLeftOver(ledger, entry)
    if (signal.aborted || (read && waiting.has(read.asked.user))) left.push(of)
    else if (!read || (await isDealtWith(options, read))) await markHandled(options.ports, of)
    else {
      waiting.add(read.asked.user)
      left.push(of)
    }
  }
  return left
}

/** False when Slack was not to be had for it. */
async function isDealtWith(options: TakingIn, left: LeftOver): Promise<boolean> {
  try {
    await dealWith(options, left)
  } catch (error) {
    if (isForLater(error, isOld(options, left))) return false
    options.log.error('somebody could not be told what became of what they did', { err: error })
  }
  return true
}

async function dealWith(options: TakingIn, left: LeftOver): Promise<void> {
  const ports: HandlerPorts = { ...options.ports, surface: reaching(options.ports.surface) }
  const { kind } = left.kept
  const late = isOld(options, left)
  try {
    const done = await doneAlready(ports, left)
    if (done) await tellDone(ports, left, done)
    else if (late && (kind === 'click' || kind === 'command')) await tellTooLate(ports, left)
    else if (await isKeptSince(ports, left)) await listSaved(ports, left.asked)
    else await carryOut(ports, left, late)
  } catch (error) {
    if (isForLater(error, late)) throw error
    await ports.surface.whisper(left.asked.place, excuse(options, error))
  }
}

const isOld = ({ ports }: TakingIn, { at }: LeftOver): boolean => ports.clock.now() - at > CARRIED_OUT_WITHIN_MS

/** Also where rights could not be looked up because Slack did not answer; what may have been told is not told for ever. */
const isForLater = (error: unknown, late: boolean): boolean =>
  error instanceof RetryLater ||
  (error instanceof UnknownOutcome && !late) ||
  (error instanceof PurserError && isForLater(error.cause, late))

/** Who has left the channel meanwhile is told in direct messages. */
const reaching = (surface: HandlerPorts['surface']): HandlerPorts['surface'] => ({
  ...surface,
  async whisper(place, drawing, options) {
    try {
      await surface.whisper(place, drawing, options)
    } catch (error) {
      if (!(error instanceof PermanentFailure) || place.channel === null) throw error
      await surface.whisper({ ...place, channel: null, threadTs: null }, drawing, options)
    }
  },
})

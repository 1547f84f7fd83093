import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredEntry } from '../../../src/domain/entry.ts'
import { RetryLater } from '../../../src/domain/errors.ts'
import type { Run } from '../../../src/domain/run.ts'
import type { WorkflowDefinition } from '../../../src/engine/define-workflow.ts'
import type { WatchedService } from '../../../src/engine/watch-services.ts'
import type { RulesBook } from '../../../src/rules/rules.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { quickFolder } from '../../support/temp-folder.ts'
import { carryThrough, type Office, startSample } from '../support/carry-through.ts'
import {
  createMemoryWorld,
  type Trouble,
  WORLD_URL,
  type WorldRequest,
  type WorldState,
} from '../support/memory-world.ts'
import { openPurser } from '../support/open-purser.ts'
import type { Acknowledged } from '../support/people.ts'
import type { Letter, Post } from '../support/post-office.ts'
import { type Boundary, createBoundaries, type Files, type Place } from './boundaries.ts'
import { allEntries, type Facts, factsOf } from './facts.ts'

export interface Scenario {
  definition: WorkflowDefinition
  /** All that there are: what one starts may be another. */
  workflows: readonly WorkflowDefinition[]
  rules: RulesBook
  trouble?(number: number, request: WorldRequest, now: number): Trouble | null
  /** What systems outside send meanwhile. */
  letters?: readonly Letter[]
  /** See `openPurser`. */
  watches?: readonly WatchedService[]
  /** See `openPurser`. */
  unprotected?: boolean
  /** Whether the disk is full when this boundary wants to commit. */
  refuses?(boundary: number): boolean
  /** By how many milliseconds the time of day is set before time passes for this round. */
  setsClock?(round: number): number
}

/** What is outside the files when the process dies at one moment. */
export interface Left {
  at: number
  world: WorldState
  /** What people had been told is done. */
  acknowledged: readonly Acknowledged[]
  startAcknowledged: boolean
  /** How many letters their sender was told have arrived. */
  arrived: number
}

/** All that is left then. */
export interface CrashState extends Left, Files {
  boundary: number
  place: Place
  /** What was being written or sent. */
  what: string
}

export interface Life {
  boundaries: number
  runs: Run[]
  /** Why it did not come to its end; null when it did. */
  stuck: string | null
  facts: Facts
  /** Keys of all messages in Slack, as often as they stand there. */
  messageKeys: string[]
  requests: readonly WorldRequest[]
  acknowledged: readonly Acknowledged[]
  /** What pressing the start's button came to, and whether it had been acknowledged in an earlier life. */
  started: string
  wasStarted: boolean
  /** The ledger's entries at the beginning and at the end, newest first. */
  before: StoredEntry[]
  after: StoredEntry[]
  /** What Purser told beside the runs. */
  errors: string[]
  /** Requests in this life that went wrong. */
  troubles: number
}

interface Watching {
  /** At each boundary, with what a crash would leave just then. */
  reached?(boundary: Boundary, left: () => CrashState): void
  /** After each change outside, before Purser hears of it; and after each acknowledgement. */
  changed?(left: () => Left): void
  /** All is open, and nothing was taken up yet. */
  begun?(): void
  /** The disk failed, and the process ends: what is left of it, and the entries that were answered as written. */
  diskFailed?(left: CrashState, kept: ReadonlySet<string>): void
}

/** It ended in the middle of its life, by itself. */
export class ProcessEnded extends Error {}

/** Milliseconds until somebody has started it again. */
const RESTART_MS = 2_000

/**
 * Starts Purser, anew or from what a crash left, presses the start's button, and carries everything through. Keeps what
 * a crash would leave wherever `choose` says so.
 */
export async function live(
  scenario: Scenario,
  from: CrashState | null,
  choose: (boundary: number, place: Place) => boolean = () => false,
): Promise<Life & { states: CrashState[] }> {
  using folder = quickFolder()
  if (from) {
    writeFileSync(join(folder.path, 'purser.db'), from.purserDb)
    writeFileSync(join(folder.path, 'keys.db'), from.keysDb)
  }
  const states: CrashState[] = []
  const life = await liveIn(folder.path, scenario, {
    from,
    reached(boundary, left) {
      if (choose(boundary.boundary, boundary.place)) states.push(left())
    },
  })
  return { ...life, states }
}

/** The same in a folder that is there already, with whatever files are in it. Throws ProcessEnded. */
export async function liveIn(
  folder: string,
  scenario: Scenario,
  { from, reached, changed, begun, diskFailed }: Watching & { from: Left | null },
): Promise<Life> {
  const clock = from ? createFakeClock(from.at + RESTART_MS) : createFakeClock()
  const startedAt = clock.now()
  const world = createMemoryWorld({
    // Whatever is done to our clock, theirs goes on.
    now: () => startedAt + clock.elapsed(),
    changed: () => changed?.(left),
    ...(from ? { from: from.world } : {}),
    ...(scenario.trouble ? { trouble: scenario.trouble } : {}),
  })
  const acknowledged = [...(from?.acknowledged ?? [])]
  const post: Post = { letters: scenario.letters ?? [], arrived: from?.arrived ?? 0 }
  const starts = { acknowledged: from?.startAcknowledged ?? false }
  const left = (): Left => ({
    at: clock.now(),
    world: world.keep(),
    acknowledged: [...acknowledged],
    startAcknowledged: starts.acknowledged,
    arrived: post.arrived,
  })
  const boundaries = createBoundaries(
    folder,
    (boundary, files) => reached?.(boundary, () => ({ ...boundary, ...left(), ...files() })),
    scenario.refuses,
  )
  const ends = Promise.withResolvers<never>()
  const onDiskFailure = (): void => {
    const moment = { boundary: boundaries.count(), place: 'before-commit', what: 'a sync that failed' } as const
    diskFailed?.({ ...moment, ...left(), ...boundaries.die() }, boundaries.kept())
    ends.reject(new ProcessEnded('the disk failed'))
  }
  const ports = { folder, worldUrl: WORLD_URL, http: world.http, clock, between: boundaries.between }
  const purser = await openPurser({ ...scenario, ...ports, ...(diskFailed ? { onDiskFailure } : {}) })
  const { workflows, setsClock = () => 0 } = scenario
  const office = { purser, clock, workflows, setsClock, post, activity: boundaries.activity }
  try {
    boundaries.begin(world.requests.length)
    begun?.()
    const told = { acknowledged, starts, changed: () => changed?.(left) }
    const lived = await Promise.race([toTheEnd(office, scenario, told), ends.promise])
    const earlier = from?.world.requests.length ?? 0
    return {
      ...lived,
      ...{ boundaries: boundaries.count(), wasStarted: from?.startAcknowledged ?? false, acknowledged },
      ...{ requests: world.requests, messageKeys: world.slack.keys() },
      facts: factsOf(world, lived.runs, lived.after),
      errors: purser.errors.map(String),
      troubles: world.requests.slice(earlier).filter(({ trouble }) => trouble !== null).length,
    }
  } finally {
    boundaries.end()
    await purser.drop()
  }
}

interface Telling {
  acknowledged: Acknowledged[]
  starts: { acknowledged: boolean }
  changed(): void
}

/** Takes up what there is, presses the start's button, and carries everything through. */
async function toTheEnd(office: Office, { definition }: Scenario, { acknowledged, starts, changed }: Telling) {
  const { purser, clock, post } = office
  const before = await allEntries(purser.store)
  await purser.takeUp({ post: post.letters.length > 0 })
  const { kind: started } = await withPatience(clock, () => startSample(office, definition))
  starts.acknowledged ||= started === 'started'
  changed()
  const { runs, stuck } = await carryThrough(office, (done) => {
    if (done !== 'post') acknowledged.push(done)
    changed()
  })
  return { before, started, runs, stuck, after: await allEntries(purser.store) }
}

/** Whoever is told that it did not work presses again. */
async function withPatience<T>(clock: { advance(ms: number): Promise<void> }, press: () => Promise<T>): Promise<T> {
  for (let left = 20; ; left--) {
    try {
      return await press()
    } catch (error) {
      if (!(error instanceof RetryLater) || left === 0) throw error
      await clock.advance(1_000)
    }
  }
}

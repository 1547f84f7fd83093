import type { RunHead } from '../../../db/store.ts'
import type { RunInAnswer } from '../../../views/answers/status-answer.ts'
import type { Person } from '../../domain/actor.ts'
import type { Run } from '../../domain/run.ts'
import { OPEN_STATUSES } from '../../domain/run-status.ts'
import type { HandlerPorts } from '../handler.ts'
import { sightOf } from '../sight.ts'
import { listHeads, openInTurns } from './list-runs.ts'

export interface Span {
  since: number
  until: number
}

export interface RunsInTime {
  /** Newest first. */
  runs: RunInAnswer[]
  /** Older ones that were not looked into. */
  unopened: number
}

interface Asked {
  span: Span
  person: Person
  workflow?: string | undefined
}

const MOST_OPENED = 500

/** The runs that somebody may see in which something happened in this time. */
export async function runsInTime(ports: HandlerPorts, { span, person, workflow }: Asked): Promise<RunsInTime> {
  const { team } = person
  const { row } = sightOf(ports, person)
  const filter = { team, ...(workflow === undefined ? {} : { workflow }) }
  const isSeen = (head: RunHead): boolean => row(head) && head.startedAt <= span.until
  const [open, ended] = await Promise.all([
    listHeads(ports.store, { ...filter, statuses: OPEN_STATUSES }, isSeen),
    listHeads(ports.store, { ...filter, endedSince: span.since }, isSeen),
  ])
  const newest = [...open, ...ended].sort((a, b) => b.startedAt - a.startedAt)
  const runs = await openInTurns(ports, newest.slice(0, MOST_OPENED), (run) => isAnythingIn(run, span))
  return { runs, unopened: Math.max(0, newest.length - MOST_OPENED) }
}

const isAnythingIn = ({ history, steps }: Run, { since, until }: Span): boolean => {
  const isIn = ({ at }: { at: number }): boolean => at >= since && at <= until
  return history.some(isIn) || steps.some(({ calls, decisions }) => calls.some(isIn) || decisions.some(isIn))
}

import type { RunFilter, RunHead, Store, StoredRun } from '../../../db/store.ts'
import type { SomeOf } from '../../../views/answers/some-of.ts'
import type { RunInAnswer } from '../../../views/answers/status-answer.ts'
import type { RunId } from '../../domain/ids.ts'
import type { Run } from '../../domain/run.ts'
import type { HandlerPorts } from '../handler.ts'
import { decoded } from './find-runs.ts'

type Ports = Pick<HandlerPorts, 'store' | 'engine' | 'workflows'>

/** Heads that are read in one go; runs are heavier. */
const HEADS_A_PAGE = 2_000
const RUNS_A_PAGE = 200
/** Runs of a list that are opened, whether to be shown or to be looked into. */
const MOST_OPENED = 100

/** Everything that matches, newest first, however much that is; other work has its turn between two pages. */
export async function everyPage<Row extends { id: RunId }>(
  read: (filter: RunFilter, limit: number) => Promise<Row[]>,
  { filter, page }: { filter: RunFilter; page: number },
  take: (rows: Row[]) => void | Promise<void>,
): Promise<void> {
  for (let before: RunId | undefined; ; ) {
    const rows = await read(before ? { ...filter, before } : filter, page)
    await take(rows)
    before = rows.at(-1)?.id
    if (rows.length < page) return
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** All heads that match and that somebody may see, newest first. */
export async function listHeads(
  store: Pick<Store, 'runHeads'>,
  filter: RunFilter,
  isSeen: (head: RunHead) => boolean,
): Promise<RunHead[]> {
  const all: RunHead[] = []
  await everyPage(store.runHeads, { filter, page: HEADS_A_PAGE }, (heads) => {
    all.push(...heads.filter(isSeen))
  })
  return all
}

/** What is looked for in all runs that match and that somebody may see, each of them opened: only for what an index narrows down. */
export async function findInRuns<Found>(
  ports: Ports,
  { filter, isSeen }: { filter: RunFilter; isSeen(row: StoredRun): boolean },
  findIn: (each: RunInAnswer) => readonly Found[],
): Promise<Found[]> {
  const all: Found[] = []
  await everyPage(ports.store.runs, { filter, page: RUNS_A_PAGE }, async (rows) => {
    all.push(...withOutlines(ports, await decoded(ports, rows.filter(isSeen))).flatMap(findIn))
  })
  return all
}

/** What is stuck comes first. */
export const stuckFirst = (heads: readonly RunHead[]): RunHead[] => [
  ...heads.filter(({ status }) => status === 'blocked'),
  ...heads.filter(({ status }) => status !== 'blocked'),
]

/** The first of these runs, opened, and how many there are. */
export async function openFirst(
  ports: Pick<Ports, 'engine' | 'workflows'>,
  heads: readonly RunHead[],
  most = MOST_OPENED,
): Promise<SomeOf<RunInAnswer>> {
  return { first: withOutlines(ports, await decoded(ports, heads.slice(0, most))), count: heads.length }
}

const OPENED_IN_A_TURN = 50

/** These runs, opened, of which something is wanted; other work has its turn in between. */
export async function openInTurns(
  ports: Pick<Ports, 'engine' | 'workflows'>,
  heads: readonly RunHead[],
  isWanted: (run: Run) => boolean,
): Promise<RunInAnswer[]> {
  const all: RunInAnswer[] = []
  for (let at = 0; at < heads.length; at += OPENED_IN_A_TURN) {
    const runs = await decoded(ports, heads.slice(at, at + OPENED_IN_A_TURN))
    all.push(...withOutlines(ports, runs.filter(isWanted)))
    await new Promise((resolve) => setImmediate(resolve))
  }
  return all
}

/** Runs with the words and edges of their workflows; those of workflows that are gone are left out. */
export const withOutlines = ({ workflows }: Pick<HandlerPorts, 'workflows'>, runs: readonly Run[]): RunInAnswer[] =>
  runs.flatMap((run) => {
    const outline = workflows.find(({ name }) => name === run.workflow)?.outline
    return outline ? [{ run, outline }] : []
  })

import type { RunFilter, StoredRun, Subject } from '../../../db/store.ts'
import type { Person } from '../../domain/actor.ts'
import { RunId, type TeamId, UserId } from '../../domain/ids.ts'
import type { Run } from '../../domain/run.ts'
import type { HandlerPorts } from '../handler.ts'
import { type Sight, sightOf } from '../sight.ts'
import { knownSubjects, seesAll } from './known-subjects.ts'
import { foldName, matchNames } from './match-names.ts'

export interface FoundRuns {
  /** Newest first. */
  runs: Run[]
  /** Those that one could have meant, when nothing was found. */
  near: Run[]
}

interface Asked {
  words: readonly string[]
  /** Who asks: only what they may see is found. */
  person: Person
}

interface Search extends Asked {
  team: TeamId
  sight: Sight
  /** Those whom the asker may know; null when that is everybody. */
  known: readonly Subject[] | null
}

type Ports = Pick<HandlerPorts, 'store' | 'engine' | 'directory' | 'rules' | 'workflows'>

const MOST_RUNS = 20
const MOST_ROWS = 100
const MOST_SUBJECTS = 50
const MOST_NEAR = 5
/** Names that are gone through for accents and typos, which the store's search does not know. */
const MOST_COMPARED = 5_000

/** Runs by the end of their id, an e-mail address, a mention, or the words of a name. */
export async function findRuns(ports: Ports, asked: Asked): Promise<FoundRuns> {
  const { person } = asked
  const known = seesAll(ports, person) ? null : await knownSubjects(ports, person)
  const search = { ...asked, team: person.team, sight: sightOf(ports, person), known }
  const byId = await rowsById(ports, search)
  if (byId.length > 0) return { runs: await decoded(ports, byId), near: [] }
  const subjects = await subjectsFor(ports, search)
  const rows = await visibleRows(ports, search, subjects)
  if (rows.length > 0) return { runs: await decoded(ports, ofInterest(rows)), near: [] }
  return { runs: [], near: await nearby(ports, search) }
}

async function rowsById({ store }: Ports, { team, words, sight }: Search): Promise<StoredRun[]> {
  const [word, ...others] = words
  if (word === undefined || others.length > 0) return []
  const small = word.toLowerCase()
  const whole = RunId.safeParse(small)
  if (whole.success) {
    const row = await store.run(team, whole.data)
    return row && sight.row(row) ? [row] : []
  }
  if (!/^[0-9a-f]{8}$/.test(small)) return []
  const rows = await store.runs({ team, shortId: small }, MOST_ROWS)
  return rows.filter(sight.row)
}

async function subjectsFor(ports: Ports, { team, words, known }: Search): Promise<Subject[]> {
  const names = (await Promise.all(words.map((word) => mentionedAs(ports, team, word)))).filter((word) => word !== '')
  if (names.length === 0) return []
  const [name = ''] = names
  const key = name.toLowerCase()
  if (known !== null) {
    const own = names.length === 1 ? known.find((subject) => subject.key === key) : undefined
    return own ? [own] : matchNames(known, names)
  }
  const exact = names.length === 1 ? await ports.store.subjectByKey(team, key) : null
  if (exact) return [exact]
  const holding = await ports.store.findSubjects(team, names, MOST_SUBJECTS)
  if (holding.length > 0) {
    const closest = matchNames(holding, names)
    return closest.length > 0 ? closest : holding
  }
  return matchNames(await ports.store.findSubjects(team, [], MOST_COMPARED), names)
}

/** A mention is looked for by the person's e-mail address, anything else as it is; empty when the person has none. */
async function mentionedAs({ directory }: Ports, team: TeamId, word: string): Promise<string> {
  const id = /^<@(.+)>$/.exec(word)?.[1]
  if (id === undefined) return word
  const user = UserId.safeParse(id)
  return user.success ? ((await directory.person(team, user.data))?.email ?? '') : ''
}

async function visibleRows(
  { store }: Ports,
  { team, sight }: Search,
  subjects: readonly Subject[],
): Promise<StoredRun[]> {
  if (subjects.length === 0) return []
  const filter: RunFilter = { team, subjects: subjects.map(({ id }) => id) }
  return (await store.runs(filter, MOST_ROWS)).filter(sight.row)
}

/** Of each subject and workflow what goes on, or else what ended last. */
function ofInterest(rows: readonly StoredRun[]): StoredRun[] {
  const chosen = new Map<string, StoredRun[]>()
  for (const row of rows) {
    const about = `${row.subject}/${row.workflow}`
    const earlier = chosen.get(about) ?? []
    if (earlier.length === 0) chosen.set(about, [row])
    else if (row.endedAt === null) chosen.set(about, [...earlier.filter(({ endedAt }) => endedAt === null), row])
  }
  const kept = new Set([...chosen.values()].flat())
  return rows.filter((row) => kept.has(row)).slice(0, MOST_RUNS)
}

/** The present states; a run whose subject was erased is left out. */
export async function decoded(
  { engine }: Pick<Ports, 'engine'>,
  rows: readonly Pick<StoredRun, 'team' | 'id'>[],
): Promise<Run[]> {
  const runs = await Promise.all(rows.map(({ team, id }) => engine.run(team, id)))
  return runs.filter((run) => run !== null)
}

/** Runs about those whose names hold at least one of the words, or nearly so. */
async function nearby(ports: Ports, search: Search): Promise<Run[]> {
  const all = search.known ?? (await ports.store.findSubjects(search.team, [], MOST_COMPARED))
  const words = search.words.filter((word) => foldName(word).length > 2 && !word.startsWith('<'))
  const close = [...new Set(words.flatMap((word) => matchNames(all, [word])))].slice(0, MOST_SUBJECTS)
  return await decoded(ports, ofInterest(await visibleRows(ports, search, close)).slice(0, MOST_NEAR))
}

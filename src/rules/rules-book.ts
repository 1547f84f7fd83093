import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { RulesVersion, Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import { actorText } from '../domain/actor.ts'
import type { EntryDraft, StoredEntry } from '../domain/entry.ts'
import { PersonNeeded } from '../domain/errors.ts'
import { evaluateRules } from './evaluate.ts'
import { type LoadedRules, loadRules, problemsInWords, type RulesProblem } from './load.ts'
import type { Rules, RulesBook } from './rules.ts'
import type { RulesFrame } from './rules-frame.ts'
import { watchFile } from './watch-file.ts'

/** The entry of a new version; its id and team are added by whoever makes the entry. */
export type RulesChanged = Omit<EntryDraft, 'id' | 'team'>

interface RulesBookParts {
  /** The rules file. */
  path: string
  store: Pick<Store, 'commit' | 'latestRules' | 'rulesVersion'>
  clock: Clock
  /** What the workflows expect of the file; null checks the file by itself. */
  frame?: RulesFrame | null
  /** Makes the entry that is committed together with a new version. */
  record?(draft: RulesChanged): readonly StoredEntry[]
  /** Told after a new version holds. */
  onChange?(rules: Rules): void
  /** Told, once for the same problems, when the file cannot take the place of the rules that hold. */
  onRejected?(problems: readonly RulesProblem[]): void
  /** Told what went wrong otherwise: the store or the file could not be reached; it is tried again. */
  onError?(error: unknown): void
  /** Milliseconds between two looks at the file. */
  everyMs?: number
}

/** The rules that hold, kept up to date with the file until it is closed. */
export interface LiveRulesBook extends RulesBook {
  close(): Promise<void>
}

/** Reads the rules file, or keeps the last good version; throws when there is neither. */
export async function createRulesBook(parts: RulesBookParts): Promise<LiveRulesBook> {
  const { path, store, clock } = parts
  const kept = new Map<number, Promise<Rules>>()
  const keep = (rules: Rules): Rules => {
    kept.set(rules.version, Promise.resolve(rules))
    return rules
  }
  let reported = ''
  let rejected: readonly RulesProblem[] = []
  const reject = (problems: readonly RulesProblem[]): void => {
    rejected = problems
    const words = problemsInWords(problems)
    if (words !== reported) parts.onRejected?.(problems)
    reported = words
  }
  let { latest, rules } = await first(parts, reject)
  keep(rules)

  const reload = async (): Promise<void> => {
    const read = await readRules(path, parts.frame ?? null)
    if (!read.ok) return reject(read.problems)
    reported = ''
    rejected = []
    if (read.digest === latest.digest) return
    latest = await storeVersion(parts, { latest, text: read.text, part: 'engine' })
    rules = keep(evaluateRules(read.rules, latest.version))
    parts.onChange?.(rules)
  }
  const watch = watchFile({
    path,
    clock,
    everyMs: parts.everyMs ?? 1000,
    changed: reload,
    failed: (error) => parts.onError?.(error),
  })

  return {
    current: () => rules,
    problems: () => rejected,
    at(version) {
      const known = kept.get(version)
      if (known) return known
      const loading = earlier(store, version)
      kept.set(version, loading)
      loading.catch(() => kept.delete(version))
      return loading
    },
    close: () => watch.close(),
  }
}

/** The version that holds at the start: the file's when it is good, else the last stored one. */
async function first(
  parts: RulesBookParts,
  reject: (problems: readonly RulesProblem[]) => void,
): Promise<{ latest: RulesVersion; rules: Rules }> {
  const stored = await parts.store.latestRules()
  const read = await readRules(parts.path, parts.frame ?? null)
  if (read.ok) {
    const isSame = stored?.digest === read.digest
    const latest = isSame ? stored : await storeVersion(parts, { latest: stored, text: read.text, part: 'start' })
    return { latest, rules: evaluateRules(read.rules, latest.version) }
  }
  const before = stored && loadStored(stored)
  if (!stored || !before?.ok) throw unusable(parts.path, read.problems)
  reject(read.problems)
  return { latest: stored, rules: evaluateRules(before.rules, stored.version) }
}

interface NextVersion {
  latest: RulesVersion | null
  text: string
  part: 'start' | 'engine'
}

async function storeVersion(parts: RulesBookParts, { latest, text, part }: NextVersion): Promise<RulesVersion> {
  const at = parts.clock.now()
  const version: RulesVersion = { version: (latest?.version ?? 0) + 1, digest: digestOf(text), text, at }
  const draft: RulesChanged = {
    at,
    kind: 'rules.changed',
    actor: actorText({ kind: 'machine', part }),
    subjects: [],
    facts: { version: version.version, digest: version.digest },
  }
  await parts.store.commit({ at, entries: parts.record?.(draft) ?? [], rules: version })
  return version
}

type ReadRules =
  | Extract<LoadedRules, { ok: false }>
  | (Extract<LoadedRules, { ok: true }> & { text: string; digest: string })

async function readRules(path: string, frame: RulesFrame | null): Promise<ReadRules> {
  const file = basename(path)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    const suggestion = code === 'ENOENT' ? 'copy rules.example.yml to it, or set its path' : 'let Purser read it'
    const message = code === 'ENOENT' ? 'there is no such file' : `the file cannot be read (${code})`
    return { ok: false, problems: [{ file, line: 1, column: 1, message, suggestion }] }
  }
  const loaded = loadRules({ file, text, frame })
  return loaded.ok ? { ...loaded, text, digest: digestOf(text) } : loaded
}

/** An earlier version was checked against the code of its day; today's code may have other workflows. */
const loadStored = ({ version, text }: RulesVersion): LoadedRules =>
  loadRules({ file: `rules version ${version}`, text, frame: null })

async function earlier(store: RulesBookParts['store'], version: number): Promise<Rules> {
  const stored = await store.rulesVersion(version)
  if (!stored) {
    throw new PersonNeeded({
      code: 'no-rules-version',
      message: `Version ${version} of the rules is not in the database.`,
      hint: 'The database was probably restored from a backup: retry the step with today’s rules.',
    })
  }
  const loaded = loadStored(stored)
  if (loaded.ok) return evaluateRules(loaded.rules, version)
  throw new PersonNeeded({
    code: 'rules-version-outdated',
    message: `Version ${version} of the rules is not understood any more:\n${problemsInWords(loaded.problems)}`,
    hint: 'Retry the step with today’s rules.',
  })
}

const unusable = (path: string, problems: readonly RulesProblem[]): PersonNeeded =>
  new PersonNeeded({
    code: 'rules-file-unusable',
    message: `The rules file ${path} has ${problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`}:\n${problemsInWords(problems)}`,
    hint: 'Correct it and start again; rules.example.yml is a complete example.',
  })

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url')

import type Database from 'better-sqlite3'
import type { EntryId } from '../../domain/ids.ts'

/** How to walk through an index of the entries by falling id. */
export interface StreamPlan {
  /** Selects `id` and `fits`, from below `$from` down to `$floor`, `$count` at most, newest first. */
  sql: string
  params: Readonly<Record<string, string | number>>
}

interface Bounds {
  /** Ids below this one. */
  from: string
  /** Ids from this one on. */
  floor: string
}

const FIRST_CHUNK = 32
/** Rows read in one go; between two goes the time is looked at. */
const LARGEST_CHUNK = 4096

/** A walk through one index, a chunk at a time. */
export class EntryStream {
  readonly #statement: Database.Statement<[Record<string, string | number>], { id: EntryId; fits: number }>
  readonly #params: Record<string, string | number>
  readonly #found: EntryId[] = []
  #taken = 0
  #count = FIRST_CHUNK
  /** Everything from this id on was looked at. */
  frontier: string
  done = false

  constructor(db: Database.Database, plan: StreamPlan, bounds: Bounds) {
    this.#statement = db.prepare(plan.sql)
    this.#params = { ...plan.params, floor: bounds.floor }
    this.frontier = bounds.from
  }

  /** Looks at the next rows; each time at more of them. */
  advance(): void {
    const rows = this.#statement.all({ ...this.#params, from: this.frontier, count: this.#count })
    for (const row of rows) if (row.fits === 1) this.#found.push(row.id)
    this.frontier = rows.at(-1)?.id ?? this.frontier
    this.done = rows.length < this.#count
    this.#count = Math.min(this.#count * 2, LARGEST_CHUNK)
  }

  /** The newest match that was not taken yet. */
  get head(): EntryId | null {
    return this.#found[this.#taken] ?? null
  }

  take(): void {
    this.#taken += 1
  }
}

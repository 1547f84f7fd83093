import { readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { endAtOnce } from '../../../src/compose/end-at-once.ts'
import { failingSyncs, type SyncFailure } from '../../support/failing-syncs.ts'
import type { Facts } from './facts.ts'
import { type Left, liveIn } from './life.ts'
import { scenarios } from './scenarios.ts'
import { violationsOf } from './violations.ts'

/** What a process of its own is to do: it is killed, really, at a boundary; its disk fails; or it comes to its end and tells. */
export interface Order {
  folder: string
  scenario: number
  killAt: { boundary: number; side: 'before' | 'after' } | null
  /** The sync of this commit fails, counted from 1. */
  failAt?: { commit: number; how: SyncFailure }
  control: Facts | null
}

export interface Told {
  boundaries: number
  commits: number
  facts: Facts
  violations: string[]
}

/** Run by `kill-storm.ts`, which gives the order as an argument. */
const order = JSON.parse(process.argv[2] ?? '') as Order
const world = join(order.folder, 'world.json')
const named = scenarios()[order.scenario]
if (!named) throw new Error(`no scenario ${order.scenario}`)

let isOpen = false
let commits = 0
using _syncs = failingSyncs(order.folder, () => {
  if (!isOpen) return null
  commits += 1
  return commits === order.failAt?.commit ? order.failAt.how : null
})

const life = await liveIn(order.folder, named.scenario, {
  from: readLeft(),
  reached({ boundary, place }) {
    const { killAt } = order
    if (boundary === killAt?.boundary && place.startsWith(killAt.side)) process.kill(process.pid, 'SIGKILL')
  },
  begun() {
    isOpen = true
  },
  diskFailed: () => endAtOnce({ error: (text) => writeSync(2, `${text}\n`) }, null),
  // The world goes on when Purser dies: it is a file of its own, each time whole.
  changed(left) {
    writeFileSync(`${world}.new`, JSON.stringify(left()))
    renameSync(`${world}.new`, world)
  },
})
const violations = order.control ? violationsOf(life, order.control) : []
const told: Told = { boundaries: life.boundaries, commits, facts: life.facts, violations }
process.stdout.write(JSON.stringify(told))

function readLeft(): Left | null {
  try {
    return JSON.parse(readFileSync(world, 'utf8')) as Left
  } catch {
    return null
  }
}

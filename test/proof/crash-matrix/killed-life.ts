import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Facts } from './facts.ts'
import { type Left, liveIn } from './life.ts'
import { scenarios } from './scenarios.ts'
import { violationsOf } from './violations.ts'

/** What a process of its own is to do: it is killed, really, at a boundary; or comes to its end and tells. */
export interface Order {
  folder: string
  scenario: number
  killAt: { boundary: number; side: 'before' | 'after' } | null
  control: Facts | null
}

export interface Told {
  boundaries: number
  facts: Facts
  violations: string[]
}

/** Run by `kill-storm.ts`, which gives the order as an argument. */
const order = JSON.parse(process.argv[2] ?? '') as Order
const world = join(order.folder, 'world.json')
const named = scenarios()[order.scenario]
if (!named) throw new Error(`no scenario ${order.scenario}`)

const life = await liveIn(order.folder, named.scenario, {
  from: readLeft(),
  reached({ boundary, place }) {
    const { killAt } = order
    if (boundary === killAt?.boundary && place.startsWith(killAt.side)) process.kill(process.pid, 'SIGKILL')
  },
  // The world goes on when Purser dies: it is a file of its own, each time whole.
  changed(left) {
    writeFileSync(`${world}.new`, JSON.stringify(left()))
    renameSync(`${world}.new`, world)
  },
})
const violations = order.control ? violationsOf(life, order.control) : []
const told: Told = { boundaries: life.boundaries, facts: life.facts, violations }
process.stdout.write(JSON.stringify(told))

function readLeft(): Left | null {
  try {
    return JSON.parse(readFileSync(world, 'utf8')) as Left
  } catch {
    return null
  }
}

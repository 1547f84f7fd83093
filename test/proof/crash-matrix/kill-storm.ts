import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { quickFolder } from '../../support/temp-folder.ts'
import { createRandom } from '../support/random.ts'
import type { Facts } from './facts.ts'
import type { Order, Told } from './killed-life.ts'
import { scenarios } from './scenarios.ts'

const PROCESS = fileURLToPath(new URL('./killed-life.ts', import.meta.url))
const SIDES = ['before', 'after'] as const

export interface KillReport {
  kills: number
  /** Processes that were to be killed and came to their end before. */
  survived: number
  violations: string[]
}

/** Kills Purser by SIGKILL at a boundary, and again while it recovers, as often as ordered; each time it then comes to its end. */
export async function killStorm({ kills, seed }: { kills: number; seed: number }): Promise<KillReport> {
  const report: KillReport = { kills: 0, survived: 0, violations: [] }
  const random = createRandom(seed)
  const names = scenarios().map(({ name }) => name)
  const controls = new Map<number, Control>()
  for (let round = 0; report.kills < kills; round++) {
    using folder = quickFolder()
    const scenario = round % names.length
    const { boundaries, facts } = controls.get(scenario) ?? (await control(scenario))
    controls.set(scenario, { boundaries, facts })
    const order = (killAt: Order['killAt']): Order => ({ folder: folder.path, scenario, killAt, control: facts })
    const where: string[] = []
    for (const among of [boundaries, 6]) {
      const killAt = { boundary: 1 + Math.floor(random() * among), side: SIDES[random() < 0.5 ? 0 : 1] }
      where.push(`${killAt.side} ${killAt.boundary}`)
      if ((await run(order(killAt))) === null) report.kills += 1
      else report.survived += 1
    }
    const told = await run(order(null))
    const violations = told ? told.violations : ['it does not come to its end']
    report.violations.push(...violations.map((each) => `${names[scenario]}, killed ${where.join(', then ')}: ${each}`))
  }
  return report
}

interface Control {
  boundaries: number
  facts: Facts
}

async function control(scenario: number): Promise<Control> {
  using folder = quickFolder()
  const told = await run({ folder: folder.path, scenario, killAt: null, control: null })
  rmSync(folder.path, { recursive: true, force: true })
  if (!told) throw new Error('the control was killed')
  return told
}

/** What the process told at its end; null when it was killed. */
async function run(order: Order): Promise<Told | null> {
  const { told, code, signal } = await runLife(order)
  if (told === null && signal !== 'SIGKILL') throw new Error(`the process ended with ${code}`)
  return told
}

interface Ended {
  told: Told | null
  code: number | null
  signal: NodeJS.Signals | null
  /** What it said on the way. */
  log: string
}

/** Lives by the order in a process of its own. */
export function runLife(order: Order): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROCESS, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let log = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString()
    })
    child.once('error', reject)
    child.once('close', (code, signal) =>
      resolve({ told: code === 0 ? (JSON.parse(out) as Told) : null, code, signal, log }),
    )
  })
}

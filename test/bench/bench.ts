import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Figure } from './measure.ts'

/**
 * `npm run bench -- [--only runs,at-work,…] [--json FILE] [--profile FOLDER] [--entries N] [--failures N] [--waiting N]
 * [--minutes N] [--rate N]`: the figures that Purser has to reach, each part in a process of its own, one after the other. On a
 * machine with neighbours only the ratios mean something. The soak and the overload run when they are named.
 */
const PARTS = ['runs', 'at-work', 'waiting', 'ledger-pages']
const SIZES = ['entries', 'failures', 'waiting', 'minutes', 'rate'] as const
const text = { type: 'string' } as const

const { values } = parseArgs({
  options: {
    only: text,
    json: text,
    profile: text,
    entries: text,
    failures: text,
    waiting: text,
    minutes: text,
    rate: text,
  },
})
const figures: (Figure & { verdict: string })[] = []
for (const part of values.only?.split(',') ?? PARTS) {
  try {
    const measured = JSON.parse((await output(part)).trim().split('\n').at(-1) ?? '[]') as Figure[]
    figures.push(...measured.map((figure) => ({ ...figure, verdict: verdictOf(figure) })))
  } catch (error) {
    process.stderr.write(`${part} did not come to its end: ${String(error)}\n`)
    process.exitCode = 1
  }
}
print()
const load = loadavg()[0] ?? 0
process.stdout.write(`\n${cpus().length} cores, load ${load.toFixed(1)}, Node ${process.version}\n`)
if (values.json) writeFileSync(values.json, `${JSON.stringify({ at: new Date(), load, figures }, null, 2)}\n`)

/** What a part prints; with the memory that `npm start` gives Purser. */
function output(part: string): Promise<string> {
  const profile = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : []
  const file = fileURLToPath(new URL('./part.ts', import.meta.url))
  const sizes = SIZES.flatMap((size) => (values[size] ? [[`BENCH_${size.toUpperCase()}`, values[size]]] : []))
  const child = spawn(process.execPath, [...memoryOfStart(), ...profile, file, part], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...(Object.fromEntries(sizes) as Record<string, string>) },
  })
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString()
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve(printed) : reject(new Error(`it ended with ${code}`))))
  })
}

function memoryOfStart(): string[] {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    scripts: { start: string }
  }
  return manifest.scripts.start.split(' ').filter((word) => /^--(?:max|heap)-/.test(word))
}

function verdictOf({ value, limit }: Figure): string {
  if (limit === null) return ''
  // What was not measured has reached nothing.
  if (!Number.isFinite(value)) return 'short'
  return ('most' in limit ? value <= limit.most : value >= limit.least) ? 'ok' : 'short'
}

function print(): void {
  const rows = figures.map(({ what, value, unit, limit, verdict, note }) => [
    what,
    Number.isFinite(value) ? `${value.toFixed(value < 10 ? 2 : 0)} ${unit}` : 'nothing',
    limit === null ? '' : 'most' in limit ? `at most ${limit.most}` : `at least ${limit.least}`,
    [verdict, note].filter(Boolean).join(' · '),
  ])
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  for (const row of rows)
    process.stdout.write(`${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`)
}

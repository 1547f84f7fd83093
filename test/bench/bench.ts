import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import type { Figure } from './measure.ts'

/**
 * `npm run bench [-- --only runs,at-work] [--json FILE] [--profile FOLDER]`: the figures that Purser has to reach, each
 * part in a process of its own, one after the other. On a machine with neighbours only the ratios mean something.
 */
const PARTS = ['runs', 'at-work', 'waiting', 'ledger-pages']
const run = promisify(execFile)

const { values } = parseArgs({
  options: { only: { type: 'string' }, json: { type: 'string' }, profile: { type: 'string' } },
})
const wanted = values.only?.split(',') ?? PARTS
const figures: (Figure & { verdict: string })[] = []
for (const part of PARTS.filter((each) => wanted.includes(each))) {
  const profile = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : []
  const file = fileURLToPath(new URL(`./${part}.ts`, import.meta.url))
  try {
    const { stdout } = await run(process.execPath, [...profile, file], { maxBuffer: 64 * 1_048_576 })
    const measured = JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]') as Figure[]
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

function verdictOf({ value, limit }: Figure): string {
  if (limit === null) return ''
  return ('most' in limit ? value <= limit.most : value >= limit.least) ? 'ok' : 'short'
}

function print(): void {
  const rows = figures.map(({ what, value, unit, limit, verdict, note }) => [
    what,
    `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`,
    limit === null ? '' : 'most' in limit ? `at most ${limit.most}` : `at least ${limit.least}`,
    [verdict, note].filter(Boolean).join(' · '),
  ])
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  for (const row of rows)
    process.stdout.write(`${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`)
}

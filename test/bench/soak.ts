import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openKept } from '../chaos/kept.ts'
import { askAway, openBenchOffice, residentMb } from './bench-office.ts'
import { type Figure, quantile } from './measure.ts'

/** Purser at a steady rate of runs for a long time: what it holds must not grow. Says each minute how it stands. */
const MINUTES = Number(process.env.BENCH_MINUTES ?? 3)
const RATE = 50
/** The first quarter fills caches. */
const WARM = Math.ceil(MINUTES / 4)

interface Minute {
  resident: number
  ack: number
}

const minutes: Minute[] = []
let failed = 0
await using office = await openBenchOffice()
await office.place.startPurser()
using kept = openKept(office.data)
for (let minute = 0; minute < MINUTES; minute++) {
  const samples: number[] = []
  const watch = setInterval(() => samples.push(residentMb(office)), 250)
  const asked = await askAway(office, { runs: RATE, commands: 1, seconds: 60, name: `minute-${minute}` })
  clearInterval(watch)
  failed += asked.failed
  // The least of a minute: what stands when garbage has just been collected.
  minutes.push({ resident: Math.min(...samples), ack: quantile(asked.submissions, 0.99) })
  tell(minute, Math.max(...samples))
}
await sleep(5_000)
const open = kept.runs().filter((run) => !run.ended).length
const made = MINUTES * 60 * RATE
const note = `${made - failed} runs, ${open} not ended, ${failed} not acknowledged`
const figures: Figure[] = [
  {
    what: `memory grown in ${MINUTES - WARM} minutes`,
    value: grown(minutes.slice(WARM)),
    unit: '%',
    limit: { most: 10 },
    note,
  },
  { what: 'memory at the end', value: minutes.at(-1)?.resident ?? Number.NaN, unit: 'MB', limit: { most: 300 } },
]
process.stdout.write(`${JSON.stringify(figures)}\n`)

function tell(minute: number, most: number): void {
  const { resident, ack } = minutes[minute] ?? { resident: 0, ack: 0 }
  const wal = statSync(join(office.data, 'purser.db-wal')).size / 1_048_576
  const memory = `resident ${resident.toFixed(0)} to ${most.toFixed(0)} MB`
  process.stderr.write(
    `minute ${minute + 1}: ${memory}, log of the database ${wal.toFixed(1)} MB, ack p99 ${ack.toFixed(0)} ms\n`,
  )
}

/** How much the line of least squares through the minutes rises from its first to its last, in % of their mean. */
function grown(watched: readonly Minute[]): number {
  const mean = watched.reduce((sum, { resident }) => sum + resident, 0) / watched.length
  const middle = (watched.length - 1) / 2
  const spread = watched.reduce((sum, _, at) => sum + (at - middle) ** 2, 0)
  const rise = watched.reduce((sum, { resident }, at) => sum + (at - middle) * (resident - mean), 0)
  return spread === 0 ? 0 : (rise / spread / mean) * (watched.length - 1) * 100
}

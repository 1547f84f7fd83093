import { setTimeout as sleep } from 'node:timers/promises'
import { openKept } from '../chaos/kept.ts'
import { askAway, openBenchOffice, residentMb } from './bench-office.ts'
import { type Figure, quantile } from './measure.ts'

/** Purser is offered far more runs than it can carry through: its memory stays, people are answered, and no run is lost. */
const RATE = Number(process.env.BENCH_RATE ?? 300)
const SECONDS = 60
/** Seconds until all that was acknowledged has to have ended. */
const PATIENCE = 1_200

await using office = await openBenchOffice()
await office.place.startPurser()
await askAway(office, { runs: 20, commands: 5, seconds: 5, name: 'warm' })
const resident: number[] = []
const watch = setInterval(() => resident.push(residentMb(office)), 250)
const asked = await askAway(office, { runs: RATE, commands: 10, seconds: SECONDS, name: 'much' })
using kept = openKept(office.data)
const mine = () => kept.runs().filter(({ email }) => email.startsWith('much'))
const endedMeanwhile = mine().filter(({ ended }) => ended).length
const stood = mine().length - endedMeanwhile
for (let waited = 0; waited < PATIENCE && mine().some(({ ended }) => !ended); waited += 5) await sleep(5_000)
clearInterval(watch)

const sound = mine().filter(({ status }) => status === 'succeeded').length
const acknowledged = asked.submissions.length
const quarter = Math.ceil(resident.length / 4)
const [early, late] = [Math.max(...resident.slice(0, quarter)), Math.max(...resident.slice(-quarter))]
const offered = `${RATE} runs/s for ${SECONDS} s, of which ${(endedMeanwhile / SECONDS).toFixed(0)}/s were carried through meanwhile`
const figures: Figure[] = [
  {
    what: 'overload: memory of Purser, most',
    value: Math.max(...resident),
    unit: 'MB',
    limit: { most: 300 },
    note: offered,
  },
  { what: 'overload: memory at the end against the beginning', value: late / early, unit: 'x', limit: { most: 1.1 } },
  {
    what: 'overload: acknowledged and not carried through',
    value: Math.max(0, acknowledged - sound),
    unit: 'runs',
    limit: { most: 0 },
    note: `${acknowledged} acknowledged, ${asked.failed} not; ${stood} stood when the last one was`,
  },
  {
    what: 'overload: ack of a start, p99',
    value: quantile(asked.submissions, 0.99),
    unit: 'ms',
    limit: { most: 3_000 },
  },
  {
    what: 'overload: ack of a command, p99',
    value: quantile(asked.commands, 0.99),
    unit: 'ms',
    limit: { most: 3_000 },
  },
]
process.stdout.write(`${JSON.stringify(figures)}\n`)

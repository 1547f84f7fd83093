import { tempFolder } from '../support/temp-folder.ts'
import { atOnce, cpuOf, type Figure, timed } from './measure.ts'
import { openMachine } from './open-machine.ts'
import { openVendors } from './open-vendors.ts'

/** Many runs that wait for an hour to pass: what they cost meanwhile, and how soon a restart has taken them up. */
const WAITING = Number(process.env.BENCH_WAITING ?? 10_000)
const WATCHED_MS = 5_000
const policy = { tries: 1, backOffMs: [3_600_000], alertAfterMs: 3_500_000 }

const figures: Figure[] = []
{
  using folder = tempFolder()
  using vendors = await openVendors()
  const down = { folder: folder.path, vendorsUrl: `${vendors.url}/down`, policy }
  const first = await openMachine(down)
  const filling = await timed(async () => {
    await atOnce(WAITING, 200, (number) => first.start(number))
    await first.settled()
  })
  const cpu = await cpuOf(() => new Promise((resolve) => setTimeout(resolve, WATCHED_MS)))
  await first.close()
  const ready = await timed(async () => {
    const again = await openMachine(down)
    await again.engine.recover()
    await again.close()
  })
  const what = `${WAITING} waiting runs`
  figures.push(
    { what: `${what}: share of a core`, value: (cpu / WATCHED_MS) * 100, unit: '%', limit: { most: 0.5 } },
    { what: `${what}: ready after a restart`, value: ready / 1_000, unit: 's', limit: { most: 3 } },
    { what: `${what}: made in`, value: filling / 1_000, unit: 's', limit: null },
  )
}
process.stdout.write(`${JSON.stringify(figures)}\n`)

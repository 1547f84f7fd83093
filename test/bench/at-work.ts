import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { keyOf } from '../chaos/decide-the-rest.ts'
import { openKept } from '../chaos/kept.ts'
import { type OpenWorkplace, openWorkplace, until } from '../support/workplace.ts'
import { workplaceRules } from '../support/workplace-rules.ts'
import { employeeValues, fromOps, payloadBody, sendWire, submissionOf } from '../support/workplace-wire.ts'
import { type Figure, quantile, timed } from './measure.ts'

/** Purser as a process of its own, over HTTP, with Slack and the services beside it. */
const RATE = Number(process.env.BENCH_RATE ?? 100)
const SECONDS = 5
const FAILURES = 30

const figures: Figure[] = []
{
  await using office = await openWorkplace({ rules: workplaceRules({ tries: 1, backOff: '[]' }) })
  const starts: number[] = []
  for (let again = 0; again < 3; again++) {
    starts.push(await timed(() => office.place.startPurser()))
    if (again < 2) await office.place.stopPurser()
  }
  figures.push({ what: 'start to ready', value: quantile(starts, 0.5) / 1_000, unit: 's', limit: { most: 1.5 } })
  await sleep(3_000)
  figures.push({ what: 'memory of the process, idle', value: residentMb(office), unit: 'MB', limit: { most: 150 } })
  await failuresToCards(office)
  await acknowledgements(office)
  figures.push({
    what: 'memory of the process after that',
    value: residentMb(office),
    unit: 'MB',
    limit: { most: 300 },
  })
}
process.stdout.write(`${JSON.stringify(figures)}\n`)

function residentMb({ place }: OpenWorkplace): number {
  const status = readFileSync(`/proc/${place.purserPid()}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1_024
}

function start(office: OpenWorkplace, name: string) {
  const id = name.toLowerCase().replaceAll(' ', '-')
  const view = { id: `V0${id}`, callback: 'start-run', metadata: '{"w":"employee-onboarding","v":1}' }
  const payload = submissionOf(view, employeeValues(name, `${id}@acme.example`))
  return sendWire(office, { body: payloadBody(payload) })
}

/** From the entry that says that a step failed to the message that shows it. */
async function failuresToCards(office: OpenWorkplace): Promise<void> {
  await office.break({ service: 'github', kind: '503' })
  for (let number = 0; number < FAILURES; number++) {
    await start(office, `Failing ${number}`)
    await sleep(250)
  }
  using kept = openKept(office.data)
  const cards = await until(
    'every failure has its card',
    async () => {
      const shown = (await office.messages('ops-alerts')).filter((card) => keyOf(card).startsWith('failure/'))
      return shown.length === FAILURES && shown
    },
    60_000,
  )
  const failedAt = new Map(kept.entries('step.failed').map(({ run, step, at }) => [`failure/${run}/${step}`, at]))
  const took = cards.map((card) => Math.max(0, Number(card.ts) * 1_000 - (failedAt.get(keyOf(card)) ?? 0)))
  const what = 'failure to card, within the rate'
  figures.push(
    { what: `${what}, p50`, value: quantile(took, 0.5), unit: 'ms', limit: null },
    { what: `${what}, p99 of ${FAILURES}`, value: quantile(took, 0.99), unit: 'ms', limit: { most: 2_000 } },
  )
  await office.mend('github')
}

/**
 * The asker shares its process with the Slack that Purser calls back, so that what it waits for itself is counted in: an
 * upper bound. Submissions at a rate, each a run of some twenty calls, and a command every 50 ms between them.
 */
async function acknowledgements(office: OpenWorkplace): Promise<void> {
  const took: number[] = []
  const failed: number[] = []
  const asked: Promise<void>[] = []
  const ask = (work: () => Promise<{ status: number }>): void => {
    asked.push(
      (async () => {
        let status = 0
        const ms = await timed(async () => {
          status = (await work().catch(() => ({ status: 0 }))).status
        })
        if (status === 200) took.push(ms)
        else failed.push(status)
      })(),
    )
  }
  const body = (text: string): string =>
    new URLSearchParams({
      command: '/purser',
      text,
      team_id: fromOps.team.id,
      user_id: fromOps.user.id,
      channel_id: 'C0GENERAL0',
      trigger_id: '1.1.x',
    }).toString()
  for (let tick = 0; tick < SECONDS * 20; tick++) {
    for (let number = 0; number < RATE / 20; number++) ask(() => start(office, `Busy ${tick} ${number}`))
    ask(() => sendWire(office, { body: body(`help ${tick}`) }))
    await sleep(50)
  }
  using kept = openKept(office.data)
  const ended = kept.runs().filter((run) => run.ended).length
  await Promise.all(asked)
  const note = `${failed.length} not acknowledged, ${(ended / SECONDS).toFixed(0)} onboardings a second carried through meanwhile`
  figures.push(
    { what: `ack at ${RATE} starts/s, p50`, value: quantile(took, 0.5), unit: 'ms', limit: null },
    { what: `ack at ${RATE} starts/s, p99`, value: quantile(took, 0.99), unit: 'ms', limit: { most: 80 }, note },
  )
}

import { setTimeout as sleep } from 'node:timers/promises'
import { keyOf } from '../chaos/decide-the-rest.ts'
import { openKept } from '../chaos/kept.ts'
import { type OpenWorkplace, openWorkplace, until } from '../support/workplace.ts'
import { workplaceRules } from '../support/workplace-rules.ts'
import { employeeValues, payloadBody, sendWire, submissionOf } from '../support/workplace-wire.ts'
import { askAway, openBenchOffice, residentMb } from './bench-office.ts'
import { cardsToPress } from './cards-to-press.ts'
import { type Figure, quantile, timed } from './measure.ts'

/** Purser as a process of its own, over HTTP, with Slack and the services beside it. */
const RATE = Number(process.env.BENCH_RATE ?? 100)
const SECONDS = 10
const FAILURES = Number(process.env.BENCH_FAILURES ?? 60)
const SERVICES = ['google', 'jira', 'github', 'salesforce', 'gusto']
const FAULTS = [{ kind: '503' }, { kind: '429' }, { kind: 'reset' }, { kind: '503', retry_after: 1 }] as const
const CAUSES = FAULTS.flatMap((fault) => SERVICES.map((service) => ({ service, ...fault })))

const figures: Figure[] = []
await startAndFail()
await acknowledge()
process.stdout.write(`${JSON.stringify(figures)}\n`)

async function acknowledge(): Promise<void> {
  await using office = await openBenchOffice()
  await office.place.startPurser()
  await askAway(office, { runs: 20, commands: 5, seconds: 3, name: 'warm' })
  using kept = openKept(office.data)
  const buttons = await cardsToPress(office, kept)
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, residentMb(office))
  }, 100)
  const clicks = { rate: buttons.length / SECONDS, buttons }
  const asked = await askAway(office, { runs: RATE, commands: 20, clicks, seconds: SECONDS, name: 'busy' })
  clearInterval(watch)
  const ended = kept.runs().filter((run) => run.ended && run.email.startsWith('busy')).length
  const note = `${asked.failed} not acknowledged, ${(ended / SECONDS).toFixed(0)} runs a second carried through meanwhile`
  const what = `at ${RATE} runs/s`
  figures.push(
    { what: `ack of a command ${what}, p50`, value: quantile(asked.commands, 0.5), unit: 'ms', limit: null },
    {
      what: `ack of a command ${what}, p99`,
      value: quantile(asked.commands, 0.99),
      unit: 'ms',
      limit: { most: 80 },
      note,
    },
    { what: `ack of a click ${what}, p50`, value: quantile(asked.clicks, 0.5), unit: 'ms', limit: null },
    {
      what: `ack of a click ${what}, p99`,
      value: quantile(asked.clicks, 0.99),
      unit: 'ms',
      limit: { most: 80 },
      note: `${asked.clicks.length} of ${buttons.length} buttons acknowledged; ${await decidedOf(kept, asked.clicks.length)} decisions came of them`,
    },
    { what: `ack of a start ${what}, p50`, value: quantile(asked.submissions, 0.5), unit: 'ms', limit: null },
    { what: `ack of a start ${what}, p99`, value: quantile(asked.submissions, 0.99), unit: 'ms', limit: { most: 80 } },
    { what: `memory of Purser ${what}, most`, value: most, unit: 'MB', limit: { most: 300 } },
  )
}

/** What is decided is done behind the acknowledgement. */
async function decidedOf(kept: ReturnType<typeof openKept>, most: number): Promise<number> {
  const decided = (): number => {
    const counts = kept.counts()
    return (counts['decision.retry'] ?? 0) + (counts['decision.approve'] ?? 0)
  }
  await until('every press was decided', () => decided() >= most, 10_000).catch(() => undefined)
  return decided()
}

async function startAndFail(): Promise<void> {
  // Each failure is to have a card of its own here: incidents would make one of many.
  const rules = `${workplaceRules({ tries: 1, backOff: '[]' })}incidents: { enabled: false }\n`
  await using office = await openWorkplace({ rules })
  const starts: number[] = []
  for (let again = 0; again < 3; again++) {
    starts.push(await timed(() => office.place.startPurser()))
    if (again < 2) await office.place.stopPurser()
  }
  figures.push({ what: 'start to ready', value: quantile(starts, 0.5) / 1_000, unit: 's', limit: { most: 1.5 } })
  await sleep(3_000)
  figures.push({ what: 'memory of Purser, idle', value: residentMb(office), unit: 'MB', limit: { most: 150 } })
  if (FAILURES > 0) await failuresToCards(office)
}

/** From the entry that says that a step failed to the message that shows it, within what a channel takes. */
async function failuresToCards(office: OpenWorkplace): Promise<void> {
  using kept = openKept(office.data)
  const failed = () => [...kept.entries('step.failed'), ...kept.entries('step.unknown')]
  const each = Math.ceil(FAILURES / CAUSES.length)
  for (const [number, cause] of CAUSES.entries()) {
    await office.break(cause)
    for (let run = 0; run < each; run++) {
      await start(office, `Failing ${number} ${run}`)
      await sleep(200)
    }
    await until('all have failed', () => failed().length >= (number + 1) * each, 20_000).catch(() => undefined)
    await office.mend(cause.service)
  }
  const cards = await until(
    'every failure has its card',
    async () => {
      const shown = (await office.messages('ops-alerts')).filter((card) => keyOf(card).startsWith('failure/'))
      return shown.length >= failed().length && shown
    },
    60_000,
  )
  const failedAt = new Map(failed().map(({ run, step, at }) => [`failure/${run}/${step}`, at]))
  const took = cards.map((card) => Math.max(0, Number(card.ts) * 1_000 - (failedAt.get(keyOf(card)) ?? 0)))
  const what = 'failure to card, within the rate'
  const of = `of ${took.length} failures of ${CAUSES.length} causes`
  figures.push(
    { what: `${what}, p50`, value: quantile(took, 0.5), unit: 'ms', limit: null },
    { what: `${what}, p99`, value: quantile(took, 0.99), unit: 'ms', limit: { most: 2_000 }, note: of },
  )
}

function start(office: OpenWorkplace, name: string) {
  const id = name.toLowerCase().replaceAll(' ', '-')
  const view = { id: `V0${id}`, callback: 'start-run', metadata: '{"w":"employee-onboarding","v":1}' }
  const payload = submissionOf(view, employeeValues(name, `${id}@acme.example`))
  return sendWire(office, { body: payloadBody(payload) })
}

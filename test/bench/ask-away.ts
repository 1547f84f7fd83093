import { setTimeout as sleep } from 'node:timers/promises'
import type { OpenWorkplace } from '../support/workplace.ts'
import { fromOps, payloadBody, pressOf, sendWire, submissionOf } from '../support/workplace-wire.ts'
import { timed } from './measure.ts'

export interface Asking {
  purserUrl: string
  signingSecret: string
  /** Runs submitted a second. */
  runs: number
  /** Commands a second. */
  commands: number
  /** Buttons pressed a second, in turn. */
  clicks?: { rate: number; buttons: readonly Button[] }
  seconds: number
  /** Tells the people of one asking from those of another. */
  name: string
}

/** Of a card that stands in Slack. */
export interface Button {
  action_id: string
  block_id: string
  value: string
  /** Who presses it. */
  user: string
}

export interface Asked {
  /** Milliseconds until each submission, command and click was acknowledged. */
  submissions: number[]
  commands: number[]
  clicks: number[]
  /** What was not acknowledged. */
  failed: number
}

const TICKS = 20
const text = (type: string, value: string) => ({ type, value })
const asking = JSON.parse(process.argv[2] ?? '{}') as Asking
const to = { place: { purserUrl: asking.purserUrl, sandbox: { signingSecret: asking.signingSecret } } } as OpenWorkplace
const asked: Asked = { submissions: [], commands: [], clicks: [], failed: 0 }

const submit = (number: string): string =>
  payloadBody(
    submissionOf(
      { id: `V0${number}`, callback: 'start-run', metadata: '{"w":"bench","v":1}' },
      {
        email: text('email_text_input', `${number}@acme.example`),
        name: text('plain_text_input', `Person ${number}`),
      },
    ),
  )
const command = (said: string): string =>
  new URLSearchParams({
    command: '/purser',
    text: said,
    team_id: fromOps.team.id,
    user_id: fromOps.user.id,
    channel_id: 'C0GENERAL0',
    trigger_id: '1.1.x',
  }).toString()

const press = (): string => {
  const { buttons = [] } = asking.clicks ?? {}
  const { user = fromOps.user.id, ...button } = buttons[pressed++ % buttons.length] ?? {}
  // Each is a press of its own.
  const who = { ...fromOps.user, id: user }
  return payloadBody(pressOf({ ...button, action_ts: `1.${pressed}` }, { trigger_id: `1.${pressed}.press`, user: who }))
}

const ask = async (body: string, into: number[]): Promise<void> => {
  let status = 0
  const ms = await timed(async () => {
    status = (await sendWire(to, { body }).catch(() => ({ status: 0 }))).status
  })
  if (status === 200) into.push(ms)
  else asked.failed += 1
}

const waiting: Promise<void>[] = []
let runsDue = 0
let commandsDue = 0
let clicksDue = 0
let pressed = 0
const startedAt = performance.now()
for (let tick = 0; tick < asking.seconds * TICKS; tick++) {
  for (runsDue += asking.runs / TICKS; runsDue >= 1; runsDue--) {
    waiting.push(ask(submit(`${asking.name}-${tick}-${Math.floor(runsDue)}`), asked.submissions))
  }
  for (commandsDue += asking.commands / TICKS; commandsDue >= 1; commandsDue--) {
    waiting.push(ask(command(`help ${tick}`), asked.commands))
  }
  for (clicksDue += (asking.clicks?.rate ?? 0) / TICKS; clicksDue >= 1; clicksDue--) {
    waiting.push(ask(press(), asked.clicks))
  }
  await sleep(Math.max(0, startedAt + (tick + 1) * (1_000 / TICKS) - performance.now()))
}
await Promise.all(waiting)
process.send?.(asked, () => process.disconnect())

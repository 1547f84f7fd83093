import { readFileSync } from 'node:fs'
import { systemClock } from '../../src/clock.ts'
import { Orders } from '../../src/watchdog/orders.ts'
import { startWatchdog } from '../../src/watchdog/start-watchdog.ts'

/** A process with a watchdog, as Purser is one: it does what its test tells it on its standard input. */
const orders = Orders.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')))
const health = { database: null as string | null, alerts: null as string | null }
const watchdog = startWatchdog({
  clock: systemClock,
  orders,
  health: () => health,
  onError: (error) => process.stdout.write(`${String(error)}\n`),
})
process.stdout.write(`watchdog ${watchdog.pid()}\n`)
process.stdin.on('data', (chunk) => {
  const [order = '', text = ''] = chunk.toString().trim().split('=')
  if (order === 'block') block(Number(text))
  if (order === 'database') health.database = text === '' ? null : text
  if (order === 'alerts') health.alerts = text === '' ? null : text
  if (order === 'pid') process.stdout.write(`watchdog ${watchdog.pid()}\n`)
  if (order === 'stop') void watchdog.stop().then(() => process.exit(0))
})

/** Holds up the event loop, as a loop without an end would. */
function block(ms: number): void {
  const until = systemClock.elapsed() + ms
  while (systemClock.elapsed() < until);
}

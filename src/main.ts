import { systemClock } from './clock.ts'
import { readConfig } from './config.ts'
import { type Context, createContext } from './context.ts'
import { PurserError } from './domain/errors.ts'
import { pausedInWords } from './engine/pause.ts'
import { type HttpServer, startHttpServer } from './ingress/http-server.ts'

/** After the start: what is loaded at first use has been loaded, the services have been looked at. */
const SETTLED_MS = 2_000

try {
  await main()
} catch (error) {
  // Before there is a log: what an operator has to put right, in words.
  process.stderr.write(error instanceof PurserError ? `${error.message}\n${error.hint}\n` : `${String(error)}\n`)
  if (!(error instanceof PurserError) && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  process.exit(1)
}

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const context = await createContext(config, process.env, systemClock)
  const { log, slack, store, pause } = context
  let ready = false
  const server = await startHttpServer({
    port: config.port,
    host: config.host,
    clock: systemClock,
    log,
    slack: slack.listener,
    doors: context.doors,
    async ready() {
      await store.nextWake()
      return ready
    },
  })
  stopOnSignal(context, server)
  let lost = 0
  await pause.whenOpen(async () => {
    lost = await context.begin()
  })
  await slack.start()
  ready = true
  for (const { service, variable, problem, where } of context.missing) {
    log.warn(`${service} is not configured: ${variable} ${problem}. Get it at ${where}`, { service })
  }
  const held = pause.current()
  if (held) log.warn(pausedInWords(held).message)
  log.info('Purser is ready', { port: server.port, count: lost })
  systemClock.after(SETTLED_MS, giveBackMemory)
}

/** What the start took and nothing needs any more goes back to the system; by itself V8 keeps it while little is done. */
function giveBackMemory(): void {
  globalThis.gc?.({ type: 'major', flavor: 'last-resort' })
}

function stopOnSignal(context: Context, server: HttpServer): void {
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    server
      .close()
      .then(() => context.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          context.log.error('the stop did not go well; the next start takes everything up', { err: error })
          process.exit(1)
        },
      )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  // Started by `purser demo` or a test: it ends with its parent.
  if (process.channel) process.on('disconnect', stop)
}

import type { ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import { endChild, startChild } from './child-process.ts'
import { type ReceivedMail, startSmtpSink } from './mail/smtp-sink.ts'
import { purserEnvironment } from './purser-environment.ts'
import { SANDBOX_ACCESS } from './services/tokens.ts'
import { type Sandbox, startSandbox } from './start-sandbox.ts'

interface WorkplaceOptions {
  /** Keeps the workspace, the services and Purser's data. */
  folder: string
  /** Of the page; any free port when 0. */
  port: number
  /** The median time of a service's answer, in milliseconds. */
  latencyMs: number
  rulesFile: string
  /** Variables that take the place of those of the sandbox. */
  env?: Record<string, string>
  callsPerMinute?: number
  /** Milliseconds in which Purser must acknowledge; Slack's when left out. */
  patienceMs?: number
  /** Gets what Purser sends by e-mail, which then goes to PagerDuty too; without it alerts go by Slack alone. */
  onMail?(mail: ReceivedMail): void
  onLine(line: string): void
  /** Purser ended without having been asked to. */
  onPurserGone?(): void
}

export interface Workplace extends AsyncDisposable {
  sandbox: Sandbox
  servicesUrl: string
  purserUrl: string
  purserPid(): number | null
  startPurser(): Promise<void>
  /** Kills Purser as a power cut does. */
  killPurser(): Promise<void>
  stopPurser(): Promise<void>
  close(): Promise<void>
}

/** A Slack workspace, the services in a process of their own, and Purser in another, wired to each other. */
export async function startWorkplace(options: WorkplaceOptions): Promise<Workplace> {
  mkdirSync(options.folder, { recursive: true })
  const inFolder = (name: string): string => join(options.folder, name)
  const purserPort = await freePort()
  const purserUrl = `http://127.0.0.1:${purserPort}`
  const services = await startServicesProcess(inFolder('services.json'), options)
  const sink = options.onMail ? await startSmtpSink(options.onMail) : null
  let purser: ChildProcess | null = null
  let leaving = false

  const kill = async (): Promise<void> => {
    leaving = true
    if (purser) await endChild(purser, 'SIGKILL')
    purser = null
  }
  const start = async (): Promise<void> => {
    if (purser) return
    leaving = false
    purser = await startPurserProcess(options, {
      env: { ...environment(), ...options.env },
      onExit: () => {
        purser = null
        if (!leaving) options.onPurserGone?.()
      },
    })
  }
  const sandbox = await startSandbox({
    port: options.port,
    purserUrl,
    servicesUrl: services.url,
    stateFile: inFolder('slack.json'),
    latencyMs: options.latencyMs / 4,
    ...(options.patienceMs !== undefined && { patienceMs: options.patienceMs }),
    purser: { kill, start, pid: () => purser?.pid ?? null },
    mails: () => sink?.mails ?? [],
  })
  const environment = (): Record<string, string> => ({
    ...purserEnvironment({
      sandboxUrl: sandbox.url,
      servicesUrl: services.url,
      signingSecret: sandbox.signingSecret,
      ...(options.callsPerMinute === undefined ? {} : { callsPerMinute: options.callsPerMinute }),
    }),
    ...(sink === null ? {} : secondPath(sink.url, services.url)),
    PURSER_HOOK_CONTRACTS_SECRET: sandbox.hookSecret,
    PURSER_HOOK_HR_PLATFORM_SECRET: sandbox.hookSecret,
    PURSER_PORT: String(purserPort),
    PURSER_HOST: '127.0.0.1',
    PURSER_DATA: inFolder('data'),
    PURSER_RULES: options.rulesFile,
  })

  const stop = async (): Promise<void> => {
    leaving = true
    if (purser) await endChild(purser)
    purser = null
  }
  const close = async (): Promise<void> => {
    await stop()
    await sandbox.close()
    await sink?.[Symbol.asyncDispose]()
    await endChild(services.child)
  }
  return {
    sandbox,
    servicesUrl: services.url,
    purserUrl,
    purserPid: () => purser?.pid ?? null,
    startPurser: start,
    killPurser: kill,
    stopPurser: stop,
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Where alerts go that Slack does not take. */
const secondPath = (smtpUrl: string, servicesUrl: string): Record<string, string> => ({
  SMTP_URL: smtpUrl,
  ALERT_EMAIL_TO: 'on-call@acme.example',
  ALERT_EMAIL_FROM: 'purser@acme.example',
  PAGERDUTY_ROUTING_KEY: SANDBOX_ACCESS.pagerduty.routingKey,
  PAGERDUTY_EVENTS_URL: `${servicesUrl}/pagerduty`,
})

const Ready = z.object({ ready: z.literal(true), url: z.string() })

function startServicesProcess(
  stateFile: string,
  options: WorkplaceOptions,
): Promise<{ child: ChildProcess; url: string }> {
  return new Promise((resolve, reject) => {
    const child = startChild({
      entry: './services/main.ts',
      args: ['--port', '0', '--state', stateFile, '--latency', String(options.latencyMs)],
      onLine(line) {
        const ready = line.startsWith('{"ready"') ? Ready.safeParse(JSON.parse(line)).data : undefined
        if (ready) resolve({ child, url: ready.url })
        else options.onLine(line)
      },
      onExit: () => reject(new Error('the services ended before they were ready')),
    })
  })
}

interface PurserProcessOptions {
  env: Record<string, string>
  onExit(): void
}

const START_MS = 60_000

/** Resolves when Purser says that it is ready. */
function startPurserProcess(options: WorkplaceOptions, given: PurserProcessOptions): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const lastWords: string[] = []
    const tooLong = setTimeout(
      () => reject(new Error(`Purser was not ready in time:\n${lastWords.join('\n')}`)),
      START_MS,
    )
    const child = startChild({
      entry: '../start.mjs',
      env: given.env,
      onLine(line) {
        lastWords.push(line)
        if (lastWords.length > 20) lastWords.shift()
        if (line.includes('Purser is ready')) {
          clearTimeout(tooLong)
          resolve(child)
        }
        options.onLine(line)
      },
      onExit() {
        clearTimeout(tooLong)
        reject(new Error(`Purser ended before it was ready:\n${lastWords.join('\n')}`))
        given.onExit()
      },
    })
  })
}

/**
 * A port that nobody listens on now; Purser keeps it over its restarts. It lies below those that systems give to
 * outgoing connections, one of which would else have taken it while Purser is down.
 */
async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(20_000, 32_000)
    if (await isFree(port)) return port
  }
  throw new Error('no port is free')
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

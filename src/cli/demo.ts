import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { lockDataFolder } from '../../db/sqlite/process-lock.ts'
import { PersonNeeded, UserMistake } from '../domain/errors.ts'

const FOLDER = '.purser-demo'
const PORT = 4040
/** Services answer about as slowly as real ones. */
const LATENCY_MS = 400

/** `purser demo`: a workspace on this machine, the services, and Purser between them. */
export async function demo(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: String(PORT) },
      latency: { type: 'string', default: String(LATENCY_MS) },
      fresh: { type: 'boolean', default: false },
    },
  })
  const port = numberOf('port', values.port, 65_535)
  const latencyMs = numberOf('latency', values.latency, 60_000)
  await expectFree(port)
  expectUnused(join(FOLDER, 'data'))
  if (values.fresh) rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  const rulesFile = join(FOLDER, 'rules.yml')
  const example = fileURLToPath(new URL('../../rules.example.yml', import.meta.url))
  const { demoRules } = await import('../sandbox/demo-rules.ts')
  if (!existsSync(rulesFile)) writeFileSync(rulesFile, demoRules(readFileSync(example, 'utf8')))

  const { startWorkplace } = await import('../sandbox/start-workplace.ts')
  const workplace = await startWorkplace({
    folder: FOLDER,
    port,
    latencyMs,
    rulesFile,
    onLine: tell,
    onMail: ({ to, subject, text }) => say(`\n📧 to ${to.join(', ')}\n   ${subject}\n\n${text.replace(/^/gm, '   ')}`),
    onPurserGone: () => say('Purser has ended. Press Start on the page to start it again: its runs go on.'),
  })
  await workplace.startPurser().catch(async (cause: unknown) => {
    await workplace.close()
    throw new PersonNeeded({
      code: 'demo-purser-ended',
      message: 'Purser ended before it was ready; the lines above say why.',
      hint: 'Put right what they name. What earlier demos left is thrown away by: npm run demo -- --fresh',
      cause,
    })
  })
  say(`
  A workspace to try Purser in:  ${workplace.sandbox.url}

  Type /onboard Jane Doe there. The panel on the right breaks the services, and kills Purser (process ${workplace.purserPid()}).
  Everything is kept in ${FOLDER}; --fresh begins anew. Ctrl-C ends it.
`)
  const stop = (): void => {
    workplace.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

function numberOf(name: string, text: string, most: number): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number <= most) return number
  throw new UserMistake({
    code: 'demo-number',
    message: `--${name} ${text} is not a whole number up to ${most}.`,
    hint: '`purser help demo` says what it takes.',
  })
}

/** Another demo's Purser works on what this one would go on with, or throw away. */
function expectUnused(data: string): void {
  if (!existsSync(data)) return
  try {
    lockDataFolder(data, `purser demo, process ${process.pid}`)()
  } catch (error) {
    if (!(error instanceof PersonNeeded) || error.code !== 'data-folder-in-use') throw error
    throw new PersonNeeded({
      code: 'demo-running',
      message: `A demo is running in this folder already: ${error.message}`,
      hint: 'End that one first, with Ctrl-C where it was started.',
      cause: error,
    })
  }
}

/** Says beforehand what would else be a crash half-way. */
function expectFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (cause) =>
      reject(
        new PersonNeeded({
          code: 'port-not-free',
          message: `The demo cannot listen on port ${port}: something else does already, perhaps another demo.`,
          hint: 'End it, or choose another port: npm run demo -- --port 4041',
          cause,
        }),
      ),
    )
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()))
  })
}

const LogLine = z.object({ level: z.number(), msg: z.string() })
const WARNING = 40

/** Of Purser's log, what somebody at the terminal should see. */
function tell(line: string): void {
  const { level, msg } = line.startsWith('{') ? LogLine.parse(JSON.parse(line)) : { level: WARNING, msg: line }
  if (level >= WARNING) say(`purser: ${msg}`)
}

const say = (text: string): void => void process.stdout.write(`${text}\n`)

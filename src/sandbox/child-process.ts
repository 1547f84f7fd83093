import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

interface ChildOptions {
  /** Relative to this file. */
  entry: string
  args?: readonly string[]
  env?: Record<string, string>
  /** Each line that it prints. */
  onLine(line: string): void
  onExit?(signal: string | null, code: number | null): void
}

/** As `npm start` gives them: a small young generation, and an old one that is cleared before it has tripled. */
const MEMORY = ['--max-semi-space-size=8', '--heap-growing-percent=100', '--expose-gc']

/** A process of this repository, with the memory that `npm start` gives it; it ends when this one does. */
export function startChild({ entry, args = [], env = {}, onLine, onExit }: ChildOptions): ChildProcess {
  const path = fileURLToPath(new URL(entry, import.meta.url))
  const child = spawn(process.execPath, [...MEMORY, path, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on('line', onLine)
  child.once('exit', (code, signal) => onExit?.(signal, code))
  return child
}

/** Resolves when the process has ended; `signal` ends it. */
export function endChild(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill(signal)
  })
}

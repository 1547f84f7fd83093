import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const PURSER = fileURLToPath(new URL('../../src/cli/purser.ts', import.meta.url))

export interface Ran {
  code: number | null
  out: string
  err: string
}

/** Runs `purser` as an operator does, in a folder of theirs; the environment is what is given and nothing else. */
export function runPurser(args: readonly string[], env: Record<string, string> = {}, cwd?: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PURSER, ...args], {
      env: { PATH: process.env.PATH, ...env },
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString()
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, out, err }))
  })
}

import { createReadStream, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Bytes that must not be left, and what they are, for people. */
export interface Trace {
  what: string
  bytes: Buffer
}

/** Shorter ones occur by chance in what is encrypted. */
const SHORTEST = 5

/** Where in a folder's files traces still stand, as `purser.db: the name`; reads every byte once. */
export async function scanForTraces(folder: string, traces: readonly Trace[]): Promise<string[]> {
  const wanted = traces.filter(({ bytes }) => bytes.length >= SHORTEST)
  const found: string[] = []
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    for (const what of await tracesIn(join(entry.parentPath, entry.name), wanted)) found.push(`${entry.name}: ${what}`)
  }
  return found
}

async function tracesIn(file: string, traces: readonly Trace[]): Promise<Set<string>> {
  const longest = Math.max(0, ...traces.map(({ bytes }) => bytes.length))
  const found = new Set<string>()
  let tail = Buffer.alloc(0)
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    const window = Buffer.concat([tail, chunk])
    for (const { what, bytes } of traces) if (window.includes(bytes)) found.add(what)
    // A trace may stand across two pieces.
    tail = window.subarray(Math.max(0, window.length - longest + 1))
  }
  return found
}

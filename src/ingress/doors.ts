import type { IncomingMessage } from 'node:http'
import { PurserError } from '../domain/errors.ts'
import { type ApiPorts, apiDoor } from './api-door.ts'
import { type HookPorts, hookDoor } from './hook-door.ts'
import { type MetricsDoorPorts, metricsDoor } from './metrics-door.ts'
import { type Reply, refusal } from './reply.ts'

/** Answers what comes to one of the doors; null when the path is none of them. */
export type Doors = (req: IncomingMessage, path: string) => Promise<Reply | null>

/** The doors through which other systems come in. */
export function createDoors(ports: HookPorts & ApiPorts & MetricsDoorPorts): Doors {
  return async (req, path) => {
    if (path === '/metrics') return await metricsDoor(ports, req)
    const source = /^\/hooks\/([\w-]{1,100})$/.exec(path)?.[1]
    return await orLater(source === undefined ? apiDoor(ports, req, path) : hookDoor(ports, source, req))
  }
}

/** What could not be put on disk was not received: its sender keeps it, and sends it again. */
async function orLater(answer: Promise<Reply | null>): Promise<Reply | null> {
  try {
    return await answer
  } catch (error) {
    if (!(error instanceof PurserError) || error.consequence !== 'retry') throw error
    return {
      ...refusal(503, error.code, 'Nothing was kept of it. Send it again later.'),
      headers: { 'retry-after': '30' },
    }
  }
}

import { z } from 'zod'
import type { ReadOperation } from '../../domain/operation.ts'

/** Tells the outside switch that all is well. */
export const deadmanPing: ReadOperation<{ url: string }, true> = {
  service: 'deadman',
  class: 'R',
  name: 'ping',
  title: 'tell the outside switch that all is well',
  dropBodies: true,
  timeoutMs: 10_000,
  request: ({ url }) => ({ method: 'GET', path: '/ping', url }),
  answer: z.unknown().transform((): true => true),
}

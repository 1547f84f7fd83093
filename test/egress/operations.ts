import { z } from 'zod'
import type { Found, Look, Operation, OperationClass, ReadOperation } from '../../src/domain/operation.ts'
import type { Thing } from './vendor.ts'

const ThingSchema = z.object({ id: z.string(), name: z.string() })
export interface Named {
  name: string
}

const base = { service: 'vendor', answer: ThingSchema, timeoutMs: 1_000 }

export const findThings: ReadOperation<Named, Thing[]> = {
  ...base,
  class: 'R',
  name: 'thing.find',
  title: 'look for the thing',
  request: ({ name }) => ({ method: 'GET', path: '/things', query: { name } }),
  answer: z.array(ThingSchema),
}

const find = async ({ name }: Named, look: Look): Promise<Found<Thing>> => {
  const [thing] = await look(findThings, { name })
  return thing ? { kind: 'found', output: thing } : { kind: 'absent' }
}

const post =
  (path: string) =>
  ({ name }: Named) =>
    ({ method: 'POST', path, body: { name } }) as const

/** An operation of each class that writes; L's index lags by three seconds. */
export const WRITES = {
  U: {
    ...base,
    class: 'U',
    name: 'thing.put',
    title: 'put the thing',
    request: ({ name }) => ({ method: 'PUT', path: '/things/{name}', params: { name }, body: { name } }),
  },
  K: {
    ...base,
    class: 'K',
    name: 'thing.make-keyed',
    title: 'make the thing',
    request: post('/things'),
    keyHeader: 'idempotency-key',
    keyLifetimeMs: 24 * 3_600_000,
  },
  C: {
    ...base,
    class: 'C',
    name: 'thing.make-unique',
    title: 'make the thing',
    request: post('/unique'),
    judge: ({ status }) => (status === 409 ? { kind: 'duplicate' } : null),
    readBack: find,
  },
  L: {
    ...base,
    class: 'L',
    name: 'thing.make',
    title: 'make the thing',
    request: post('/things'),
    find,
    naturalKey: ({ name }) => name,
    lookBeforeFirstWrite: true,
    indexLagMs: 3_000,
  },
} satisfies Record<Exclude<OperationClass, 'R'>, Operation<Named, Thing>>

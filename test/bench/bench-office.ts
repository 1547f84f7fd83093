import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type OpenWorkplace, openWorkplace } from '../support/workplace.ts'
import { workplaceRules } from '../support/workplace-rules.ts'
import type { Asked, Asking } from './ask-away.ts'
import { openVendors } from './open-vendors.ts'

/** Slack takes as much as it documents. */
const SLACK_RATES = { SLACK_POSTS_PER_MINUTE: '60', SLACK_UPDATES_PER_MINUTE: '50' }
const GRAPH = new URL('./with-bench-graph.ts', import.meta.url)

/** Purser as `npm start` runs it, with the bench's graph; Slack, the services, and who asks are processes beside it. */
export async function openBenchOffice() {
  const vendors = await openVendors()
  const office = await openWorkplace({
    rules: workplaceRules({ tries: 1, backOff: '[]' }),
    env: { ...SLACK_RATES, BENCH_VENDORS: vendors.url, NODE_OPTIONS: `--import ${GRAPH.href}` },
  })
  return {
    ...office,
    async [Symbol.asyncDispose]() {
      await office[Symbol.asyncDispose]()
      vendors[Symbol.dispose]()
    },
  }
}

export function residentMb({ place }: Pick<OpenWorkplace, 'place'>): number {
  const status = readFileSync(`/proc/${place.purserPid()}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1_024
}

/** Submits runs of the bench's graph and sends commands, from a process of its own; answers with how long each ack took. */
export function askAway({ place }: OpenWorkplace, wanted: Omit<Asking, 'purserUrl' | 'signingSecret'>): Promise<Asked> {
  const asking: Asking = { ...wanted, purserUrl: place.purserUrl, signingSecret: place.sandbox.signingSecret }
  const child = fork(fileURLToPath(new URL('./ask-away.ts', import.meta.url)), [JSON.stringify(asking)])
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('message', resolve)
    child.once('exit', () => reject(new Error('who asks ended before it was done')))
  })
}

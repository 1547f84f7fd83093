import { z } from 'zod'
import { github, jira, slack } from '../../../src/connectors/index.ts'
import { workflow } from '../../../src/engine/define-workflow.ts'
import type { Trouble, WorldRequest } from '../support/memory-world.ts'

const input = z.object({ email: z.email(), name: z.string() })
const member = z.object({ state: z.string() })

/** Three steps that need the service which is away, one that needs another, and a word behind all of them. */
export const outage = workflow(
  {
    name: 'sample-outage',
    version: 1,
    title: 'An outage',
    input,
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ step, approval }) => {
    const known = step('known', {
      title: 'Known',
      uses: [jira],
      output: z.object({ accountId: z.string() }),
      run: ({ use, input: { email } }) => use(jira).ensureUser({ email }),
    })
    const invite = (key: string, email: string | null) =>
      step(key, {
        title: `Invite ${key}`,
        uses: [github],
        output: member,
        run: ({ use, input: entered }) => use(github).ensureMember({ email: email ?? entered.email, teamSlugs: [] }),
      })
    const invited = [invite('herself', null), invite('guest', 'guest@acme.example')]
    // It is agreed while the incident stands: this one waits without having asked.
    const agreed = approval('agreed', { title: 'Agreement' })
    const second = step('second', {
      title: 'Invite another one',
      after: [agreed],
      uses: [github],
      output: member,
      run: ({ use }) => use(github).ensureMember({ email: 'second@acme.example', teamSlugs: [] }),
    })
    step('tell', {
      title: 'Say so',
      after: [known, ...invited, second],
      uses: [slack],
      output: z.object({ channel: z.string(), ts: z.string() }),
      run: ({ use, run }) =>
        use(slack).postMessage({
          channel: '#ops-alerts',
          key: `tell/${run.id}`,
          notBefore: run.startedAt,
          text: 'All are in.',
        }),
    })
  },
)

/** Where every scenario begins, in milliseconds since 1970, and for how long the service is away. */
const BEGINS = Date.UTC(2026, 10, 2, 9, 0)
const AWAY_MS = 60_000
const COMES_BACK_MS = 100_000

/** GitHub answers nobody from the beginning on. */
export const away = (_number: number, { service }: WorldRequest, now: number): Trouble | null =>
  service === 'github' && now < BEGINS + AWAY_MS ? 'unavailable' : null

/** It answers who looks at it some time before it answers who calls it: what it held goes on too early. */
export const awayAgain = (number: number, request: WorldRequest, now: number): Trouble | null => {
  const refuses = request.service === 'github' && request.method !== 'GET' && now < BEGINS + COMES_BACK_MS
  return refuses ? 'unavailable' : away(number, request, now)
}

/** Two that fail of one cause are an incident; what it held goes on one a second. */
export const INCIDENTS = { steps: 2, runs: 2, withinMs: 300_000, releasePerMinute: 60, probeEveryMs: 30_000 }

import { expect, test } from 'vitest'
import { z } from 'zod'
import type { RunId } from '../../src/domain/ids.ts'
import { ended, type Run } from '../../src/domain/run.ts'
import { workflow } from '../../src/engine/define-workflow.ts'
import { JANE, TEAM } from '../support/test-ids.ts'
import { settle } from '../support/turns.ts'
import { openEngine } from './open-engine.ts'
import { refusing, vendor } from './scripted-egress.ts'

const output = z.object({ id: z.string() })
const make = { uses: [vendor], output, run: ({ use }: Calling) => use(vendor).make() } as const
const undo = { title: 'Undo it', run: async ({ use }: Calling) => void (await use(vendor).make()) }
interface Calling {
  use(of: typeof vendor): ReturnType<typeof vendor.client>
}

/** sign, which can be undone → stamp, which fails */
const contract = workflow(
  {
    name: 'contract',
    version: 1,
    title: 'Contract',
    input: z.object({ firm: z.string() }),
    subject: ({ firm }) => ({ key: firm, label: firm }),
  },
  ({ step }) => {
    const sign = step('sign', { ...make, undo, title: 'Sign' })
    step('stamp', { ...make, title: 'Stamp', after: [sign] })
  },
)

/** account → three contacts, two at once → contract; all of them can be undone. */
const client = workflow(
  {
    name: 'client',
    version: 1,
    title: 'Client',
    input: z.object({ email: z.email(), name: z.string() }),
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ step, each, subflow }) => {
    const account = step('account', { ...make, undo, title: 'Account' })
    const contacts = each('contact', {
      ...make,
      undo,
      title: 'Contact',
      after: [account],
      items: () => ['ann', 'ben', 'cal'],
      item: z.string(),
      key: (name) => name,
      concurrency: 2,
    })
    subflow('contract', { title: 'Contract', after: [contacts], workflow: contract, input: () => ({ firm: 'Acme' }) })
  },
)

/** The process dies at its write number `last`; another one goes on. Answers false when the story had fewer writes. */
async function diesAt(last: number): Promise<boolean> {
  await using at = await openEngine({ workflow: client, others: [contract] })
  at.script.plan('stamp', refusing, refusing, refusing)
  let writes = 0
  let isDead = false
  at.refuse.commit = () => {
    isDead ||= ++writes > last
    return isDead ? Promise.reject(new Error('the process is gone')) : null
  }
  const fresh: string[] = []
  const note = () =>
    fresh.push(...at.script.calls.filter(({ scope }) => !scope.attempt?.earlierCalls).map(({ step }) => step))
  const begin = () => at.begin().catch(() => null)
  await begin()
  const runs = async (): Promise<Run[]> => {
    const rows = await at.store.runs({ team: TEAM }, 10)
    return await Promise.all(rows.map(({ id }) => at.run(id)))
  }
  const cancel = async (): Promise<void> => {
    const parent = (await runs()).find((run) => run.workflow === 'client')
    if (!parent || ended(parent) || parent.cancelled) return
    const decision = { kind: 'cancel', reason: 'withdrawn', undo: true } as const
    await at
      .engine()
      .decide({ team: TEAM, run: parent.id, actor: JANE, decision })
      .catch(() => null)
    await settle()
  }
  await cancel()
  const died = isDead
  note()
  at.refuse.commit = null
  await at.crash()
  await begin()
  await cancel()
  await settle()
  note()
  await check(await runs(), at.kinds)
  expect(new Set(fresh).size, 'nothing is begun a second time as if for the first').toBe(fresh.length)
  return died
}

async function check(all: readonly Run[], kindsOf: (run: RunId) => Promise<string[]>): Promise<void> {
  expect(all.map(({ workflow: name, status }) => `${name} ${status}`).sort()).toEqual([
    'client cancelled',
    'contract cancelled',
  ])
  for (const run of all) {
    expect((await kindsOf(run.id)).filter((kind) => kind === 'run.ended')).toHaveLength(1)
    for (const step of run.steps) {
      if (step.key.endsWith('~undo')) expect(step.status, step.key).toBe('succeeded')
    }
  }
  const undone = all.flatMap(({ steps }) => steps.flatMap(({ key }) => (key.endsWith('~undo') ? [key] : [])))
  expect(undone.sort()).toEqual(
    ['account~undo', 'contact:1~undo', 'contact:2~undo', 'contact:3~undo', 'contract~undo', 'sign~undo'].sort(),
  )
}

test('a process that dies at any write of lists, children and undoing is taken up by the next one', async () => {
  let deaths = 0
  while (await diesAt(deaths)) deaths += 1
  console.info(`restart at every write: ${deaths} deaths`)
  expect(deaths).toBeGreaterThan(12)
})

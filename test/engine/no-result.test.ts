import { expect, test } from 'vitest'
import { z } from 'zod'
import { workflow } from '../../src/engine/define-workflow.ts'
import { openEngine } from './open-engine.ts'
import { vendor } from './scripted-egress.ts'

/** first → second; neither comes to a result. */
const silent = workflow(
  {
    name: 'silent',
    version: 1,
    title: 'Silent',
    input: z.object({ email: z.string() }),
    subject: ({ email }) => ({ key: email, label: email }),
  },
  ({ step }) => {
    const make = { uses: [vendor], output: z.undefined() } as const
    const run = {
      run: async ({ use }: { use(of: typeof vendor): { make(): Promise<unknown> } }) => void (await use(vendor).make()),
    }
    const first = step('first', { ...make, ...run, title: 'First' })
    step('second', { ...make, ...run, title: 'Second', needs: [first] })
  },
)

test('a run whose steps have no result is read from disk like any other', async () => {
  await using at = await openEngine({ workflow: silent })
  const run = await at.begin()
  await at.kill()
  expect(await at.run(run.id)).toMatchObject({
    status: 'succeeded',
    steps: [{ status: 'succeeded' }, { status: 'succeeded' }],
  })
})

import { expect, test } from 'vitest'
import { actionIds } from '../../views/action-ids.ts'
import { encodeStepRef } from '../../views/references.ts'
import { refusing } from '../engine/scripted-egress.ts'
import { keptIn } from './kept-drafts.ts'
import { OLGA, openHandlers } from './open-handlers.ts'

test('what was written in a window is not kept when whom it is about was erased while it stood open', async () => {
  await using at = await openHandlers()
  at.script.plan('mail', refusing)
  const run = await at.begin()
  const { key: step, version } = await at.step(run, 'mail')
  const value = encodeStepRef({ run: run.id, step, version })
  const kept = keptIn(at)
  await at.press({ action_id: actionIds.skip, block_id: 'b', value }, OLGA)
  const written = { reason: 'A borrowed account will do' }
  await at.close(written, OLGA)
  await at.keys.erase([run.subject.id])
  await at.close(written, OLGA)
  expect(kept.map(({ kind }) => kind)).toEqual(['keep'])
})

import type { KnownBlock } from '@slack/types'
import { describe, expect, test } from 'vitest'
import { actionIds, fieldAction } from '../../views/action-ids.ts'
import { encodeStepRef } from '../../views/references.ts'
import { refusing } from '../engine/scripted-egress.ts'
import { entered } from './entered.ts'
import { keptIn } from './kept-drafts.ts'
import { OLGA, openHandlers } from './open-handlers.ts'

type At = Awaited<ReturnType<typeof openHandlers>>

const half = { email: 'john@acme.example', name: 'John Roe' }
const draftIn = ({ store }: At) => store.formDraft(OLGA.team, OLGA.user, 'employee-onboarding')
const openForm = (at: At) => at.slash('/run', 'employee-onboarding', OLGA)

/** Somebody is erased; it takes all drafts that are on disk. */
const erase = async (at: At) => await at.keys.erase([at.ids.subject()])

describe('when somebody is erased while windows stand open', () => {
  test('what was written in a window about their run is not kept', async () => {
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

  test('a start form that is closed behind it leaves no draft; one that is opened behind it does', async () => {
    await using at = await openHandlers()
    await openForm(at)
    await erase(at)
    await at.close(half, OLGA)
    expect(await draftIn(at)).toBeNull()
    await openForm(at)
    await at.close(half, OLGA)
    expect(await draftIn(at)).not.toBeNull()
  })

  test('a start form leaves none when a field of it changes either, however often it is drawn anew', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    await at.begin(half)
    await openForm(at)
    await erase(at)
    const change = async () => {
      const { private_metadata: metadata = '', blocks } = at.surface.window()
      const values = entered(blocks, half)
      const view = { type: 'modal' as const, id: 'V1', hash: 'h', metadata, values, blocks }
      await at.press({ action_id: fieldAction, block_id: 'email' }, OLGA, { nowhere: true, view })
    }
    await change()
    expect(at.surface.updates).toHaveLength(1)
    await change()
    await at.close(half, OLGA)
    expect(await draftIn(at)).toBeNull()
  })

  test('nor does a form that came back when it could not be carried out, or was opened again by its button', async () => {
    await using at = await openHandlers({ rules: { may: () => true } })
    await openForm(at)
    await erase(at)
    at.ports.engine.start = async () => ({ kind: 'refused', code: 'held-back', message: 'Not now.', hint: 'Later.' })
    const answer = await at.submit(half, OLGA)
    if (answer.kind !== 'update') throw new Error('it was carried out')
    await at.click(answer.view.blocks as KnownBlock[], 'Back to the form', OLGA)
    expect(JSON.stringify(at.surface.window().blocks)).toContain(half.name)
    await at.close({ ...half, name: 'John A. Roe' }, OLGA)
    expect(await draftIn(at)).toBeNull()
  })
})

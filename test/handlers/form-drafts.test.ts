import type { KnownBlock, ModalView } from '@slack/types'
import { describe, expect, test } from 'vitest'
import { DRAFT_KEPT_MS } from '../../src/domain/form-draft.ts'
import { wordsOf } from '../views/drawn.ts'
import { entered } from './entered.ts'
import { OLGA, OTTO, openHandlers } from './open-handlers.ts'

type At = Awaited<ReturnType<typeof openHandlers>>

const half = { email: 'jane@acme.example', name: 'Jane Doe' }
const WRITTEN = 'What you had written on'

const opened = async (at: At, who = OLGA): Promise<ModalView> => {
  await at.slash('/run', 'employee-onboarding', who)
  return at.surface.window()
}

/** What its fields begin with. */
const begins = (view: ModalView): Record<string, unknown> =>
  Object.fromEntries(
    (view.blocks as { block_id?: string; element?: { initial_value?: string } }[]).flatMap(
      ({ block_id: id, element }) => (id && element?.initial_value !== undefined ? [[id, element.initial_value]] : []),
    ),
  )

describe('a start form that was closed', () => {
  test('is filled in with what was written when the same person opens it again, and says so', async () => {
    await using at = await openHandlers()
    const first = await opened(at)
    expect(wordsOf(first.blocks)).not.toContain(WRITTEN)
    await at.close(half, OLGA)
    const again = await opened(at)
    expect(wordsOf(again.blocks)).toContain(WRITTEN)
    expect(begins(again)).toEqual(half)
    const elses = await opened(at, OTTO)
    expect(begins(elses)).toEqual({})
  })

  test('leaves nothing readable on disk', async () => {
    await using at = await openHandlers()
    await opened(at)
    await at.close(half, OLGA)
    const draft = await at.store.formDraft(OLGA.team, OLGA.user, 'employee-onboarding')
    expect(draft).not.toBeNull()
    expect(Buffer.from(draft?.sealed ?? []).toString('latin1')).not.toContain('Jane')
    expect(await at.kinds()).toEqual([])
  })

  test('is empty again for who starts afresh', async () => {
    await using at = await openHandlers()
    await opened(at)
    await at.close(half, OLGA)
    const again = await opened(at)
    const view = { type: 'modal', id: 'V2', hash: 'h', metadata: again.private_metadata ?? '', values: {} } as const
    await at.click(again.blocks as KnownBlock[], 'Start afresh', OLGA, { nowhere: true, view })
    expect(at.surface.order.at(-1)).toBe('update')
    expect(begins(at.surface.window())).toEqual({})
    expect(begins(await opened(at))).toEqual({})
  })

  test('leaves no draft once the run has started, or when it was emptied', async () => {
    await using at = await openHandlers()
    await opened(at)
    await at.close(half, OLGA)
    await opened(at)
    expect(await at.submit(half, OLGA)).toEqual({ kind: 'close' })
    expect(begins(await opened(at))).toEqual({})
    await at.close(half, OLGA)
    await opened(at)
    await at.close({}, OLGA)
    expect(begins(await opened(at))).toEqual({})
  })

  test('gives way to what is known where the form is opened for it', async () => {
    await using at = await openHandlers()
    await opened(at)
    await at.close(half, OLGA)
    await at.slash('/onboard', 'john.roe@acme.example', OLGA)
    const view = at.surface.window()
    expect(wordsOf(view.blocks)).not.toContain(WRITTEN)
    expect(JSON.stringify(view)).not.toContain('jane@acme.example')
  })

  test('is kept a fortnight', async () => {
    await using at = await openHandlers()
    await opened(at)
    await at.close(half, OLGA)
    await at.clock.advance(DRAFT_KEPT_MS)
    expect(begins(await opened(at))).toEqual(half)
    await at.clock.advance(1)
    expect(begins(await opened(at))).toEqual({})
  })

  test('keeps what a field told of before, where Slack tells nothing of its fields at the end', async () => {
    await using at = await openHandlers()
    const form = await opened(at)
    const values = entered(form.blocks, half)
    const view = { type: 'modal', id: 'V1', hash: 'h', metadata: form.private_metadata ?? '', values } as const
    await at.press({ type: 'email_text_input', action_id: 'value', block_id: 'email' }, OLGA, { nowhere: true, view })
    const handled = at.surface.windows.at(-1)
    if (handled) handled.blocks = []
    await at.close({}, OLGA)
    expect(begins(await opened(at))).toEqual(half)
  })
})

describe('a start form that stands open', () => {
  test('is not drawn anew by a field on which nothing hangs, so that the errors of a form sent meanwhile stay', async () => {
    await using at = await openHandlers()
    const form = await opened(at)
    const shown = { type: 'modal', id: 'V1', hash: 'h', metadata: form.private_metadata ?? '' } as const
    const changed = { type: 'email_text_input', action_id: 'value', block_id: 'email' }
    const values = entered(form.blocks, half)
    await at.press(changed, OLGA, { nowhere: true, view: { ...shown, values, blocks: form.blocks } })
    expect(at.surface.order).not.toContain('update')
    await at.press(changed, OLGA, { nowhere: true, view: { ...shown, values, blocks: form.blocks.slice(1) } })
    expect(at.surface.order).toContain('update')
  })
})

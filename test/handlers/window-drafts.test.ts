import type { ModalView } from '@slack/types'
import { describe, expect, test } from 'vitest'
import { handlers } from '../../handlers/index.ts'
import type { Person } from '../../src/domain/actor.ts'
import { PermanentFailure } from '../../src/domain/errors.ts'
import { DRAFT_KEPT_MS } from '../../src/domain/form-draft.ts'
import type { Run } from '../../src/domain/run.ts'
import { actionIds, callbackIds } from '../../views/action-ids.ts'
import {
  encodeAuditRef,
  encodeDebtRef,
  encodeHoldRef,
  encodeItemRef,
  encodeRunRef,
  encodeStepRef,
} from '../../views/references.ts'
import { refusing } from '../engine/scripted-egress.ts'
import { TEAM } from '../support/test-ids.ts'
import { wordsOf } from '../views/drawn.ts'
import { asking } from './asking-workflow.ts'
import { keptIn } from './kept-drafts.ts'
import { MAYA, OLGA, openHandlers, TIM } from './open-handlers.ts'

type At = Awaited<ReturnType<typeof openHandlers>>
type Press = Record<string, unknown>

const WRITTEN = 'What you had written on'
const EXPIRED = new PermanentFailure({ code: 'expired-trigger-id', message: 'Too late', hint: 'Again.' })

/** A run whose mailbox could not be opened. */
async function failed(at: At): Promise<Run> {
  at.script.plan('mail', refusing)
  return await at.begin()
}

const ofStep = async (at: At, run: Run, key: string, action: string): Promise<Press> => {
  const { key: step, version } = await at.step(run, key)
  return { action_id: action, block_id: 'b', value: encodeStepRef({ run: run.id, step, version }) }
}

const onFailed = (action: string) => async (at: At) => await ofStep(at, await failed(at), 'mail', action)
const onRun = (action: string) => async (at: At) => {
  const run = await failed(at)
  return { action_id: action, block_id: 'b', value: encodeRunRef(run.id) }
}
const onAsk = (key: 'ok' | 'install', action: string) => async (at: At) => {
  const run = await at.begin()
  if (key === 'install') await at.press(await ofStep(at, run, 'ok', actionIds.approve), MAYA)
  return await ofStep(at, run, key, action)
}
const onDebt = (action: string) => async (at: At) => {
  const run = await failed(at)
  const { key, version } = await at.step(run, 'mail')
  const actor = { kind: 'person', team: TEAM, user: OLGA.user } as const
  const decision = { kind: 'skip', step: key, stepVersion: version, reason: 'By hand.' } as const
  await at.engine.decide({ team: TEAM, run: run.id, actor, decision })
  return { action_id: action, block_id: 'b', value: encodeDebtRef(run.id, key) }
}

/** How each window is asked for that has something to write or choose. */
const WINDOWS: Readonly<Record<string, (at: At) => Promise<Press>>> = {
  [callbackIds.skip]: onFailed(actionIds.skip),
  [callbackIds.escalate]: onFailed(actionIds.escalate),
  [callbackIds.markDone]: onFailed(actionIds.markDone),
  [callbackIds.edit]: onFailed(actionIds.edit),
  [callbackIds.cancelRun]: onRun(actionIds.cancelRun),
  [callbackIds.restartRun]: onRun(actionIds.restartRun),
  [callbackIds.pauseRun]: onRun(actionIds.pauseRun),
  [callbackIds.refuse]: onAsk('ok', actionIds.refuse),
  [callbackIds.delegate]: onAsk('ok', actionIds.delegate),
  [callbackIds.complete]: onAsk('install', actionIds.complete),
  [callbackIds.reassign]: onAsk('install', actionIds.reassign),
  [callbackIds.closeDebt]: onDebt(actionIds.closeDebt),
  [callbackIds.handOverDebt]: onDebt(actionIds.handOverDebt),
  [callbackIds.holdReason]: async (at) => {
    const by = { kind: 'person', team: TEAM, user: OLGA.user } as const
    const paused = await at.engine.holds.pause({
      team: TEAM,
      scope: { of: 'everything' },
      by,
      reason: 'It moves house',
      until: null,
    })
    if (!('hold' in paused)) throw new Error('nothing was paused')
    return { action_id: actionIds.cancelHeld, block_id: 'b', value: encodeHoldRef(paused.hold.id) }
  },
  [callbackIds.dismissItem]: async (at) => {
    const by = { kind: 'machine', part: 'hook', name: 'contracts' } as const
    const content = { kind: 'webhook', body: '{}', headers: {}, query: {} } as const
    const came = { team: TEAM, source: 'contracts', event: 'evt-1', type: 'hired', content, by }
    const receipt = await at.inbox.receive(came)
    if (receipt.kind !== 'new') throw new Error('it was not new')
    return { action_id: actionIds.dismissItem, block_id: 'b', value: encodeItemRef(receipt.item) }
  },
  [callbackIds.saveQuery]: async () => ({
    ...{ action_id: actionIds.saveAudit, block_id: 'b' },
    value: encodeAuditRef({ query: 'service:github', before: null }),
  }),
  [callbackIds.sayAway]: async () => ({ action_id: actionIds.sayAway, block_id: 'b', value: 'open' }),
}

const OF_APPROVAL: readonly string[] = [callbackIds.refuse, callbackIds.delegate]
const OF_TASK: readonly string[] = [callbackIds.complete, callbackIds.reassign]

const opened = (name: string) =>
  openHandlers([...OF_APPROVAL, ...OF_TASK].includes(name) ? { workflows: [asking] } : {})

interface Input {
  type: string
  block_id: string
  element: Record<string, unknown> & { type: string; options?: { value: string }[] }
}
const inputsIn = (view: ModalView): Input[] =>
  (view.blocks as unknown as Input[]).filter(({ type }) => type === 'input')

/** Something for each field, as somebody may enter it. */
const sampleFor = ({ element: { type, options } }: Input): unknown => {
  switch (type) {
    case 'datepicker':
      return '2026-12-24'
    case 'users_select':
      return TIM.user
    case 'email_text_input':
      return 'jane.roe@acme.example'
    case 'number_input':
      return '7'
    case 'datetimepicker':
      return 1_798_000_000
    default:
      return options ? options.at(-1)?.value : 'Because it is so'
  }
}

/** What its fields begin with, by block. */
const begins = (view: ModalView): Record<string, unknown> =>
  Object.fromEntries(
    inputsIn(view).map(({ block_id: id, element }) => {
      const found = Object.entries(element).find(([name]) => name.startsWith('initial_'))?.[1]
      return [id, (found as { value?: string })?.value ?? found]
    }),
  )

async function asks(at: At, press: Press, who: Person = OLGA): Promise<ModalView> {
  const before = at.surface.windows.length
  await at.press(press, who, { nowhere: false })
  expect(at.surface.windows.length, at.surface.shown.at(-1)?.words).toBeGreaterThan(before)
  return at.surface.window()
}

describe.each(Object.entries(WINDOWS))('the window %s', (name, how) => {
  const who = OF_APPROVAL.includes(name) ? MAYA : OLGA

  test('that is closed is filled in with what was written when it is opened again, and says so', async () => {
    await using at = await opened(name)
    const press = await how(at)
    const view = await asks(at, press, who)
    expect(view.callback_id).toBe(name)
    expect(view.notify_on_close).toBe(true)
    expect(wordsOf(view.blocks)).not.toContain(WRITTEN)
    const written = Object.fromEntries(inputsIn(view).map((input) => [input.block_id, sampleFor(input)]))
    expect(Object.keys(written).length).toBeGreaterThan(0)
    await at.close(written, who)
    const again = await asks(at, press, who)
    expect(wordsOf(again.blocks)).toContain(WRITTEN)
    expect(begins(again)).toEqual(written)
    // Closed once more as it is, nothing is lost.
    await at.close(written, who)
    expect(begins(await asks(at, press, who))).toEqual(written)
  })

  test('is opened by a button where its trigger has expired, and filled in there too', async () => {
    await using at = await opened(name)
    const press = await how(at)
    const view = await asks(at, press, who)
    const written = Object.fromEntries(inputsIn(view).map((input) => [input.block_id, sampleFor(input)]))
    await at.close(written, who)
    at.surface.refuse.open = EXPIRED
    await at.press(press, who)
    at.surface.refuse.open = null
    await at.click(at.surface.last().drawing.blocks as never, 'Open it', who)
    expect(begins(at.surface.window())).toEqual(written)
  })
})

test('every window with something to write is tried here, but for the start form and the bulk retry', () => {
  const tried = [...Object.keys(WINDOWS), callbackIds.startRun, callbackIds.bulkRetry]
  expect(handlers.modals.map(({ callback }) => callback).sort()).toEqual(tried.sort())
})

describe('what was written in a window', () => {
  const reason = { reason: 'A borrowed account will do' }

  test('is kept when it could not be carried out, and gone once it was', async () => {
    await using at = await openHandlers()
    const press = await onFailed(actionIds.skip)(at)
    await asks(at, press)
    const { decide } = at.ports.engine
    at.ports.engine.decide = async () => {
      throw new Error('the disk is full')
    }
    await expect(at.submit(reason, OLGA)).rejects.toThrow('disk')
    at.ports.engine.decide = decide
    expect(begins(await asks(at, press))).toEqual(reason)
    const kept = keptIn(at)
    expect(await at.submit(reason, OLGA)).toEqual({ kind: 'close' })
    expect(kept.map(({ kind }) => kind)).toEqual(['forget'])
    const other = await ofStep(at, await at.begin({ email: 'john@acme.example', name: 'John' }), 'mail', actionIds.skip)
    expect(other).toBeDefined()
  })

  test('is kept when somebody may not, and is theirs alone', async () => {
    await using at = await openHandlers()
    const press = await onFailed(actionIds.skip)(at)
    await asks(at, press, TIM)
    const { may } = at.ports.rules.current()
    Object.assign(at.ports.rules.current(), { may: () => false })
    expect(await at.submit(reason, TIM)).toMatchObject({ kind: 'update' })
    Object.assign(at.ports.rules.current(), { may })
    expect(begins(await asks(at, press, OLGA))).toEqual({ reason: undefined })
    expect(begins(await asks(at, press, TIM))).toEqual(reason)
  })

  test('survives that the step moves on, and does not come up for another step', async () => {
    await using at = await openHandlers()
    const run = await failed(at)
    await asks(at, await ofStep(at, run, 'mail', actionIds.skip))
    await at.close(reason, OLGA)
    at.script.plan('mail', refusing)
    await at.press(await ofStep(at, run, 'mail', actionIds.retry), OLGA)
    expect(begins(await asks(at, await ofStep(at, run, 'mail', actionIds.skip)))).toEqual(reason)
    at.script.plan('mail', refusing)
    const other = await at.begin({ email: 'john@acme.example', name: 'John Smith' })
    expect(begins(await asks(at, await ofStep(at, other, 'mail', actionIds.skip)))).toEqual({ reason: undefined })
  })

  test('takes back what was emptied, and leaves what was only there from the start', async () => {
    await using at = await openHandlers()
    const press = await onFailed(actionIds.edit)(at)
    const first = await asks(at, press)
    const before = begins(first)
    await at.close({ ...before, 'input.name': 'Janet Doe', 'input.role': 'engineer' }, OLGA)
    await asks(at, press)
    await at.close({ ...before, 'input.name': 'Janet Doe', 'input.role': undefined }, OLGA)
    expect(begins(await asks(at, press))).toEqual({ ...before, 'input.name': 'Janet Doe' })
    const draft = await at.store.formDraft(TEAM, OLGA.user, await draftName(at))
    const bytes = at.keys.openState(TEAM, draft?.sealed ?? new Uint8Array())
    expect(JSON.parse(Buffer.from(bytes ?? []).toString())).toEqual({ 'input.name': 'Janet Doe', 'input.role': null })
    expect(Buffer.from(draft?.sealed ?? []).toString('latin1')).not.toContain('Janet')
  })

  test('is kept a fortnight, and a form that was closed unchanged leaves none', async () => {
    await using at = await openHandlers()
    const press = await onFailed(actionIds.skip)(at)
    await asks(at, press)
    await at.close({}, OLGA)
    expect(wordsOf((await asks(at, press)).blocks)).not.toContain(WRITTEN)
    await at.close(reason, OLGA)
    await at.clock.advance(DRAFT_KEPT_MS + 1)
    expect(begins(await asks(at, press))).toEqual({ reason: undefined })
  })

  test('is kept through the menu of a step too, also where the trigger has expired', async () => {
    await using at = await openHandlers()
    const run = await failed(at)
    const { version } = await at.step(run, 'mail')
    for (const [choice, window] of [
      ['edit', callbackIds.edit],
      ['mark-done', callbackIds.markDone],
      ['pause', callbackIds.pauseRun],
      ['cancel', callbackIds.cancelRun],
    ] as const) {
      const menu = {
        action_id: actionIds.stepMenu,
        block_id: `${run.id}.${version}.mail`,
        selected_option: { value: choice },
      }
      at.surface.refuse.open = EXPIRED
      await at.press(menu, OLGA)
      at.surface.refuse.open = null
      await at.click(at.surface.last().drawing.blocks as never, 'Open it', OLGA)
      expect(at.surface.window().callback_id).toBe(window)
    }
  })

  test('stands in the answer where a command asked for the window and its trigger has expired', async () => {
    await using at = await openHandlers()
    await failed(at)
    at.surface.refuse.open = EXPIRED
    await at.slash('/purser', 'retry service:vendor', OLGA)
    expect(at.surface.last().words).toContain('Send it once more: /purser retry service:vendor')
  })
})

/** Under which name the only draft is kept. */
async function draftName(at: At): Promise<string> {
  const press = await at.store.runs({ team: TEAM }, 1)
  const { createHash } = await import('node:crypto')
  const rest = JSON.stringify({ r: press[0]?.id, s: 'mail' })
  return `edit-step ${press[0]?.id} ${createHash('sha256').update(rest).digest('hex').slice(0, 16)}`
}

test('what somebody had written is filled in also where the window is drawn after its placeholder', async () => {
  await using at = await openHandlers({ workflows: [asking] })
  const press = await onAsk('ok', actionIds.refuse)(at)
  at.fresh.is = false
  await asks(at, press, MAYA)
  await at.close({ reason: 'Too dear for now' }, MAYA)
  expect(begins(await asks(at, press, MAYA))).toEqual({ reason: 'Too dear for now' })
})

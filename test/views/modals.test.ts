import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Run, Step } from '../../src/domain/run.ts'
import { leftBehind } from '../../views/cards/kin.ts'
import { cancelModal, readCancel } from '../../views/modals/cancel-modal.ts'
import { escalateModal } from '../../views/modals/escalate-modal.ts'
import { fieldErrors } from '../../views/modals/field-errors.ts'
import { markDoneModal, readMarkDone } from '../../views/modals/mark-done-modal.ts'
import { loadingModal } from '../../views/modals/modal.ts'
import { readReason } from '../../views/modals/reason-input.ts'
import { runModal } from '../../views/modals/run-modal.ts'
import { skipModal } from '../../views/modals/skip-modal.ts'
import { readStartValues, startRunModal } from '../../views/modals/start-run-modal.ts'
import { decodeRunRef, decodeStartRef, decodeStepRef } from '../../views/references.ts'
import { expectView, wordsOf } from './drawn.ts'
import { attemptId, base, call, ctx, done, key, minutes, olga, outline, runId, sampleRun } from './sample-run.ts'
import { runStates, runWith, stepStates } from './sample-states.ts'

const failed = stepStates.failed as Step
const about = { run: runWith(failed), step: failed, outline }
const workflow = { name: 'employee-onboarding', version: 2, title: 'Employee onboarding of everybody' }

const NewEmployee = z.object({
  name: z.string().min(2).meta({ title: 'Full name', placeholder: 'Jane Doe' }),
  workEmail: z.email(),
  role: z.enum(['engineer', 'engineering-manager', 'designer', 'sales', 'support']),
  kind: z.enum(['employee', 'contractor']).meta({ labels: { contractor: 'Contractor (external)' } }),
  team: z.string().optional(),
  manager: z.string().meta({ widget: 'user' }),
  channel: z.string().meta({ widget: 'channel' }).optional(),
  startDate: z.iso.date(),
  laptop: z.boolean().meta({ description: 'Ordered from Acme Ltd' }),
  hours: z.number().int().min(1).max(60).default(40),
  rate: z.number().optional(),
  tools: z.array(z.enum(['figma', 'zoom'])).optional(),
  site: z.url().optional(),
  note: z.string().max(5_000).nullable().meta({ widget: 'multiline' }),
})

type Blocks = { type: string; block_id?: string; optional?: boolean; element?: Record<string, unknown> }[]
const inputsOf = (view: { blocks: unknown }) =>
  Object.fromEntries(
    (view.blocks as Blocks).filter((block) => block.type === 'input').map((block) => [block.block_id, block]),
  )

describe('the form that starts a run', () => {
  const view = startRunModal({ workflow, channel: null, schema: NewEmployee, intro: 'A card will follow.' })
  const inputs = inputsOf(view)

  test('is a modal that Slack takes, with and without what is known already', () => {
    expectView(view)
    const initial = {
      name: 'Jane Doe',
      workEmail: 'jane@acme.example',
      role: 'sales',
      kind: 'contractor',
      manager: 'U0OPS',
      startDate: '2026-11-09',
      laptop: true,
      hours: 32,
      rate: 0.0000001,
      tools: ['zoom'],
      note: 'x'.repeat(9_000),
    }
    const filled = startRunModal({ workflow, channel: null, schema: NewEmployee, initial })
    expectView(filled)
    expect(inputsOf(filled).hours?.element).toMatchObject({ initial_value: '32', min_value: '1', max_value: '60' })
    expect(inputsOf(filled).tools?.element).toMatchObject({ initial_options: [{ value: 'zoom' }] })
  })

  test('ignores what is known when it does not fit its field', () => {
    const initial = { role: 'pirate', startDate: 'soon', hours: 'many', name: 7, manager: ' ' }
    const odd = startRunModal({ workflow, channel: null, schema: NewEmployee, initial })
    expectView(odd)
    expect(inputsOf(odd).role?.element).not.toHaveProperty('initial_option')
    expect(inputsOf(odd).startDate?.element).not.toHaveProperty('initial_date')
  })

  test.each([
    ['name', 'plain_text_input', false],
    ['workEmail', 'email_text_input', false],
    ['role', 'static_select', false],
    ['kind', 'radio_buttons', false],
    ['team', 'plain_text_input', true],
    ['manager', 'users_select', false],
    ['channel', 'channels_select', true],
    ['startDate', 'datepicker', false],
    ['laptop', 'checkboxes', true],
    ['hours', 'number_input', true],
    ['rate', 'number_input', true],
    ['tools', 'multi_static_select', true],
    ['site', 'url_text_input', true],
    ['note', 'plain_text_input', false],
  ])('asks for %s with %s', (name, type, optional) => {
    expect(inputs[name]?.element?.type).toBe(type)
    expect(inputs[name]?.optional).toBe(optional)
  })

  test('writes labels and options in words', () => {
    const said = wordsOf(view.blocks)
    for (const words of [
      'Full name',
      'Work email',
      'Engineering manager',
      'Contractor (external)',
      'Ordered from Acme Ltd',
    ]) {
      expect(said).toContain(words)
    }
    expect(view.title.text).toBe('Employee onboarding of…')
  })

  test('carries the workflow and its version', () => {
    expect(decodeStartRef(view.private_metadata)).toEqual({
      workflow: 'employee-onboarding',
      version: 2,
      channel: null,
    })
    expect(decodeStartRef('{"w":1}')).toBeNull()
  })

  test('draws a menu of more options than Slack takes as a text', () => {
    const many = z.object({ city: z.enum(Array.from({ length: 101 }, (_, at) => `city-${at}`)) })
    const wide = startRunModal({ workflow, channel: null, schema: many })
    expectView(wide)
    expect(inputsOf(wide).city?.element?.type).toBe('plain_text_input')
  })

  test('is a form also when nothing has to be filled in', () => {
    expectView(startRunModal({ workflow, channel: null, schema: z.object({}) }))
  })

  test('reads what was filled in so that the schema takes it, and leaves out what was not', () => {
    const state = {
      name: { value: { type: 'plain_text_input', value: '  Jane Doe ' } },
      workEmail: { value: { type: 'email_text_input', value: 'jane@acme.example' } },
      role: { value: { type: 'static_select', selected_option: { text: {}, value: 'sales' } } },
      kind: { value: { type: 'radio_buttons', selected_option: { value: 'employee' } } },
      team: { value: { type: 'plain_text_input', value: null } },
      manager: { value: { type: 'users_select', selected_user: 'U0OPS' } },
      channel: { value: { type: 'channels_select', selected_channel: null } },
      startDate: { value: { type: 'datepicker', selected_date: '2026-11-09' } },
      laptop: { value: { type: 'checkboxes', selected_options: [] } },
      hours: { value: { type: 'number_input', value: '32' } },
      rate: { value: { type: 'number_input', value: null } },
      tools: { value: { type: 'multi_static_select', selected_options: [{ value: 'zoom' }] } },
      note: { value: { type: 'plain_text_input', value: 'hello' } },
    }
    const values = readStartValues(state)
    expect(values).toEqual({
      name: 'Jane Doe',
      workEmail: 'jane@acme.example',
      role: 'sales',
      kind: 'employee',
      manager: 'U0OPS',
      startDate: '2026-11-09',
      laptop: false,
      hours: 32,
      tools: ['zoom'],
      note: 'hello',
    })
    expect(NewEmployee.safeParse(values).success).toBe(true)
    expect(readStartValues('nonsense')).toEqual({})
  })

  test('puts each error at its field, and what has none at the first', () => {
    const errors = fieldErrors(
      { workEmail: 'taken', 'rules.access': 'nobody', 'tools.0': 'old' },
      { blocks: view.blocks },
    )
    expect(errors).toEqual({ workEmail: 'taken', name: 'rules.access: nobody', tools: 'old' })
    expect(fieldErrors({ name: 'x' }, { blocks: [] })).toEqual({})
  })
})

describe('the modals of decisions', () => {
  const Output = z.object({ login: z.string(), teamCount: z.number(), remark: z.string().optional() })

  test('are views that Slack takes', () => {
    for (const step of Object.values(stepStates)) {
      const here = { run: runWith(step), step, outline }
      for (const view of [
        skipModal(here, minutes(9_000)),
        escalateModal(here),
        markDoneModal(here, null),
        markDoneModal(here, Output),
      ]) {
        expectView(view)
        expect(decodeStepRef(view.private_metadata)).toEqual({ run: runId, step: 'github-org', version: 3 })
      }
    }
    for (const run of Object.values(runStates)) expectView(cancelModal(run, outline))
    for (const run of Object.values(runStates)) expectView(runModal({ run, outline }, ctx))
    expectView(loadingModal('Employee onboarding of everybody'))
  })

  test('skip names the steps that lose their input, and what is owed', () => {
    const said = wordsOf(skipModal(about, minutes(9_000)).blocks)
    expect(said).toContain('1 later step will not happen either')
    expect(said).toContain('Team access')
    expect(said).not.toContain('Welcome message')
    expect(said).toContain('You will owe “GitHub membership” by')
    const last = { ...failed, key: key('team-access') }
    expect(wordsOf(skipModal({ ...about, step: last }, 0).blocks)).toContain('No later step needs its result')
  })

  test('escalate says what the ticket will hold', () => {
    expect(wordsOf(escalateModal(about).blocks)).toContain('every call of this step')
  })

  test('mark done asks for the required fields of the result, and reads them', () => {
    const view = markDoneModal(about, Output)
    expect(Object.keys(inputsOf(view))).toEqual(['reason', 'output.login', 'output.teamCount'])
    const state = {
      reason: { value: { type: 'plain_text_input', value: 'It is there' } },
      'output.login': { value: { type: 'plain_text_input', value: 'jane' } },
      'output.teamCount': { value: { type: 'number_input', value: '2' } },
    }
    expect(readMarkDone(state)).toEqual({ ok: true, reason: 'It is there', output: { login: 'jane', teamCount: 2 } })
    expect(Object.keys(inputsOf(markDoneModal(about, null)))).toEqual(['reason'])
  })

  test('cancel names what is done and stays done, and what will not happen', () => {
    const view = cancelModal(about.run, outline)
    const said = wordsOf(view.blocks)
    expect(said).toContain('Stays, and is for you to clean up by hand')
    expect(said).toContain('Google account: Purser cannot undo it')
    expect(Object.keys(inputsOf(view))).toEqual(['reason'])
    expect(said).toContain('3 steps will not be carried out')
    expect(decodeRunRef(view.private_metadata)).toBe(runId)
    const empty: Run = sampleRun(
      [done('google-account'), done('payroll')].map(
        (each) => ({ ...each, status: 'not-needed', because: 'rule' }) as Step,
      ),
    )
    expect(wordsOf(cancelModal(empty, outline).blocks)).toContain('No step has done anything outside yet')
  })

  test('cancel shows what can be undone, in its order, and what stays, before anybody chooses', () => {
    const undoing = {
      ...outline,
      steps: outline.steps.map((step) => (step.key === 'welcome' ? step : { ...step, undo: `Take back ${step.key}` })),
    }
    const steps: Step[] = [
      { ...base('github-org'), status: 'running', attempt: attemptId, startedAt: minutes(1), failing: null },
      { ...done('payroll'), calls: [call({ outcome: 'found' })] } as Step,
      done('welcome'),
    ]
    const view = cancelModal(sampleRun(steps), undoing)
    const said = wordsOf(view.blocks)
    expect(said).toMatch(/GitHub membership: Take back github-org \(under way now.*Google account: Take back/s)
    expect(JSON.stringify(view.blocks)).toContain('"style":"ordered"')
    expect(said).toContain('Payroll record: it was there before this run')
    expect(said).toContain('Welcome message: Purser cannot undo it')
    expect(Object.keys(inputsOf(view))).toEqual(['undo', 'reason'])
    const chosen = (value: string) => ({
      reason: { value: { type: 'plain_text_input', value: 'withdrawn' } },
      undo: { value: { type: 'radio_buttons', selected_option: { value } } },
    })
    expect(readCancel(chosen('yes'))).toEqual({ ok: true, reason: 'withdrawn', undo: true })
    expect(readCancel(chosen('no'))).toEqual({ ok: true, reason: 'withdrawn', undo: false })
    const cancelled = { by: olga, at: minutes(3), reason: 'withdrawn', undo: true }
    const stop = cancelModal(sampleRun(steps, { status: 'cancelling', cancelled }), undoing)
    expect(Object.keys(inputsOf(stop))).toEqual(['reason'])
    expect(wordsOf(stop.blocks)).toContain('of the undoing will not be carried out')
  })

  test('cancel and the card of what was cancelled say what is left to people, and why', () => {
    const makes = { service: 'gusto', name: 'employee.create' }
    const leaving = {
      ...outline,
      steps: outline.steps.map((step) => ({
        ...step,
        leaves: `Clean up ${step.key}.`,
        ...(step.key === 'payroll' ? { undo: 'Delete it', makes } : {}),
      })),
    }
    const calls = [
      call({ service: 'gusto', operation: 'employee.create', outcome: 'found' }),
      call({ service: 'gusto', operation: 'job.create', outcome: 'done' }),
    ]
    const steps = [{ ...done('payroll'), calls } as Step, done('welcome')]
    const said = wordsOf(cancelModal(sampleRun(steps), leaving).blocks)
    expect(said).toMatch(/Payroll record: it was there before.*what this run added to it stays. Clean up payroll\./)
    expect(said).toContain('Welcome message: Purser cannot undo it. Clean up welcome.')
    const cancelled = { by: olga, at: minutes(3), reason: 'withdrawn', undo: true }
    const left = leftBehind(sampleRun(steps, { status: 'cancelled', cancelled, endedAt: minutes(4) }), leaving)
    expect(left).toHaveLength(3)
    expect(JSON.stringify(left)).toContain('Clean up payroll.')
    expect(JSON.stringify(left)).not.toContain('Delete it')
  })

  test('a reason needs three characters that are not blanks', () => {
    const typed = (value: string | null) => readReason({ reason: { value: { type: 'plain_text_input', value } } })
    expect(typed('  because  ')).toEqual({ ok: true, reason: 'because' })
    expect(typed('      ')).toMatchObject({ ok: false })
    expect(typed(null)).toMatchObject({ ok: false })
    expect(readReason({})).toMatchObject({ ok: false })
  })
})

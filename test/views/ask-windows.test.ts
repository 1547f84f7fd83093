import { describe, expect, test } from 'vitest'
import type { Step } from '../../src/domain/run.ts'
import { completeModal } from '../../views/modals/complete-modal.ts'
import { delegateModal, reassignModal } from '../../views/modals/hand-over-modal.ts'
import { readHandOver } from '../../views/modals/person-input.ts'
import { refuseModal } from '../../views/modals/refuse-modal.ts'
import { decodeStepRef } from '../../views/references.ts'
import { expectView, wordsOf } from './drawn.ts'
import { approvalStates, output, subjectOf, taskStates } from './sample-asks.ts'
import { done, runId } from './sample-run.ts'

const state = (states: Record<string, Step>, name: string): Step => states[name] ?? done('github-org')
describe('the windows of those who are asked', () => {
  const about = subjectOf(state(approvalStates, 'asked'))

  test('are views that Slack takes', () => {
    const doing = subjectOf(state(taskStates, 'asked'))
    for (const view of [refuseModal(about), delegateModal(about), reassignModal(doing), completeModal(doing, output)]) {
      expectView(view)
      expect(decodeStepRef(view.private_metadata)).toEqual({ run: runId, step: 'github-org', version: 3 })
    }
    expect(wordsOf(completeModal(doing, output).blocks)).toContain('Order a laptop')
  })

  test('name what a refusal stops: also what only comes after it', () => {
    const words = wordsOf(refuseModal(about).blocks)
    expect(words).toContain('2 later steps will not happen')
    expect(words).toContain('Welcome message')
  })

  test('read to whom something is handed over', () => {
    const values = (user: unknown, note?: string) => ({
      person: { value: { type: 'users_select', selected_user: user } },
      note: { value: { type: 'plain_text_input', value: note ?? null } },
    })
    expect(readHandOver(values('U0TIM', ' away '))).toEqual({ ok: true, user: 'U0TIM', note: 'away' })
    expect(readHandOver(values('U0TIM'))).toEqual({ ok: true, user: 'U0TIM', note: null })
    for (const user of [null, 'somebody', 7]) expect(readHandOver(values(user))).toMatchObject({ ok: false })
  })
})

import type { KnownBlock, ModalView } from '@slack/types'
import { describe, expect, it } from 'vitest'
import { submittedValues } from '../../../src/sandbox/page/modal/submitted-values.ts'

const plain = (text: string) => ({ type: 'plain_text' as const, text })
const modal = (blocks: KnownBlock[]): ModalView => ({ type: 'modal', title: plain('Start'), blocks })
const laptop = { text: plain('Laptop'), value: 'laptop' }

const view = modal([
  { type: 'section', text: plain('words only') },
  {
    type: 'input',
    block_id: 'name',
    label: plain('Name'),
    element: { type: 'plain_text_input', action_id: 'name', initial_value: 'Jane Doe' },
  },
  {
    type: 'input',
    block_id: 'kit',
    label: plain('Kit'),
    element: { type: 'checkboxes', action_id: 'kit', initial_options: [laptop], options: [laptop] },
  },
  {
    type: 'actions',
    block_id: 'when',
    elements: [
      { type: 'datepicker', action_id: 'day', initial_date: '2026-08-03' },
      { type: 'timepicker', action_id: 'hour' },
      { type: 'button', action_id: 'now', text: plain('Now') },
    ],
  },
])

describe('the values of a modal', () => {
  it('are the initial ones until somebody types; buttons hold none', () => {
    expect(submittedValues(view, {})).toEqual({
      name: 'Jane Doe',
      kit: ['laptop'],
      when: { day: '2026-08-03', hour: null },
    })
  })

  it('are what was typed, also where that is nothing', () => {
    const typed = { 'name/name': '', 'kit/kit': [], 'when/hour': '09:00', 'when/day': null }
    expect(submittedValues(view, typed)).toEqual({ name: '', kit: [], when: { day: null, hour: '09:00' } })
  })
})

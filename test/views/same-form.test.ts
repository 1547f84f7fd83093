import type { ModalView } from '@slack/types'
import { expect, test } from 'vitest'
import { isSameForm } from '../../views/modals/same-form.ts'

const plain = (text: string) => ({ type: 'plain_text', text }) as const
const field = (id: string, initial: string): ModalView['blocks'][number] => ({
  type: 'input',
  block_id: id,
  label: plain(id),
  element: { type: 'plain_text_input', action_id: 'value', initial_value: initial },
})
const note = (text: string): ModalView['blocks'][number] => ({ type: 'section', text: plain(text) })
const form = (...blocks: ModalView['blocks']): ModalView => ({ type: 'modal', title: plain('A form'), blocks })

test('a form is the same, whatever is filled in and whatever Slack adds by itself', () => {
  const shown = [
    { ...note('A card shows each step.'), block_id: 'Xy1', text: { ...plain('A card shows each step.'), emoji: true } },
    { ...field('name', ''), optional: false, dispatch_action: false },
  ]
  expect(isSameForm(shown, form(note('A card shows each step.'), field('name', 'Jane Doe')))).toBe(true)
})

test('another field, another order or other words make another form', () => {
  const shown = form(note('A card shows each step.'), field('name', ''), field('email', '')).blocks
  expect(isSameForm(shown, form(note('A card shows each step.'), field('name', '')))).toBe(false)
  expect(isSameForm(shown, form(note('A card shows each step.'), field('email', ''), field('name', '')))).toBe(false)
  expect(isSameForm(shown, form(note('Already under way.'), field('name', ''), field('email', '')))).toBe(false)
  expect(isSameForm(undefined, form(field('name', '')))).toBe(false)
})

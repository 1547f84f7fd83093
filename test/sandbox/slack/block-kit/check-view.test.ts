import { describe, expect, it } from 'vitest'
import { checkView } from '../../../../src/sandbox/slack/block-kit/check-view.ts'

const plain = (text: string) => ({ type: 'plain_text', text })
const text = { type: 'input', block_id: 'name', label: plain('Name'), element: { type: 'plain_text_input' } }
const modal = (more: object = {}) => ({ type: 'modal', title: plain('Start'), blocks: [], ...more })
const long = (length: number) => 'x'.repeat(length)

const refused: [name: string, view: unknown, pointer: string][] = [
  ['a view of an unknown type', { type: 'drawer', blocks: [] }, '/type'],
  ['a modal without title', { type: 'modal', blocks: [] }, ''],
  ['a modal without blocks', { type: 'modal', title: plain('Start') }, ''],
  ['a title of 25 characters', modal({ title: plain(long(25)) }), '/title/text'],
  ['a submit button of 25 characters', modal({ submit: plain(long(25)) }), '/submit/text'],
  ['a close button of 25 characters', modal({ close: plain(long(25)) }), '/close/text'],
  ['private_metadata of 3,001 characters', modal({ private_metadata: long(3001) }), '/private_metadata'],
  ['a callback_id of 256 characters', modal({ callback_id: long(256) }), '/callback_id'],
  ['an input without a submit button', modal({ blocks: [text] }), '/submit'],
  ['a bad block', modal({ blocks: [{ type: 'section' }] }), '/blocks/0'],
  ['an unknown property', modal({ colour: 'red' }), ''],
  ['what is no object', null, ''],
]

describe('checkView', () => {
  it.each(refused)('refuses %s', (_name, view, pointer) => {
    expect(checkView(view).map((problem) => problem.pointer)).toContain(pointer)
  })

  it('takes a modal with everything at its limit', () => {
    const view = modal({
      title: plain(long(24)),
      submit: plain(long(24)),
      close: plain(long(24)),
      callback_id: long(255),
      private_metadata: long(3000),
      notify_on_close: true,
      blocks: [text],
    })
    expect(checkView(view)).toEqual([])
  })

  it('takes an App Home with an input and no submit button', () => {
    expect(checkView({ type: 'home', blocks: [text] })).toEqual([])
  })

  it('refuses a view beyond 250 kB', () => {
    const section = { type: 'section', text: { type: 'mrkdwn', text: long(3000) } }
    expect(checkView(modal({ blocks: Array.from({ length: 80 }, () => section) }))).toEqual([])
    const tooLarge = modal({ blocks: Array.from({ length: 90 }, () => section) })
    expect(checkView(tooLarge)).toMatchObject([{ code: 'view_too_large' }])
  })
})

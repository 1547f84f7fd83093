import { describe, expect, test } from 'vitest'
import { againstSchema } from './drawn.ts'

const text = { type: 'plain_text', text: 'Retry' }
const button = { type: 'button', action_id: 'retry', text }
const modal = { type: 'modal', title: text, blocks: [{ type: 'actions', elements: [button] }] }

describe('the schemas made of the types that Slack publishes', () => {
  test('take what is right', () => {
    expect(againstSchema('Message', [{ type: 'actions', elements: [button] }, { type: 'divider' }])).toEqual([])
    expect(againstSchema('View', modal)).toEqual([])
    expect(againstSchema('View', { type: 'home', blocks: [] })).toEqual([])
  })

  test.each([
    ['a block of a type that Slack does not know', [{ type: 'carpet' }]],
    ['a style that buttons do not have', [{ type: 'actions', elements: [{ ...button, style: 'warning' }] }]],
    ['a property that a block does not have', [{ type: 'divider', colour: 'red' }]],
    ['a text where an object is wanted', [{ type: 'header', text: 'Failed' }]],
    ['an input among buttons', [{ type: 'actions', elements: [{ type: 'plain_text_input', action_id: 'reason' }] }]],
    ['an emoji without its name', [rich({ type: 'emoji' })]],
  ])('refuse %s', (_, blocks) => {
    expect(againstSchema('Message', blocks)).not.toEqual([])
  })

  test.each([
    ['a modal without a title', { ...modal, title: undefined }],
    ['a title in markup', { ...modal, title: { type: 'mrkdwn', text: 'Start' } }],
    ['a Home with a button to submit it', { type: 'home', blocks: [], submit: text }],
    ['a block of no type', { ...modal, blocks: [{}] }],
  ])('refuse %s', (_, view) => {
    expect(againstSchema('View', view)).not.toEqual([])
  })
})

function rich(element: object): object {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [element] }] }
}

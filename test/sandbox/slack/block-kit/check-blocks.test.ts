import { describe, expect, it } from 'vitest'
import { checkBlocks } from '../../../../src/sandbox/slack/block-kit/check-blocks.ts'

const plain = (text: string) => ({ type: 'plain_text', text })
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text })
const section = (text = 'Hello') => ({ type: 'section', text: mrkdwn(text) })
const button = (more: object = {}) => ({ type: 'button', action_id: 'go', text: plain('Go'), ...more })
const actions = (...elements: object[]) => ({ type: 'actions', elements })
const input = (element: object) => ({ type: 'input', label: plain('Name'), element })
const accessory = (element: object) => ({ ...section(), accessory: element })
const options = (count: number) => Array.from({ length: count }, (_, i) => ({ text: plain(`${i}`), value: `${i}` }))
const select = (more: object) => ({ type: 'static_select', action_id: 'pick', ...more })
const long = (length: number) => 'x'.repeat(length)

/** What Slack refuses, and where. */
const refused: [name: string, block: unknown, pointer: string][] = [
  ['a block of an unknown type', { type: 'banner' }, '/0/type'],
  ['a block without a type', { text: plain('x') }, '/0'],
  ['a block that is no object', 'section', '/0'],
  ['an unknown property', { type: 'divider', colour: 'red' }, '/0'],
  ['a section without text and fields', { type: 'section' }, '/0'],
  ['a section with empty text', section(''), '/0/text/text'],
  ['a section of 3,001 characters', section(long(3001)), '/0/text/text'],
  ['a section whose text is a string', { type: 'section', text: 'Hello' }, '/0/text'],
  ['11 fields', { type: 'section', fields: Array.from({ length: 11 }, () => mrkdwn('x')) }, '/0/fields'],
  ['a field of 2,001 characters', { type: 'section', fields: [mrkdwn(long(2001))] }, '/0/fields/0/text'],
  ['a header of 151 characters', { type: 'header', text: plain(long(151)) }, '/0/text/text'],
  ['a header in mrkdwn', { type: 'header', text: mrkdwn('x') }, '/0/text/type'],
  ['11 context elements', { type: 'context', elements: Array.from({ length: 11 }, () => mrkdwn('x')) }, '/0/elements'],
  ['a context without elements', { type: 'context', elements: [] }, '/0/elements'],
  ['a button in a context', { type: 'context', elements: [button()] }, '/0/elements/0/type'],
  ['26 actions', actions(...Array.from({ length: 26 }, (_, i) => button({ action_id: `${i}` }))), '/0/elements'],
  ['actions without elements', actions(), '/0/elements'],
  ['an input among actions', actions({ type: 'plain_text_input', action_id: 'a' }), '/0/elements/0/type'],
  ['a button without text', actions({ type: 'button', action_id: 'go' }), '/0/elements/0'],
  ['a button of 76 characters', actions(button({ text: plain(long(76)) })), '/0/elements/0/text/text'],
  ['a button with mrkdwn', actions(button({ text: mrkdwn('x') })), '/0/elements/0/text/type'],
  ['a button value of 2,001 characters', actions(button({ value: long(2001) })), '/0/elements/0/value'],
  ['a button of an unknown style', actions(button({ style: 'warning' })), '/0/elements/0/style'],
  ['an action_id of 256 characters', actions(button({ action_id: long(256) })), '/0/elements/0/action_id'],
  ['an action_id twice in a block', actions(button(), button()), '/0/elements/1/action_id'],
  ['a block_id of 256 characters', { type: 'divider', block_id: long(256) }, '/0/block_id'],
  ['an overflow of 6', accessory({ type: 'overflow', options: options(6) }), '/0/accessory/options'],
  ['an overflow of none', accessory({ type: 'overflow', options: [] }), '/0/accessory/options'],
  ['a select of 101 options', accessory(select({ options: options(101) })), '/0/accessory/options'],
  ['a select without options', accessory(select({})), '/0/accessory'],
  [
    'an option of 76 characters',
    accessory(select({ options: [{ text: plain(long(76)), value: 'a' }] })),
    '/0/accessory/options/0/text/text',
  ],
  [
    'an option value of 76 characters',
    accessory(select({ options: [{ text: plain('a'), value: long(76) }] })),
    '/0/accessory/options/0/value',
  ],
  [
    'an initial option that is not offered',
    accessory(select({ options: options(2), initial_option: { text: plain('9'), value: '9' } })),
    '/0/accessory',
  ],
  ['11 radio buttons', accessory({ type: 'radio_buttons', options: options(11) }), '/0/accessory/options'],
  ['11 checkboxes', accessory({ type: 'checkboxes', options: options(11) }), '/0/accessory/options'],
  [
    'a placeholder of 151 characters',
    accessory(select({ options: options(1), placeholder: plain(long(151)) })),
    '/0/accessory/placeholder/text',
  ],
  [
    'a date in another form',
    accessory({ type: 'datepicker', initial_date: '21.11.2026' }),
    '/0/accessory/initial_date',
  ],
  [
    'a confirm title of 101 characters',
    actions(button({ confirm: { title: plain(long(101)), text: plain('Sure?') } })),
    '/0/elements/0/confirm/title/text',
  ],
  [
    'a confirm text of 301 characters',
    actions(button({ confirm: { text: plain(long(301)) } })),
    '/0/elements/0/confirm/text/text',
  ],
  [
    'a confirm button of 31 characters',
    actions(button({ confirm: { text: plain('Sure?'), deny: plain(long(31)) } })),
    '/0/elements/0/confirm/deny/text',
  ],
  ['an input without label', { type: 'input', element: { type: 'plain_text_input' } }, '/0'],
  ['an input with a button', input(button()), '/0/element/type'],
  [
    'an input label of 2,001 characters',
    { ...input({ type: 'plain_text_input' }), label: plain(long(2001)) },
    '/0/label/text',
  ],
  ['a text input of more than 3,000', input({ type: 'plain_text_input', max_length: 3001 }), '/0/element/max_length'],
  ['a number input that does not say if decimal', input({ type: 'number_input' }), '/0/element'],
  ['an image without a source', { type: 'image', alt_text: 'A chart' }, '/0'],
  ['an image without alt text', { type: 'image', image_url: 'https://acme.example/a.png' }, '/0'],
  [
    'an unknown element in rich text',
    { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'shout', text: 'x' }] }] },
    '/0/elements/0/elements/0/type',
  ],
  ['a file block', { type: 'file', source: 'remote', external_id: 'a' }, '/0/type'],
  [
    'a table of 101 rows',
    { type: 'table', rows: Array.from({ length: 101 }, () => [{ type: 'raw_text', text: 'x' }]) },
    '/0/rows',
  ],
]

describe('checkBlocks', () => {
  it.each(refused)('refuses %s', (_name, block, pointer) => {
    expect(checkBlocks([block], 'message').map((problem) => problem.pointer)).toContain(pointer)
  })

  it('takes a card as Purser draws it', () => {
    const card = [
      { type: 'header', text: plain('Onboarding Jane Doe') },
      { ...section(), fields: [mrkdwn('*Owner*\nOlga')], accessory: { type: 'overflow', options: options(5) } },
      { type: 'divider' },
      { type: 'context', elements: [mrkdwn('Run 1'), plain('since 09:00')] },
      actions(button({ style: 'primary', value: long(2000) }), select({ options: options(100) })),
      { type: 'rich_text', elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: '503' }] }] },
      { type: 'table', rows: [[{ type: 'raw_text', text: 'GitHub' }]] },
    ]
    expect(checkBlocks(card, 'message')).toEqual([])
  })

  it('takes texts that are just as long as they may be', () => {
    expect(checkBlocks([section(long(3000)), { type: 'header', text: plain(long(150)) }], 'message')).toEqual([])
  })

  it('takes 50 blocks in a message and 100 in a view', () => {
    const dividers = (count: number) => Array.from({ length: count }, () => ({ type: 'divider' }))
    expect(checkBlocks(dividers(50), 'message')).toEqual([])
    expect(checkBlocks(dividers(51), 'message')).toMatchObject([
      { pointer: '', message: expect.stringContaining('50') },
    ])
    expect(checkBlocks(dividers(100), 'modal')).toEqual([])
    expect(checkBlocks(dividers(101), 'home')).toMatchObject([{ pointer: '' }])
  })

  it('refuses a block_id that stands twice, and takes an action_id again in another block', () => {
    const twice = [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ]
    expect(checkBlocks(twice, 'message')).toMatchObject([{ pointer: '/1/block_id' }])
    expect(checkBlocks([actions(button()), actions(button())], 'message')).toEqual([])
  })

  it('refuses a message whose blocks hold more than 13,200 characters together', () => {
    const within = Array.from({ length: 4 }, () => section(long(3000)))
    expect(checkBlocks([...within, section(long(1200))], 'message')).toEqual([])
    expect(checkBlocks([...within, section(long(1201))], 'message')).toMatchObject([{ code: 'msg_blocks_too_long' }])
    expect(checkBlocks([...within, section(long(1201))], 'modal')).toEqual([])
  })

  it('refuses in views what only messages can show', () => {
    expect(checkBlocks([{ type: 'markdown', text: 'Hi' }], 'message')).toEqual([])
    expect(checkBlocks([{ type: 'markdown', text: 'Hi' }], 'modal')).toMatchObject([{ pointer: '/0/type' }])
  })

  it('refuses a second table and a file input in a message', () => {
    const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] }
    expect(checkBlocks([table, table], 'message')).toMatchObject([{ code: 'only_one_table_allowed', pointer: '/1' }])
    expect(checkBlocks([input({ type: 'file_input' })], 'message')).toMatchObject([{ pointer: '/0/element/type' }])
    expect(checkBlocks([input({ type: 'file_input' })], 'modal')).toEqual([])
  })

  it('lets one element of a view have the focus', () => {
    const focused = input({ type: 'plain_text_input', focus_on_load: true })
    expect(checkBlocks([focused], 'modal')).toEqual([])
    expect(checkBlocks([focused, focused], 'modal')).toMatchObject([{ pointer: '/1/element/focus_on_load' }])
  })

  it('does not take a property of every object for a known one', () => {
    expect(checkBlocks([{ type: 'divider', constructor: 1 }], 'message')).toHaveLength(1)
    expect(checkBlocks([{ type: 'toString' }], 'message')).toMatchObject([{ pointer: '/0/type' }])
  })
})

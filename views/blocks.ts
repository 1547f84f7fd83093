import type {
  ActionsBlock,
  ActionsBlockElement,
  Button,
  ContextBlock,
  HeaderBlock,
  MrkdwnElement,
  PlainTextElement,
  SectionBlock,
} from '@slack/types'
import { cut, limits } from './limits.ts'
import { escaped, tame, tameLine } from './outside-text.ts'

/** Plain text, in which nothing is read as a mention, a link or an emoji's name. */
export const plain = (text: string, max: number): PlainTextElement => ({
  type: 'plain_text',
  text: tame(text, max),
  emoji: false,
})

/** Slack's markup, for words of ours; anything from outside must be escaped. */
export const markup = (text: string, max: number = limits.sectionText): MrkdwnElement => ({
  type: 'mrkdwn',
  text: cut(text, max),
  verbatim: true,
})

export const header = (text: string): HeaderBlock => ({
  type: 'header',
  text: plain(tameLine(text, limits.header), limits.header),
})

export const section = (text: string, accessory?: Button): SectionBlock => ({
  type: 'section',
  text: plain(text, limits.sectionText),
  ...(accessory ? { accessory } : {}),
})

/** What stands above its own lines in a list, in bold, with a button beside it. */
export const titled = (title: string, accessory: Button): SectionBlock => ({
  type: 'section',
  text: markup(`*${escaped(tameLine(title, 200)).replace(MARKS, '')}*`),
  accessory,
})

/** Would end the bold, or begin something else in it. */
const MARKS = /[*_~`]/g

/** Small print: plain texts as strings, markup as it is. */
export const context = (...elements: (string | MrkdwnElement)[]): ContextBlock => ({
  type: 'context',
  elements: elements
    .slice(0, limits.contextElements)
    .map((each) => (typeof each === 'string' ? plain(each, 300) : each)),
})

export interface ButtonParts {
  text: string
  action: string
  value: string
  style?: 'primary' | 'danger'
  /** What it does, for screen readers, where the text alone is not clear. */
  label?: string
}

export const button = ({ text, action, value, style, label }: ButtonParts): Button => ({
  type: 'button',
  text: plain(text, limits.buttonText),
  action_id: action,
  value,
  ...(style ? { style } : {}),
  ...(label ? { accessibility_label: tameLine(label, limits.buttonText) } : {}),
})

export const actions = (elements: ActionsBlockElement[], blockId?: string | null): ActionsBlock => ({
  type: 'actions',
  ...(blockId ? { block_id: blockId } : {}),
  elements,
})

import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import { expect } from 'vitest'
import { checkBlocks } from '../../src/sandbox/slack/block-kit/check-blocks.ts'
import { checkView } from '../../src/sandbox/slack/block-kit/check-view.ts'
import type { Drawing } from '../../views/drawing.ts'

const INLINE = new Set(['rich_text_section', 'rich_text_preformatted', 'rich_text_quote'])

/** All words of blocks, as a reader sees them, in their order. */
export function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).filter(Boolean).join(' ')
  if (typeof value !== 'object' || value === null) return ''
  const node = value as Record<string, unknown>
  if (node.type === 'date') return String(node.fallback)
  if (INLINE.has(String(node.type)) && Array.isArray(node.elements)) return node.elements.map(wordsOf).join('')
  return Object.entries(node)
    .map(([name, each]) => (typeof each !== 'string' ? wordsOf(each) : name === 'text' ? each : ''))
    .filter(Boolean)
    .join(' ')
}

/** What is set off from the words beside it, in a fixed width. */
export function setOff(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(setOff)
  if (typeof value !== 'object' || value === null) return []
  const node = value as { type?: unknown; text?: unknown; style?: { code?: boolean } }
  if (node.type === 'text' && node.style?.code) return [String(node.text)]
  return Object.values(node).flatMap(setOff)
}

/** The texts of everything that can be pressed. */
export function pressable(blocks: unknown): string[] {
  const found: string[] = []
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const each of value) walk(each)
      return
    }
    if (typeof value !== 'object' || value === null) return
    const node = value as Record<string, unknown>
    if (node.type === 'button') found.push(wordsOf(node.text))
    if (node.type === 'overflow' && Array.isArray(node.options)) {
      found.push(...node.options.map((option: { text: unknown }) => `⋯ ${wordsOf(option.text)}`))
    }
    Object.values(node).forEach(walk)
  }
  walk(blocks)
  return found
}

const ajv = new Ajv()
ajv.addSchema(JSON.parse(readFileSync(new URL('slack-schema.json', import.meta.url), 'utf8')), 'slack')

/** What the types that Slack publishes have against it: as `npm run schemas` wrote them down. */
export function againstSchema(kind: 'Message' | 'View', value: unknown): string[] {
  const fits = ajv.getSchema(`slack#/definitions/${kind}`) as ValidateFunction
  return fits(sent(value)) ? [] : (fits.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

/** As it goes over the wire: without what is undefined. */
const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** Fails when Slack would refuse the message. */
export function expectMessage({ text, blocks }: Drawing): void {
  expect(checkBlocks(blocks, 'message')).toEqual([])
  expect(againstSchema('Message', blocks)).toEqual([])
  expect(text.length).toBeGreaterThan(0)
  expect(text.length).toBeLessThanOrEqual(4_000)
}

/** Fails when Slack would refuse the modal or the home. */
export function expectView(view: unknown): void {
  expect(checkView(view)).toEqual([])
  expect(againstSchema('View', view)).toEqual([])
}

/** Everything in which Slack reads markup: `text`, and the `mrkdwn` objects of the blocks. */
export function markupIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(markupIn)
  if (typeof value !== 'object' || value === null) return []
  const node = value as Record<string, unknown>
  if (node.type === 'mrkdwn') return [String(node.text)]
  return Object.values(node).flatMap(markupIn)
}

/** The types of all rich-text elements, which is where mentions and links would stand. */
export function elementTypes(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(elementTypes)
  if (typeof value !== 'object' || value === null) return []
  const node = value as Record<string, unknown>
  return [...(typeof node.type === 'string' ? [node.type] : []), ...Object.values(node).flatMap(elementTypes)]
}

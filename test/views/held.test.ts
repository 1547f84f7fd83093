import { describe, expect, test } from 'vitest'
import type { Hold } from '../../src/domain/hold.ts'
import { HoldId } from '../../src/domain/ids.ts'
import type { Run, Step } from '../../src/domain/run.ts'
import { failureCard } from '../../views/cards/failure-card.ts'
import { runCard } from '../../views/cards/run-card.ts'
import type { DrawContext } from '../../views/drawing.ts'
import { expectMessage, pressable, wordsOf } from './drawn.ts'
import { base, ctx, entryId, failing, minutes, olga, outline, policy, sampleRun } from './sample-run.ts'

const id = HoldId.parse(entryId(900))
const pause = {
  ...{ id, kind: 'pause', status: 'open', scope: { of: 'service', service: 'github' } },
  ...{ by: olga, reason: 'they move the org', until: null, since: minutes(2) },
} as unknown as Hold
const incident = { ...pause, kind: 'incident', cause: 'failing' } as unknown as Hold

const step = (why: string, parts: Partial<Step> = {}) =>
  ({
    ...{ ...base('github-org'), status: 'held', hold: id, why, since: minutes(2), failing: null },
    ...parts,
  }) as unknown as Step
const paused = { by: olga, at: minutes(3), reason: 'she starts later', until: minutes(90), entry: entryId(7) }

const within = (hold: Hold): DrawContext => ({ ...ctx, hold: () => hold, mayResume: () => 'Ops' })
const told = (run: Run, hold: Hold = pause): string => {
  const card = runCard(run, outline, within(hold))
  expectMessage(card)
  return wordsOf(card.blocks)
}

describe('the card of a run that stands still', () => {
  test('says once who paused what, until when, why, who may end it and what waits', () => {
    const words = told(sampleRun([step('pause')], { status: 'paused' }))
    expect(words).toContain(
      '⏸️ Paused by Olga Ops (calls to GitHub), until it is resumed (Ops may): they move the org. ' +
        'On hold: GitHub membership. 2 of 5 steps finished.',
    )
    expect(words).toContain('⏸️ GitHub membership · held\n')
    expect(words.split('calls to GitHub')).toHaveLength(2)
    expect(words.split('they move the org')).toHaveLength(2)
  })

  test('says that the brake holds it until somebody has looked', () => {
    const words = told(sampleRun([step('brake')], { status: 'held' }), { ...pause, kind: 'brake' } as Hold)
    expect(words).toContain('Held until somebody has looked (Ops may): more were started than is usual.')
    expect(words).not.toContain('On hold')
  })

  test('says who paused this very run, and offers to resume it in place of a pause', () => {
    const run = sampleRun([step('pause', { hold: null })], { status: 'paused', paused })
    expect(told(run)).toMatch(
      /Paused by Olga Ops at 10:03 UTC, until .*11:30.*\(Ops may resume it\): she starts later\./,
    )
    const buttons = pressable(runCard(run, outline, ctx).blocks)
    expect(buttons).toContain('Resume run')
    expect(buttons).not.toContain('Pause…')
    expect(pressable(runCard(sampleRun([]), outline, ctx).blocks)).toContain('Pause…')
  })

  test('says that it is paused also when a step of it needs somebody', () => {
    const failed: Step = { ...base('github-org'), status: 'failed', at: minutes(4), failing }
    const words = told(sampleRun([failed], { status: 'blocked', paused }))
    expect(words).toMatch(/Needs somebody: .*failed\. ⏸️ Paused by Olga Ops/)
  })

  test('gives each step its own reason where several hold it', () => {
    const payroll = step('incident', { ...base('payroll'), hold: HoldId.parse(entryId(901)) } as Partial<Step>)
    const run = sampleRun([step('pause'), payroll], { status: 'held' })
    const words = wordsOf(runCard(run, outline, { ...ctx, hold: (asked) => (asked === id ? pause : incident) }).blocks)
    expect(words).toContain('⏸️ GitHub membership · held\n')
    expect(words).toContain('⏸️ Payroll record · held since 10:02 UTC: GitHub is not working')
  })
})

describe('the failure card of a step that is held', () => {
  const cardOf = (held: Step, hold: Hold, parts: Partial<Run> = {}) => {
    const run = sampleRun([held], { status: 'held', ...parts })
    const card = failureCard({ run, step: held, outline, policy }, within(hold))
    expectMessage(card)
    return { words: wordsOf(card.blocks), buttons: pressable(card.blocks) }
  }

  test('promises no retry and offers what lets it go on', () => {
    const { words, buttons } = cardOf(step('pause', { failing, resumeAt: minutes(91) } as Partial<Step>), pause)
    expect(words).toMatch(/Paused by Olga Ops .*they move the org\. Once nothing holds it any more, it is tried again/)
    expect(words).toContain('not before 11:31 UTC')
    expect(words).not.toContain('Retry is safe')
    expect(words).not.toContain('Retrying')
    expect(buttons.slice(0, 3)).toEqual(['Resume calls to GitHub', 'Skip…', 'Escalate…'])
  })

  test('stands first on the run’s own card as the way on', () => {
    const run = sampleRun([step('pause', { hold: null })], { status: 'paused', paused })
    expect(pressable(runCard(run, outline, within(pause)).blocks)[0]).toBe('Resume run')
  })

  test('has the run resumed where that is what is paused, and not twice', () => {
    const { buttons } = cardOf(step('pause', { failing, hold: null } as Partial<Step>), pause, { paused })
    expect(buttons.filter((button) => button.includes('Resume'))).toEqual(['Resume run'])
    expect(buttons).not.toContain('⋯ Pause run…')
  })

  test('has the service looked at where an incident holds it', () => {
    expect(cardOf(step('incident', { failing }), incident).buttons[0]).toBe('Probe now')
    const going = { ...incident, status: 'releasing' } as Hold
    expect(cardOf(step('incident', { failing }), going).buttons[0]).toBe('Skip…')
  })
})

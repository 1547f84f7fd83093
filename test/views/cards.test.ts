import { describe, expect, test } from 'vitest'
import type { Step } from '../../src/domain/run.ts'
import { failureCard } from '../../views/cards/failure-card.ts'
import { note } from '../../views/cards/note.ts'
import { runCard } from '../../views/cards/run-card.ts'
import { decodeStepMenu, decodeStepRef } from '../../views/references.ts'
import { expectMessage, pressable, wordsOf } from './drawn.ts'
import { base, ctx, done, failing, key, minutes, outline, policy, runId, sampleRun, tim } from './sample-run.ts'
import { runStates, runWith, stepStates } from './sample-states.ts'

const runOf = (name: string) => runStates[name] ?? sampleRun([])
const stepOf = (name: string): Step => stepStates[name] ?? done('github-org')
const cardOf = (name: string) => {
  const step = stepOf(name)
  return failureCard({ run: runWith(step), step, outline, policy }, ctx)
}

describe('the run card', () => {
  test.each(Object.keys(runStates))('is a message that Slack takes: %s', (name) => {
    expectMessage(runCard(runOf(name), outline, ctx))
  })

  test.each([
    [
      'begun',
      [
        'Under way',
        '2 of 5 steps finished',
        'done in 1.2 s',
        'waits for GitHub membership',
        'Started by Olga Ops',
        '3f9a2b1c',
      ],
    ],
    ['retrying', ['Retrying by itself: GitHub membership', 'retrying at 10:05 UTC', '503']],
    ['failed', ['Needs somebody: GitHub membership failed', 'failed, needs somebody']],
    ['unknown', ['the outcome of GitHub membership is unknown', 'outcome unknown, needs somebody']],
    ['marked', ['marked done by Tim Teammate']],
    ['succeeded', ['Done in 3 min 20 s', 'All 5 steps finished']],
    ['owed', ['with 1 thing still owed', 'skipped by Tim Teammate', 'Tim Teammate owes it by', 'Not before Monday.']],
    ['cancelled', ['Cancelled by Tim Teammate at 10:12 UTC: Jane has withdrawn.']],
  ])('says how it stands when %s', (name, words) => {
    const { text, blocks } = runCard(runOf(name), outline, ctx)
    for (const word of words) expect(wordsOf(blocks)).toContain(word)
    expect(text).toContain('Jane Doe')
  })

  test('offers to cancel only while it runs', () => {
    expect(pressable(runCard(runOf('begun'), outline, ctx).blocks)).toEqual(['Calls', 'Pause…', 'Restart…', 'Cancel…'])
    expect(pressable(runCard(runOf('cancelled'), outline, ctx).blocks)).toEqual(['Calls'])
  })

  test('keeps the graph’s order whatever the order of the steps', () => {
    const run = runOf('begun')
    const turned = { ...run, steps: [...run.steps].reverse() }
    expect(runCard(turned, outline, ctx)).toEqual(runCard(run, outline, ctx))
  })

  test('shows what needs somebody even among 200 items', () => {
    const items = Array.from(
      { length: 200 },
      (_, at): Step => ({ ...done('google-account'), key: key(`google-account:item-${at}`) }),
    )
    const bad: Step = { ...base('google-account:item-bad'), status: 'failed', at: minutes(4), failing }
    const card = runCard(sampleRun([...items, bad], { status: 'blocked' }), outline, ctx)
    expectMessage(card)
    expect(wordsOf(card.blocks)).toContain('Google account (item-bad)')
    expect(wordsOf(card.blocks)).toMatch(/… and \d+ more steps: \d+ finished/)
  })
})

describe('the failure card', () => {
  test.each(Object.keys(stepStates))('is a message that Slack takes: %s', (name) => {
    expectMessage(cardOf(name))
  })

  const cases: [string, string[]][] = [
    [
      'retrying',
      ['Retrying: GitHub membership', 'Retrying 3 of 6, next at 10:05 UTC', 'Purser, as long as it retries by itself'],
    ],
    ['trying', ['Retrying: GitHub membership', 'Trying again right now', 'since 10:01 UTC']],
    [
      'failed',
      [
        'Failed: GitHub membership',
        'What happened',
        'Why',
        'What is safe now',
        'What we already did',
        'Who owns it',
        'GitHub answered 503',
        'What to do: Look at githubstatus.com.',
        'Retry is safe',
        'find the account · done, stays done',
        'was there already, stays',
        'HTTP 503',
      ],
    ],
    ['refused', ['GitHub refused the token.', 'refuse the same request again', 'Make a new token']],
    [
      'unknown',
      [
        'Outcome unknown',
        'may or may not have been carried out',
        'GitHub may have done it already',
        'Looking again is safe',
      ],
    ],
    ['resumed', ['Being retried', 'Retry by Tim Teammate at 10:12 UTC', 'GitHub answered 503.']],
    ['recovered', ['Solved', 'recovered by itself at 10:13 UTC, after 4 attempts']],
    ['retried', ['Solved', 'Done at 10:13 UTC, after Tim Teammate retried it at 10:12 UTC']],
    ['marked', ['Marked done by Tim Teammate at 10:13 UTC: The invitation is there.']],
    ['skipped', ['Skipped by Tim Teammate at 10:12 UTC: Not before Monday.']],
    ['cancelled', ['The run was cancelled']],
    ['notNeeded', ['No longer needed', 'it needs Google account, which did not happen']],
    ['ruledOut', ['its rule said no']],
    ['opening', ['A ticket is being opened', 'A ticket on its way, asked for by Tim Teammate']],
    ['escalated', ['Ticket OPS-12', 'We need an owner.', 'asked for by Tim Teammate']],
    ['ticketFailed', ['could not be opened', 'Jira is down.']],
  ]
  test.each(cases)('says what matters when %s', (name, words) => {
    const said = wordsOf(cardOf(name).blocks)
    for (const word of words) expect(said).toContain(word)
  })

  test('knows every state that there is a sample of', () => {
    expect(cases.map(([name]) => name).sort()).toEqual(Object.keys(stepStates).sort())
  })

  test.each([
    [
      'retrying',
      [
        'Retry now',
        'Take over',
        'Skip…',
        'Escalate…',
        '⋯ Edit and retry…',
        '⋯ Mark done…',
        '⋯ Calls',
        '⋯ Pause run…',
        '⋯ Cancel run…',
      ],
    ],
    ['trying', ['Skip…', 'Escalate…', '⋯ Calls', '⋯ Pause run…', '⋯ Cancel run…']],
    [
      'failed',
      ['Retry', 'Skip…', 'Escalate…', '⋯ Edit and retry…', '⋯ Mark done…', '⋯ Calls', '⋯ Pause run…', '⋯ Cancel run…'],
    ],
    [
      'unknown',
      [
        'Look again',
        'Mark done…',
        'It is not there: retry',
        'Skip…',
        'Escalate…',
        '⋯ Calls',
        '⋯ Pause run…',
        '⋯ Cancel run…',
      ],
    ],
    ['escalated', ['Retry', 'Skip…', '⋯ Edit and retry…', '⋯ Mark done…', '⋯ Calls', '⋯ Pause run…', '⋯ Cancel run…']],
    [
      'ticketFailed',
      ['Retry', 'Skip…', 'Escalate…', '⋯ Edit and retry…', '⋯ Mark done…', '⋯ Calls', '⋯ Pause run…', '⋯ Cancel run…'],
    ],
    ...['recovered', 'retried', 'marked', 'skipped', 'cancelled', 'notNeeded', 'ruledOut'].map(
      (name): [string, string[]] => [name, []],
    ),
  ])('offers just what can be done when %s', (name, buttons) => {
    expect(pressable(cardOf(name).blocks)).toEqual(buttons)
  })

  test('gives each button the step’s version, and the menu the same through its block', () => {
    const actions = cardOf('failed').blocks.find((block) => block.type === 'actions')
    if (actions?.type !== 'actions') throw new Error('no buttons')
    const [retry] = actions.elements
    const ref = { run: runId, step: 'github-org', version: 3 }
    expect(decodeStepRef(retry?.type === 'button' ? retry.value : null)).toEqual(ref)
    const press = { block_id: actions.block_id, selected_option: { value: 'mark-done' } }
    expect(decodeStepMenu(press)).toEqual({ choice: 'mark-done', ref })
  })

  test('turns the menu into buttons when the step’s key is too long for a block id', () => {
    const long = { ...stepOf('failed'), key: key(`${'a'.repeat(40)}:${'x'.repeat(200)}`) }
    const card = failureCard({ run: runWith(long), step: long, outline, policy }, ctx)
    expectMessage(card)
    expect(pressable(card.blocks)).toEqual([
      'Retry',
      'Skip…',
      'Escalate…',
      'Edit and retry…',
      'Mark done…',
      'Calls',
      'Pause run…',
      'Cancel run…',
    ])
  })

  test('tells every decision with its name, also after the next failure', () => {
    const step: Step = { ...stepOf('failed'), decisions: stepOf('resumed').decisions }
    const said = wordsOf(failureCard({ run: runWith(step), step, outline, policy }, ctx).blocks)
    expect(said).toContain('Retry by Tim Teammate at 10:12 UTC')
    expect(said).toContain('Tim Teammate, who decided last')
  })

  test('says the same in its text as on its blocks', () => {
    const { text } = cardOf('failed')
    for (const word of [
      'Failed: GitHub membership',
      'Jane Doe',
      'GitHub answered 503',
      'Retry is safe',
      'Nobody yet',
    ]) {
      expect(text).toContain(word)
    }
  })
})

describe('a note in the thread', () => {
  const run = runOf('succeeded')
  test.each([
    ['started', 'Started by Tim Teammate'],
    ['step-failing', 'is failing, Purser keeps trying: because'],
    ['step-failed', 'failed and needs somebody: because'],
    ['step-unknown', 'outcome unknown, needs somebody'],
    ['step-recovered', 'GitHub membership recovered'],
    ['retry', 'Tim Teammate retried GitHub membership'],
    ['skip', 'Tim Teammate skipped GitHub membership: because'],
    ['mark-done', 'Tim Teammate marked GitHub membership done'],
    ['escalate', 'Tim Teammate escalated GitHub membership'],
    ['ticket-opened', 'Ticket opened for GitHub membership'],
    ['cancel', 'Tim Teammate cancelled the run: because'],
    ['ended', 'Finished after 12 min'],
  ] as const)('tells of %s in a line', (kind, words) => {
    const drawing = note(
      { at: minutes(12), kind, step: key('github-org'), by: tim, text: 'because' },
      { run, outline },
      ctx,
    )
    expectMessage(drawing)
    expect(drawing.blocks).toHaveLength(1)
    expect(wordsOf(drawing.blocks)).toContain(words)
  })
})

import { describe, expect, test } from 'vitest'
import { RunId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import type { Run, Step } from '../../src/domain/run.ts'
import { statusAnswer } from '../../views/answers/status-answer.ts'
import { failureCard } from '../../views/cards/failure-card.ts'
import { note } from '../../views/cards/note.ts'
import { runCard } from '../../views/cards/run-card.ts'
import { limits } from '../../views/limits.ts'
import { decodeRunRef } from '../../views/references.ts'
import { base, call, ctx, done, failing, key, minutes, olga, outline, policy, sampleRun } from './sample-run.ts'

const CHILD = RunId.parse('0199f000-0000-7000-8000-00000000c41d')
const withList: WorkflowOutline = {
  ...outline,
  steps: [
    ...outline.steps.map((step) => (step.key === 'welcome' ? step : { ...step, undo: `Take back ${step.title}` })),
    { key: key('contact'), title: 'Mailing list', needs: [], after: [], optional: [], services: ['google'] },
    { key: key('contract'), title: 'Contract', needs: [], after: [], optional: [], services: [] },
  ],
}

const item = (place: number, parts: object): Step =>
  ({
    ...base(`contact:${place}`),
    item: { key: `p${place}@client.example`, label: `Person ${place}`, value: null },
    ...parts,
  }) as Step

/** 120 contacts: the first so many done, two failed, the rest to come. */
function listRun(finished: number): Run {
  const items = Array.from({ length: 120 }, (_, at) => {
    if (at < finished)
      return item(at + 1, {
        ...done(`contact:${at + 1}`),
        key: key(`contact:${at + 1}`),
        item: { key: 'x', label: `Person ${at + 1}`, value: null },
      })
    if (at < finished + 2) return item(at + 1, { status: 'failed', at: minutes(2), failing, alerted: true })
    return item(at + 1, { status: 'pending', attempts: 0 })
  })
  const list: Step = {
    ...base('contact'),
    status: 'waiting',
    startedAt: minutes(0),
    wait: { kind: 'items', since: minutes(0) },
  }
  return sampleRun([list, ...items], { status: 'blocked' })
}

describe('a list on the run card', () => {
  test('is one line that counts, and one for each item that needs somebody, by its name', () => {
    const { blocks, text } = runCard(listRun(37), withList, ctx)
    const said = JSON.stringify(blocks)
    expect(said).toContain('37 of 120 done, 2 need somebody')
    expect(said).toContain('Mailing list (Person 38)')
    expect(said).not.toContain('Person 37')
    expect(said).not.toContain('Person 40')
    expect(said).not.toContain('@client.example')
    expect(text).toContain('37 of 120 done')
    expect(blocks.length).toBeLessThan(limits.messageBlocks)
  })

  test('has failure cards that name the item', () => {
    const run = listRun(37)
    const step = run.steps.find((each) => each.key === 'contact:38')
    if (!step) throw new Error('no such item')
    expect(failureCard({ run, step, outline: withList, policy }, ctx).text).toContain('Mailing list (Person 38)')
  })
})

describe('a run and the one that it began', () => {
  const waiting: Step = {
    ...base('contract'),
    status: 'waiting',
    startedAt: minutes(1),
    wait: { kind: 'run', since: minutes(1), run: CHILD, workflow: 'client-contract', title: 'Client contract' },
  }
  const shows = (blocks: unknown) =>
    [...JSON.stringify(blocks).matchAll(/"action_id":"(run\.show[^"]*)".*?"value":"(.*?[^\\])"/g)].map((found) => ({
      id: found[1],
      run: decodeRunRef(JSON.parse(`"${found[2]}"`)),
    }))

  test('lead to each other', () => {
    const parent = runCard(sampleRun([waiting], { status: 'waiting' }), withList, ctx)
    expect(parent.text).toContain('waits for Client contract (run 0000c41d)')
    expect(shows(parent.blocks)).toEqual([{ id: 'run.show.1', run: CHILD }])
    const part = { run: CHILD, step: key('contract'), workflow: 'client-onboarding', title: 'Client onboarding' }
    const child = runCard(sampleRun([], { parent: part }), withList, ctx)
    expect(child.text).toContain('Part of Client onboarding (run 0000c41d)')
    expect(shows(child.blocks)).toEqual([{ id: 'run.show.0', run: CHILD }])
    const asked = {
      asked: 'Jane',
      found: [{ run: sampleRun([], { parent: part }), outline: withList }],
      suggestions: [],
    }
    expect(shows(statusAnswer(asked, ctx).blocks)).toEqual([{ id: 'run.show.0', run: CHILD }])
  })
})

describe('a run that was cancelled', () => {
  const cancelled = { by: olga, at: minutes(3), reason: 'The offer was withdrawn', undo: true }
  const line = { at: minutes(3), kind: 'cancel', step: null, by: olga, text: cancelled.reason } as const

  test('says how far its undoing is, and can be stopped', () => {
    const undo: Step = { ...base('google-account~undo'), status: 'backing-off', resumeAt: minutes(4), failing }
    const run = sampleRun([undo], { status: 'cancelling', cancelled, history: [line] })
    const { blocks, text } = runCard(run, withList, ctx)
    expect(text).toContain('Cancelled by Olga Ops')
    expect(text).toContain('0 of 1 step undone.')
    expect(text).toContain('Undo: Google account')
    expect(JSON.stringify(blocks)).toContain('Stop undoing…')
  })

  test('names what it leaves behind: what came late, and what was not undone', () => {
    const late: Step = {
      ...base('github-org'),
      status: 'cancelled',
      at: minutes(3),
      calls: [call({ outcome: 'done' })],
      late: { at: minutes(5), output: {} },
    }
    const undo: Step = { ...done('google-account~undo'), key: key('google-account~undo') } as Step
    const run = sampleRun([late, undo], { status: 'cancelled', cancelled, endedAt: minutes(5), history: [line] })
    const { blocks, text } = runCard(run, withList, ctx)
    expect(text).toContain('after the cancel (Take back GitHub membership)')
    const said = JSON.stringify(blocks)
    const left = said.slice(said.indexOf('Left behind, to be cleaned up by hand'))
    expect(left).toContain('GitHub membership')
    expect(left).toContain('Payroll record')
    expect(left).not.toContain('Google account')
    const told = { at: minutes(5), kind: 'late-answer', step: key('github-org'), by: olga, text: null } as const
    expect(note(told, { run, outline: withList }, ctx).text).toContain('was done after all')
  })
})

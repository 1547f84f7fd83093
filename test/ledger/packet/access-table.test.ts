import { expect, test } from 'vitest'
import type { EntryCore } from '../../../src/domain/entry.ts'
import { packetTables } from '../../../src/ledger/packet/packet-tables.ts'
import type { Evidence } from '../../../src/ledger/packet/read-evidence.ts'

const JANE = '01980000-0000-7000-8000-000000000001'
const AT = Date.UTC(2026, 10, 3, 9)
const MONA = 'slack:T0ACME/U0MONA'

/** Entries of Jane's run, a minute apart. */
function told(all: object[]): Evidence[] {
  return all.map((parts, index) => {
    const common = { v: 1, id: `e${index}`, team: 'T0ACME', at: AT + index * 60_000, subjects: [JANE], run: 'r1' }
    const core = { ...common, actor: 'purser:engine', ...parts } as unknown as EntryCore
    return { core, leaf: index, body: { kind: 'none' } }
  })
}
const step = 'github'
const write = { step, attempt: 'a1', call: 'c1', try: 1, service: 'github', operation: 'invite', class: 'C' }
const intended = { kind: 'call.intended', key: 'r1/github/-/github.invite/0', ...write }
const answered = { ...intended, kind: 'call.answered', status: 201 }
const lost = { ...intended, kind: 'call.unanswered', facts: { sent: true } }
const done = { kind: 'step.succeeded', step, attempt: 'a1' }

const access = (...all: object[]) => {
  const names = { actor: (actor: string) => actor, subject: () => 'Jane Doe' }
  return packetTables(told(all), names).access.rows
}
const minute = (number: number): string => new Date(AT + number * 60_000).toISOString()

test('access is given when the service says so, not when the step ends', () => {
  expect(access(intended, answered, {}, done)).toMatchObject([
    { at: minute(1), what: 'given', systems: 'github', how: 'by Purser', entry: 'e3', calls: 'e1' },
  ])
})

test('access whose answer was lost is in the timeline, as what was found to be done', () => {
  expect(access(intended, lost, done)).toMatchObject([
    { at: minute(0), what: 'given', systems: 'github', how: expect.stringContaining('an answer was lost') },
  ])
  const again = { ...intended, call: 'c2', try: 1 }
  // The vendor refuses the duplicate of what it did.
  expect(access(intended, lost, again, { ...again, kind: 'call.answered', status: 409 }, done)).toHaveLength(1)
})

test('what was proven absent and sent again counts once, from when it was done', () => {
  const next = { ...intended, call: 'c2', key: 'r1/github/-/github.invite/1' }
  expect(access(intended, lost, next, { ...next, kind: 'call.answered', status: 201 }, done)).toMatchObject([
    { at: minute(3), how: 'by Purser', calls: 'e3' },
  ])
})

test('access that a step gave before it failed, was skipped or was cancelled is not left out', () => {
  expect(access(intended, answered, { kind: 'step.failed', step, attempt: 'a1' })).toMatchObject([
    { at: minute(1), how: expect.stringContaining('as a whole was not done') },
  ])
  const late = {
    kind: 'step.late-answer',
    step,
    attempt: 'a1',
    facts: { status: 'skipped', answer: 'attempt-succeeded' },
  }
  expect(access({ kind: 'decision.skip', step }, intended, answered, late)).toMatchObject([{ at: minute(2) }])
})

test('access that was taken back says so', () => {
  const undo = { ...answered, step: 'github~undo', key: 'r1/github~undo/-/github.remove/0', operation: 'remove' }
  expect(access(intended, answered, done, undo, { kind: 'step.undone', step: 'github~undo' })).toMatchObject([
    { at: minute(1), what: 'given' },
    { at: minute(3), what: 'taken back', operations: 'remove' },
  ])
})

test('nothing is claimed of what was refused or never sent, nor of a ticket about the step', () => {
  expect(access(intended, { ...answered, status: 422 }, done)).toEqual([])
  expect(access(intended, { ...lost, facts: { sent: false } }, done)).toEqual([])
  expect(access(intended, lost, { kind: 'step.failed', step, attempt: 'a1' })).toEqual([])
  const ticket = { ...answered, attempt: 'a2', service: 'jira', key: 'r1/github/-/jira.create/0' }
  const opened = { kind: 'escalation.opened', step, attempt: 'a2' }
  expect(access(intended, answered, ticket, opened, done)).toMatchObject([{ systems: 'github' }])
})

test('who approved a run whose step began this one, approved what was done in it', () => {
  const begun = { kind: 'step.waiting', run: 'r0', step: 'order', facts: { for: 'run', run: 'r1' } }
  const approved = { kind: 'decision.approve', run: 'r0', actor: MONA }
  expect(access(approved, begun, intended, answered, done)).toMatchObject([{ approved_by: MONA }])
})

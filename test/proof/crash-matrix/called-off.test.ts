import { expect, it } from 'vitest'
import { live } from './life.ts'
import { calledOffScenarios } from './scenarios.ts'

const named = calledOffScenarios().map((scenario) => ({ name: scenario.definition.name, scenario }))

/**
 * What is taken back of each, told by the services. An account of Google's is suspended, which is a change, and stays
 * in its groups; who is in a channel and the job of an employee go with these.
 */
const TAKEN_BACK: Readonly<Record<string, readonly string[]>> = {
  'employee-onboarding': [
    'github invitation.cancelled',
    'gusto employee.deleted',
    'jira user.removed',
    'slack channel.archived',
  ],
  'client-onboarding': ['google member.removed', 'google member.removed', 'slack channel.archived'],
  'equipment-request': [],
}
const BACK = /\.(?:cancelled|deleted|removed|archived)$/

it.each(named)('$name that is called off at its end takes back all that it made', async ({ scenario }) => {
  const { runs, stuck, facts, messageKeys } = await live(scenario, null)
  const { name } = scenario.definition
  expect(stuck).toBeNull()
  const run = runs.find(({ workflow }) => workflow === name)
  expect(run).toMatchObject({ status: 'cancelled', debts: [] })
  const undos = run?.steps.filter(({ key }) => key.endsWith('~undo')) ?? []
  const hasUndos = scenario.definition.steps.some((step) => 'undo' in step && step.undo !== null)
  expect(new Set(undos.map(({ status }) => status))).toEqual(new Set(hasUndos ? ['succeeded'] : []))
  const did = facts.made.map((each) => each.split(' ').slice(0, 2).join(' '))
  const recipe = `add to TAKEN_BACK what cancelling ${name} takes back, [] if nothing`
  expect(
    did.filter((each) => BACK.test(each)),
    recipe,
  ).toEqual(TAKEN_BACK[name])
  expect(messageKeys.filter((key) => /^(?:welcome|kickoff|equipment)\//.test(key))).toEqual([])
})

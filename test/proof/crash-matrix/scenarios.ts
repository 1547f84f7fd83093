import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { github } from '../../../src/connectors/index.ts'
import { evaluateRules } from '../../../src/rules/evaluate.ts'
import { loadRules, problemsInWords } from '../../../src/rules/load.ts'
import { rulesFrame } from '../../../src/rules-frame.ts'
import { workflows } from '../../../workflows/index.ts'
import { firmName, NewContract } from '../../../workflows/new-client.ts'
import { bookOf, testRules } from '../../support/test-rules.ts'
import type { Trouble, WorldRequest } from '../support/memory-world.ts'
import type { Letter } from '../support/post-office.ts'
import type { Scenario } from './life.ts'
import { calledOff } from './sample-called-off.ts'
import { contract, contractEvent, contractLetters } from './sample-contract.ts'
import { away, awayAgain, INCIDENTS, outage } from './sample-outage.ts'
import { samples } from './sample-workflows.ts'

export interface Named {
  name: string
  scenario: Scenario
}

const EXAMPLE = fileURLToPath(new URL('../../../rules.example.yml', import.meta.url))

/** The rules that everybody begins with. */
function exampleRules() {
  const loaded = loadRules({ file: EXAMPLE, text: readFileSync(EXAMPLE, 'utf8'), frame: rulesFrame(workflows) })
  if (!loaded.ok) throw new Error(problemsInWords(loaded.problems))
  return bookOf(evaluateRules(loaded.rules, 1))
}

/** A service that is away now and then, does not answer what it did, or is not reached: each in its turn. */
function rough(number: number, { service }: WorldRequest): Trouble | null {
  if (service === 'slack' && number % 2 === 0) return null
  if (number % 5 === 0) return 'unavailable'
  if (number % 7 === 0) return 'lost'
  return number % 11 === 0 ? 'not-reached' : null
}

/** Two have to approve; everything stands in one channel. */
const sampleRules = () => bookOf({ ...testRules({ approval: { quorum: 2 } }), channel: () => '#ops-alerts' })

const contractRules = () => bookOf({ ...testRules(), channel: () => '#ops-alerts', event: contractEvent })

const outageRules = () => bookOf({ ...testRules({ incidents: INCIDENTS }), channel: () => '#ops-alerts' })

/** The word that a contract is signed, before its step waits for it or while it does. */
const signatures: readonly Letter[] = [
  {
    id: 'signed-1',
    event: 'contract-signed',
    payload: { signedOn: '2026-11-20', link: 'https://sign.example/acme' },
    key: ({ input }) => firmName(NewContract.parse(input).firm),
    when: ({ steps }) =>
      steps.some(({ key, status }) => key === 'contract' || (key === 'signed' && status === 'waiting')),
  },
]

/** The workflows of the index that make things outside, called off at their end. */
export function calledOffScenarios(): Scenario[] {
  const { approval, needsSecond } = testRules()
  const rules = bookOf({ ...exampleRules().current(), approval, needsSecond })
  return workflows
    .filter(({ steps }) => steps.some((step) => step.kind === 'step'))
    .map((definition): Scenario => {
      const changed = calledOff(definition)
      const all = workflows.map((each) => (each === definition ? changed : each))
      return { definition: changed, workflows: all, rules, letters: signatures }
    })
}

/** Every workflow of the index, and samples of each kind of step; in calm weather and in rough. */
export function scenarios(): Named[] {
  const ofIndex = { workflows, rules: exampleRules(), letters: signatures }
  const ofSamples = { workflows: samples, rules: sampleRules() }
  const ofContract = { workflows: [contract], rules: contractRules(), letters: contractLetters }
  const all = [
    ...workflows.map((definition): Scenario => ({ definition, ...ofIndex })),
    ...samples.slice(0, 2).map((definition): Scenario => ({ definition, ...ofSamples })),
    { definition: contract, ...ofContract },
    ...calledOffScenarios(),
  ]
  const ofOutage = { definition: outage, workflows: [outage], rules: outageRules(), watches: [github] }
  return [
    ...all.flatMap((scenario) => [
      { name: nameOf(scenario), scenario },
      { name: `${nameOf(scenario)}, rough`, scenario: { ...scenario, trouble: rough } },
    ]),
    { name: outage.name, scenario: { ...ofOutage, trouble: away } },
    { name: `${outage.name}, twice`, scenario: { ...ofOutage, trouble: awayAgain } },
  ]
}

const nameOf = ({ definition: { name, steps } }: Scenario): string =>
  steps.some(({ key }) => key === 'call-off') ? `${name}, called off` : name

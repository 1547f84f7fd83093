import type { Account } from '../support/workplace.ts'

/** The run whose GitHub step has failed, as its card's buttons name it. */
export interface Target {
  run: string
  step: string
  version: number
}

export interface BadPress {
  name: string
  /** Who reads the answer; ops when absent. */
  reads?: Account
  action(target: Target): object
  more?: object
  says: string
}

const NOBODYS = '01a1fc27-de54-7000-8847-dc7b20a81436'
const ref = ({ run, step, version }: Target): string => JSON.stringify({ r: run, s: step, v: version })
const retry = (value: string) => ({ action_id: 'step.retry', value })

/** Presses of buttons that nobody drew, or that somebody else may press. */
export const badPresses: BadPress[] = [
  { name: 'an unknown action', action: () => ({ action_id: 'step.dance', value: '{}' }), says: 'older version' },
  { name: 'an action named like a property', action: () => ({ action_id: '__proto__' }), says: 'older version' },
  { name: 'no value', action: () => ({ action_id: 'step.retry' }), says: 'older version' },
  { name: 'a value that is no JSON', action: () => retry('retry please'), says: 'older version' },
  { name: 'an empty object', action: () => retry('{}'), says: 'older version' },
  { name: 'a value of 5,000 characters', action: () => retry('x'.repeat(5_000)), says: 'older version' },
  { name: 'a value with prototype keys', action: (t) => retry(ref(t).replace('{', '{"__proto__":{"v":0},')), says: '' },
  { name: 'a run that does not exist', action: (t) => retry(ref({ ...t, run: NOBODYS })), says: 'No such run' },
  {
    name: 'a run id that is none',
    action: (t) => retry(ref({ ...t, run: '../../etc/passwd' })),
    says: 'older version',
  },
  { name: 'a step that does not exist', action: (t) => retry(ref({ ...t, step: 'coffee' })), says: 'older version' },
  { name: 'an older version of the step', action: (t) => retry(ref({ ...t, version: 0 })), says: 'moved on' },
  { name: 'a version that is yet to come', action: (t) => retry(ref({ ...t, version: 99 })), says: 'moved on' },
  { name: 'a negative version', action: (t) => retry(ref({ ...t, version: -1 })), says: 'older version' },
  {
    name: 'a menu that stands nowhere',
    action: () => ({ type: 'overflow', action_id: 'step.menu', selected_option: { value: 'calls' } }),
    says: 'older version',
  },
  {
    name: 'a page of a ledger that is none',
    action: () => ({ action_id: 'audit.older', value: '[]' }),
    says: 'older version',
  },
  {
    name: 'a run to cancel that does not exist',
    action: () => ({ action_id: 'run.cancel', value: `{"r":"${NOBODYS}"}` }),
    says: 'No such run',
  },
  {
    name: 'details of an entry that does not exist',
    action: () => ({ action_id: 'audit.details', value: `{"e":"${NOBODYS}"}` }),
    says: 'no such entry',
  },
  {
    name: 'a form of a workflow that does not exist',
    action: () => ({ action_id: 'run.start.0', value: '{"w":"constructor"}' }),
    says: 'no process called',
  },
  {
    name: 'a click by a manager',
    reads: 'manager',
    action: (t) => retry(ref(t)),
    more: { user: { id: 'U0MONA0000', team_id: 'T0ACME000' } },
    says: 'You may not retry',
  },
  {
    name: 'a click from another workspace',
    reads: 'teammate',
    action: (t) => retry(ref(t)),
    more: { user: { id: 'U0TIM00000', team_id: 'T0GLOBEX0' } },
    says: 'another workspace',
  },
  {
    name: 'a click that names another workspace',
    action: (t) => retry(ref(t)),
    more: { team: { id: 'T0GLOBEX0', domain: 'globex' }, user: { id: 'U0OLGA0000', team_id: 'T0GLOBEX0' } },
    says: 'No such run',
  },
  {
    name: 'a click on a grid that names no workspace',
    action: (t) => retry(ref(t)),
    more: { team: null, enterprise: { id: 'E0ACME000' } },
    says: 'No such run',
  },
]

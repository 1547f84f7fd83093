import { emailOf } from '../story/people-at-work.ts'
import { employeeValues } from '../support/workplace-wire.ts'

export interface BadForm {
  name: string
  /** In place of a right form's: by field; null leaves it out. */
  values?: Record<string, object | null>
  callback?: string
  metadata?: string
  /** Fields of the payload in place of those of ops. */
  more?: object
  /** What stands in the answer: an error at its field, or a window that says why. */
  says: string
}

const text = (value: string) => ({ type: 'plain_text_input', value })
const choice = (value: string) => ({
  type: 'static_select',
  selected_option: { text: { type: 'plain_text', text: 'x' }, value },
})
const START = { metadata: JSON.stringify({ w: 'employee-onboarding', v: 1 }) }

/** Forms that ask for a start, each with one thing wrong. */
export const badStarts: BadForm[] = [
  { name: 'no name', values: { name: null }, says: 'name: ' },
  { name: 'a name of one letter', values: { name: text('J') }, says: 'at least two letters' },
  { name: 'a name of 81 characters', values: { name: text('J'.repeat(81)) }, says: 'At most 80' },
  { name: 'a name that mentions the channel', values: { name: text('<!channel> Doe') }, says: 'ordinary punctuation' },
  { name: 'a name with a bell', values: { name: text('Jane\u0007Doe') }, says: 'ordinary punctuation' },
  { name: 'a name from right to left', values: { name: text('Jane \u202eeoD') }, says: 'ordinary punctuation' },
  { name: 'a name of emoji', values: { name: text('🎉🎉🎉') }, says: 'with letters' },
  { name: 'no address', values: { workEmail: null }, says: 'workEmail: ' },
  { name: 'an address without a host', values: { workEmail: text('jane') }, says: 'not an e-mail address' },
  { name: 'an address with a second line', values: { workEmail: text('a@acme.example\nBcc: b') }, says: 'e-mail' },
  {
    name: 'an address of 200 characters',
    values: { workEmail: text(`${'a'.repeat(200)}@acme.example`) },
    says: 'mail',
  },
  { name: 'a role that does not exist', values: { role: choice('emperor') }, says: '"role"' },
  { name: 'a role named like a property', values: { role: choice('__proto__') }, says: '"role"' },
  { name: 'a team of spaces', values: { team: text('   ') }, says: '"team"' },
  { name: 'a manager who is a channel', values: { manager: text('<!here>') }, says: 'Choose somebody' },
  { name: 'a day that does not exist', values: { startDate: text('2026-02-30') }, says: 'Choose a date' },
  { name: 'an employment that does not exist', values: { employmentType: choice('serf') }, says: '"employmentType"' },
  {
    name: 'no values at all',
    values: Object.fromEntries(Object.keys(employeeValues('', '')).map((key) => [key, null])),
    says: 'Not done',
  },
  { name: 'metadata that is no JSON', metadata: 'x', says: 'older version' },
  { name: 'metadata of a workflow that does not exist', metadata: '{"w":"make-coffee","v":1}', says: 'older version' },
  { name: 'metadata of a property', metadata: '{"w":"__proto__","v":1}', says: 'older version' },
  {
    name: 'metadata with more than it should have',
    metadata: '{"w":"employee-onboarding","v":1,"admin":true}',
    says: 'older version',
  },
  { name: 'a form of another version', metadata: '{"w":"employee-onboarding","v":7}', says: 'initial_value' },
  { name: 'a guest', more: { user: { id: 'U0GUS00000', team_id: 'T0ACME000' } }, says: 'Guests may not' },
  { name: 'a manager', more: { user: { id: 'U0MONA0000', team_id: 'T0ACME000' } }, says: 'You may not ' },
  {
    name: 'somebody of another workspace',
    more: { user: { id: 'U0OLGA0000', team_id: 'T0GLOBEX0' } },
    says: 'another workspace',
  },
  {
    name: 'somebody whom nobody knows',
    more: { user: { id: 'U0NOBODY00', team_id: 'T0ACME000' } },
    says: 'another workspace',
  },
  {
    name: 'a grid that names no workspace',
    more: { team: null, enterprise: { id: 'E0ACME000' } },
    says: 'another workspace',
  },
  { name: 'somebody who is busy already', values: { workEmail: text(emailOf('Jane Doe')) }, says: 'not finished' },
].map((form) => ({ ...START, ...form }))

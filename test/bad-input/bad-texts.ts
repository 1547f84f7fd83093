import type { Account } from '../support/workplace.ts'

export interface BadText {
  name: string
  user?: Account
  command: string
  text: string
  /** What the asker reads, privately. */
  says: string
}

const LONG = 'word '.repeat(150)

/** Slash texts that cannot be meant. */
export const badTexts: BadText[] = [
  { name: 'a name of 750 characters', command: '/onboard', text: LONG, says: 'too long' },
  { name: 'a name with a null character', command: '/onboard', text: 'Jane\u0000Doe', says: 'cannot be seen' },
  { name: 'a name turned from right to left', command: '/onboard', text: 'Jane \u202eeoD', says: 'cannot be seen' },
  { name: 'a name of emoji', command: '/onboard', text: '🎉🎉', says: 'no letter' },
  { name: 'a name of digits', command: '/onboard', text: '12345', says: 'no letter' },
  { name: 'a name that mentions the channel', command: '/onboard', text: 'Jane <!channel>', says: 'signs of markup' },
  { name: 'a name that is a person', command: '/onboard', text: '<@U0TIM00000>', says: 'signs of markup' },
  { name: 'a start by a manager', user: 'manager', command: '/onboard', text: 'Jane Doe', says: 'You may not start' },
  { name: 'a start by a guest', user: 'guest', command: '/onboard', text: 'Jane Doe', says: 'Guests may not' },
  { name: 'a question by a guest', user: 'guest', command: '/process', text: 'jane', says: 'Guests may not' },
  { name: 'a subject that mentions the channel', command: '/process', text: '<!here>', says: 'signs of markup' },
  { name: 'a subject of wildcards', command: '/process', text: '%%%', says: 'no letter' },
  { name: 'a subject of emoji', command: '/process', text: '🎉', says: 'no letter' },
  { name: 'a subject of SQL', command: '/process', text: "x'; DROP TABLE runs; --", says: 'DROP TABLE' },
  { name: 'somebody unknown', command: '/process', text: 'zebulon', says: 'zebulon' },
  { name: 'a subject of 750 characters', command: '/process', text: LONG, says: 'too long' },
  { name: 'an unknown workflow', command: '/run', text: 'make-coffee', says: 'no process called' },
  { name: 'a workflow named like a property', command: '/run', text: '__proto__', says: 'no process called' },
  { name: 'a workflow named constructor', command: '/run', text: 'constructor', says: 'no process called' },
  { name: 'an unknown word', command: '/purser', text: 'dance <!everyone>', says: 'dance' },
  { name: 'an unknown service', command: '/audit', text: 'service:githbu', says: 'cannot be read' },
  { name: 'a status in letters', command: '/audit', text: 'status:>=many', says: 'cannot be read' },
  { name: 'a time that is none', command: '/audit', text: 'since:yesterdayish', says: 'cannot be read' },
  { name: 'a date that is none', command: '/audit', text: 'until:2026-13-45', says: 'cannot be read' },
  { name: 'a quote without its end', command: '/audit', text: 'text:"jane', says: 'cannot be read' },
  { name: 'a filter named like a property', command: '/audit', text: '__proto__:x', says: 'No entry matches' },
  { name: 'a filter without a value', command: '/audit', text: 'run:', says: 'cannot be read' },
  { name: 'an unknown kind of file', command: '/audit', text: 'jane export pdf', says: 'No entry matches' },
  { name: 'a query of 750 characters', command: '/audit', text: LONG, says: 'too long' },
  {
    name: 'a query by somebody without the right',
    user: 'teammate',
    command: '/audit',
    text: 'jane',
    says: 'You may not',
  },
]

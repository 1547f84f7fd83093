import { outside, type Words } from './rich-text.ts'

const REASONS: Readonly<Record<string, string>> = {
  'not-json': 'it is not JSON',
  'no-such-hook': 'the rules file does not name its hook any more',
  'nothing-matches': 'the rules file says nothing of what becomes of it',
  'not-in-what-came': 'it lacks what the rules file asks of it',
  'no-event-key': 'nobody can tell whom it concerns, as its key is empty',
  'subject-busy': 'the process is under way for them already',
  'input-not-valid': 'the process does not take what it says',
  'payload-not-valid': 'it does not say what the waiting step needs',
  'rules-changed': 'the rules file says something else of it by now',
  'nobody-waits': 'no step waits for it',
  'service-not-configured': 'a service that the process needs has no settings',
}

/** Why something that came waits for somebody, after "waits for a look: ". */
export const inboxReason = (code: string): Words => {
  const known = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined
  return known === undefined ? [outside(code, 100)] : [known]
}

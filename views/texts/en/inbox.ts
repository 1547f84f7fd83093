/** After "waits for a look: ". */
const reasons: Readonly<Record<string, string>> = {
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

/** What came from outside and waits for somebody. */
export const inbox = { reasons, tryAgain: 'Try again', dismiss: 'Dismiss…', whatItSays: 'What it says' }

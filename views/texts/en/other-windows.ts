import type { Piece } from '../../pieces.ts'
import { say } from '../say.ts'

const away = {
  title: 'I am away',
  means: 'From now on somebody else is asked in your place, also for what is open already. You may still answer.',
  until: 'When are you back?',
  untilMeans: 'Left empty: until you say that you are back.',
  who: 'Who is asked meanwhile?',
  whoMeans: 'Left empty: whom the rules name.',
  submit: 'Tell Purser',
  hasBegun: 'That day has begun already: choose a later one.',
  notYourself: 'Choose somebody else than yourself.',
}

const dismiss = {
  title: 'Dismiss',
  what: (source: Piece, at: Piece) => say`What ${source} sent ${at}.`,
  means: 'Nothing becomes of it then, and it is not shown any more. The ledger keeps it, with your name and reason.',
  why: 'Why is it dismissed?',
  example: 'A test of the sender; Jane was onboarded by hand',
  submit: 'Dismiss',
}

const saveQuery = {
  title: 'Save this query',
  everything: 'everything',
  name: 'Name',
  nameMeans: 'Only you see it. /audit saved lists what you saved.',
  example: 'github-errors',
  submit: 'Save',
}

/** Windows about an absence, about something that came from outside, and about the ledger. */
export const otherWindows = { away, dismiss, saveQuery, entry: 'Ledger entry' }

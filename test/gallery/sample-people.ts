import { EntryCore } from '../../src/domain/entry.ts'
import { UserId } from '../../src/domain/ids.ts'
import type { AskInAnswer } from '../../views/answers/ask-entry.ts'
import { awayNow, backNow } from '../../views/answers/away-answers.ts'
import { interrupted } from '../../views/answers/interrupted.ts'
import { askedEarlier, notCarriedOut } from '../../views/answers/left-over.ts'
import { remindedLater } from '../../views/answers/snooze-answer.ts'
import { reminder } from '../../views/cards/reminder.ts'
import { TEAM, testIds } from '../support/test-ids.ts'
import { minutes } from '../views/sample-run.ts'
import type { Drawings } from './sample-cards.ts'
import { plain } from './sample-runs.ts'

const resumed = EntryCore.parse({
  ...{ v: 1, id: testIds({ now: () => minutes(5) }).entry(), team: TEAM, at: minutes(5), kind: 'decision.resume' },
  ...{ actor: `slack:${TEAM}/U0OLGA`, subjects: [] },
})
const nobodyElse = { groups: [], people: ['ann@acme.example'], users: [] }

/** What is answered to people about themselves: that they are away, back, reminded later, or were cut off. */
export const aboutPeople = (ask: AskInAnswer | undefined): Drawings => ({
  'interrupted: a button': interrupted('Skip…'),
  'interrupted: something': interrupted(null),
  'left over: a button, hours ago': notCarriedOut(
    {
      kind: 'too-late',
      pressed: 'Retry',
      at: minutes(5),
      noted: null,
      shown: ask ? { run: ask.run, outline: ask.outline } : null,
    },
    plain,
  ),
  'left over: a button, done before the stop': notCarriedOut(
    { kind: 'done', pressed: 'Resume', at: minutes(5), noted: resumed, shown: null },
    plain,
  ),
  'left over: a question, hours ago': askedEarlier(remindedLater(minutes(120)), { at: minutes(5), now: minutes(300) }),
  'snooze: set': remindedLater(minutes(120)),
  'snooze: over': reminder(ask as AskInAnswer, plain),
  'away: now': awayNow({ until: minutes(900), asked: nobodyElse, team: TEAM }, plain),
  'away: nobody takes over': awayNow({ until: null, asked: null, team: TEAM }, plain),
  'back: now': backNow({ user: UserId.parse('U0OLGA'), why: 'said', until: null, to: null }),
  'back: was here': backNow(null),
})

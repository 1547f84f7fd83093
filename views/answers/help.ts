import type { KnownBlock } from '@slack/types'
import { context, header } from '../blocks.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { bold, labelled, outside, paragraph, type Words } from '../rich-text.ts'
import { listed } from '../wording.ts'

/** What the asker may do; help shows nothing else. */
export interface HelpSubject {
  /** Titles of the workflows that they may start. */
  maySee: boolean
  mayStart: readonly string[]
  mayAudit: boolean
  mayRetry: boolean
  mayPause: boolean
}

/** `/purser`: what one can do here, as far as the asker may. */
export function help(subject: HelpSubject): Drawing {
  const points = commands(subject)
  const questions: Words[] = [
    ['“how is Jane Doe’s onboarding going?”'],
    ['“what is stuck?”'],
    ['“who is waiting for me?”'],
  ]
  const blocks: KnownBlock[] = [
    header('Purser'),
    paragraph('Runs your processes step by step, and asks when one of them needs somebody.'),
    ...(points.length > 0
      ? [labelled('Commands', { points })]
      : [context('Your groups in the rules file allow you no command yet.')]),
    ...(subject.maySee
      ? [labelled('Or ask in plain words: mention Purser, or write to it directly', { points: questions })]
      : []),
    context(
      'When a step fails, a card with Retry, Skip and Escalate asks for a decision. Your own overview is on the Home tab.',
    ),
  ]
  return { blocks, text: fallbackText([['Purser'], ...points]) }
}

function commands({ mayStart, maySee, mayAudit, mayRetry, mayPause }: HelpSubject): Words[] {
  const start: Words[] =
    mayStart.length === 0
      ? []
      : [
          [bold('/run'), ' starts a process: ', outside(listed(mayStart, 6), 300)],
          [bold('/onboard Jane Doe'), ' starts an employee’s onboarding'],
        ]
  const see: Words[] = maySee ? [[bold('/process Jane Doe'), ' shows where it stands, what it waits for and whom']] : []
  const audit: Words[] = mayAudit
    ? [
        [
          bold('/audit jane@acme.example service:github since:7d'),
          ' shows every call, with request and answer; ',
          bold('/audit help'),
          ' how to ask',
        ],
        [bold('/audit verify'), ' says whether the ledger is as it was written'],
        [
          bold('/audit packet jane@acme.example'),
          ', or ',
          bold('packet 2026Q3'),
          ': all that an auditor needs, as a file',
        ],
      ]
    : []
  return [...start, ...see, ...audit, ...ofPurser({ mayStart, maySee, mayRetry, mayPause })]
}

function ofPurser({ mayStart, maySee, mayRetry, mayPause }: Omit<HelpSubject, 'mayAudit'>): Words[] {
  const tasks: Words = [bold('/purser tasks'), ' shows the approvals and tasks that wait for you']
  const many: Words[] = maySee
    ? [
        [bold('/purser failures'), ' lists what is stuck'],
        [bold('/purser debts'), ' shows what skips left, and who owes it'],
        [bold('/purser digest'), ' sums up the day; ', bold('/purser stats'), ' how soon failures were told'],
      ]
    : []
  const bulk: Words[] = mayRetry
    ? [
        [
          bold('/purser retry service:github since:2h'),
          ' retries many failed steps at once; ',
          bold('/purser bulk'),
          ' lists those',
        ],
      ]
    : []
  const came: Words[] =
    mayStart.length > 0 ? [[bold('/purser inbox'), ' shows what other systems sent and nothing has become of']] : []
  const pause: Words[] = mayPause
    ? [
        [
          bold('/purser pause service github for 2h why'),
          ' holds steps back, or everything, a process or one run; ',
          bold('/purser resume …'),
          ' lets them go; ',
          bold('/purser pause'),
          ' lists what is held',
        ],
      ]
    : []
  const away: Words = [
    bold('/purser away until monday @somebody'),
    ' has others asked in your place; ',
    bold('/purser back'),
    ' ends it',
  ]
  return [tasks, away, ...many, ...bulk, ...came, ...pause, [bold('/purser'), ' shows this']]
}

/** An unknown word after `/purser`, and what there is instead. */
export function unknownCommand(typed: string, subject: HelpSubject): Drawing {
  const says: Words = ['There is no ', outside(`“${typed}”`, 100), '. This is what you can do:']
  const shown = help(subject)
  return { blocks: [paragraph(...says), ...shown.blocks], text: `${fallbackText([says])}\n${shown.text}` }
}

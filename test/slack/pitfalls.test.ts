import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** What breaks Slack bots in production, and the tests that hold Purser to it: file, and the sentence in it. */
const PITFALLS: Readonly<Record<string, readonly (readonly [file: string, sentence: string])[]>> = {
  'an acknowledgement that takes longer than three seconds': [
    ['slack/app.test.ts', 'is on disk when it is acknowledged, and is not acknowledged when it cannot be written'],
    ['slack/cut-lines.test.ts', 'that was not written is not acknowledged, and taken when it comes again'],
  ],
  'a trigger that dies in three seconds': [
    ['handlers/doors.test.ts', 'is offered once more with what was typed, to whoever typed it'],
    ['handlers/doors.test.ts', 'of a decision offers the same button again'],
  ],
  'the same thing twice, and redeliveries that are dropped': [
    ['story/story.test.ts', 'finds the same run when Slack delivers a submission again'],
    [
      'slack/cut-lines.test.ts',
      'whose line is cut before the acknowledgement is carried out, and once, also when it comes again',
    ],
  ],
  'loss at a restart': [
    ['handlers/take-up-clicks.test.ts', 'is carried out by the next one, once, in the name of who pressed it'],
    ['slack/painter.test.ts', 'shows what Slack had refused after a restart'],
    [
      'slack/cut-lines.test.ts',
      'is taken on the next line when Slack renews it, with clicks before, between and after',
    ],
  ],
  'state in memory': [
    ['views/cards.test.ts', 'gives each button the step’s version, and the menu the same through its block'],
    ['handlers/home.test.ts', 'is narrowed down by menus, which stay as they were chosen when it is drawn anew'],
  ],
  'clicks at the same time': [
    ['handlers/clicks.test.ts', 'pressed by two is decided by one; the other is told who was first'],
  ],
  'a click without rights that is met with silence, or in public': [
    ['story/story.test.ts', 'refuses the click of somebody who may not, and tells them who may'],
    ['slack/app.test.ts', 'is answered when its button was drawn by an older version'],
  ],
  'rate limits': [
    ['slack/painter.test.ts', 'waits as long as Slack asks'],
    [
      'slack/boards.test.ts',
      'five hundred runs under way cost one update a second, and a failure among them is shown at once',
    ],
  ],
  'a client that hides its own tries': [
    [
      'connectors/slack-through-egress.test.ts',
      'posts one message though the answer was lost, and finds it by its key',
    ],
    [
      'egress/record.test.ts',
      'holds the intent before the request arrives and the outcome before the caller acts on it',
    ],
  ],
  'limits of blocks': [
    ['slack/painter.test.ts', 'says it in plain text when Slack refuses the blocks'],
    ['views/naughty-strings.test.ts', 'never breaks a message, and never mentions or links'],
  ],
  'answers that vanish, taken for records': [
    ['slack/painter.test.ts', 'posts a deleted message anew'],
    [
      'connectors/slack-through-egress.test.ts',
      'tells one person alone, and cannot tell whether it did when the answer was lost',
    ],
  ],
  'a channel that is archived, a bot that is removed, a token that is revoked': [
    [
      'slack/detours.test.ts',
      'stands in the fallback channel, says why, and comes back when the channel takes it again',
    ],
    ['slack/detours.test.ts', 'goes to whoever started the run when the fallback takes nothing either'],
    ['connectors/slack-through-egress.test.ts', 'says which token to set when Slack refuses the one that it has'],
  ],
  'a token that is renewed, and scopes that are missing': [
    ['manifest/manifest.test.ts', 'asks for the scopes that the methods and events need, and for no others'],
    ['cli/doctor.test.ts', 'says of each thing that is wrong what to do about it'],
  ],
  'Enterprise Grid and Slack Connect': [
    ['slack/payload.test.ts', 'is the organisation where Enterprise Grid names no workspace'],
    ['handlers/two-workspaces.test.ts', 'refuse each other’s members who come over a shared channel, with the reason'],
  ],
  'noise, people who have left, colours without words': [
    ['slack/boards.test.ts', 'more share one board, which names how many there are and shows the newest'],
    ['slack/directory.test.ts', 'knows nobody whom the workspace does not know'],
    ['views/cards.test.ts', 'says the same in its text as on its blocks'],
  ],
}

describe('a pitfall of Slack bots', () => {
  it('is one of fifteen', () => {
    expect(Object.keys(PITFALLS)).toHaveLength(15)
  })

  it.each(Object.entries(PITFALLS))('%s: has its tests', (_name, tests) => {
    for (const [file, sentence] of tests) {
      const source = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
      expect(source, `${file} no longer has a test of that name`).toContain(`'${sentence}'`)
    }
  })
})

import { describe, expect, it } from 'vitest'
import { readComposer, suggestCommands } from '../../../src/sandbox/page/chat/read-composer.ts'

const app = { name: 'Purser', userId: 'U0PURSER00' }

describe('the composer', () => {
  it('takes a command apart', () => {
    expect(readComposer('/onboard  Jane Doe ', app, 'channel')).toEqual({
      kind: 'slash',
      command: '/onboard',
      text: 'Jane Doe',
    })
  })

  it('turns the name of the app into a mention', () => {
    expect(readComposer("@purser how is Jane Doe's onboarding going?", app, 'channel')).toEqual({
      kind: 'mention',
      text: "<@U0PURSER00> how is Jane Doe's onboarding going?",
    })
  })

  it('sends plain words only where Purser reads them', () => {
    expect(readComposer('what is stuck?', app, 'dm')).toEqual({ kind: 'dm', text: 'what is stuck?' })
    expect(readComposer('what is stuck?', app, 'channel').kind).toBe('nowhere')
  })

  it('takes no command in a thread, as Slack takes none', () => {
    expect(readComposer('/audit', app, 'thread').kind).toBe('nowhere')
  })

  it('offers commands while the command is typed, and no longer', () => {
    expect(suggestCommands('/pr').map((hint) => hint.command)).toEqual(['/process'])
    expect(suggestCommands('/').length).toBeGreaterThan(4)
    expect(suggestCommands('/process x')).toEqual([])
    expect(suggestCommands('hello')).toEqual([])
  })
})

import { describe, expect, test } from 'vitest'
import { understand } from '../../../src/slack/ask/understand.ts'

describe('a question about somebody', () => {
  test.each([
    ['how is Jane Doe’s onboarding going?', 'Jane Doe'],
    ["how's jane doe doing", 'jane doe'],
    ['How is Jane getting on so far?', 'Jane'],
    ['what is the status of Jane', 'Jane'],
    ['status of jane', 'jane'],
    ['any news on Acme Ltd?', 'Acme Ltd'],
    ['give me an update on Jane Doe', 'Jane Doe'],
    ['tell me about Jane', 'Jane'],
    ['where is Jane at?', 'Jane'],
    ["where's Jane's onboarding?", 'Jane'],
    ['is jane stuck?', 'jane'],
    ["has Jane's onboarding finished yet?", 'Jane'],
    ['what about Jane Doe', 'Jane Doe'],
    ['show me Jane Doe please', 'Jane Doe'],
    ['jane?', 'jane'],
    ['Jane Doe', 'Jane Doe'],
    ['jane onboarding', 'jane'],
    ["jane's status", 'jane'],
    ['<@U0PURSER> hey Purser, how is José?', 'José'],
    ['how is 王小明 doing?', '王小明'],
    ['İpek?', 'İpek'],
    ["how is O'Brien?", "O'Brien"],
    ['run 3f9a1c07', '3f9a1c07'],
    ['#3f9a1c07', '3f9a1c07'],
    ['<mailto:jane@acme.example|jane@acme.example>', 'jane@acme.example'],
    ['could you find out for me whether jane_doe@acme.example got her accounts', 'jane_doe@acme.example'],
    ['how is <@U0JANE|jane> doing?', '<@U0JANE>'],
    ['can you tell me how Jane is doing?', 'Jane'],
  ])('%s', (text, asked) => {
    expect(understand(text)).toEqual({ kind: 'status', asked, words: asked.split(' ') })
  })
})

describe('a question about all', () => {
  test.each([
    ["what's stuck?", 'stuck'],
    ['What is failing right now', 'stuck'],
    ['<@U0PURSER> is anything blocked?', 'stuck'],
    ['which onboardings have failed?', 'stuck'],
    ['show me all failures', 'stuck'],
    ['stuck', 'stuck'],
    ['any problems?', 'stuck'],
    ["what's running?", 'in-flight'],
    ['what is in flight', 'in-flight'],
    ["what's going on?", 'in-flight'],
    ['list all processes', 'in-flight'],
    ['what is under way at the moment', 'in-flight'],
    ['status?', 'in-flight'],
    ['what needs me?', 'needs-me'],
    ['who is waiting for me?', 'needs-me'],
    ['what do I have to do today?', 'needs-me'],
    ['', 'help'],
    ['<@U0PURSER>', 'help'],
    ['help', 'help'],
    ['Hi!', 'help'],
    ['what can you do?', 'help'],
  ])('%s', (text, kind) => {
    expect(understand(text)).toEqual({ kind })
  })
})

describe('what is no question of ours', () => {
  test.each(['please bring me a coffee with milk', 'how do I reset my password?', 'x '.repeat(300)])('%s', (text) => {
    expect(understand(text)).toMatchObject({ kind: 'unclear' })
  })

  test('is read in no time, however it is made', () => {
    const before = process.hrtime.bigint()
    for (const piece of ['how is ', 'what ', "'", 'status of ', '<@U', ' ', 'the ', '?,']) {
      understand(piece.repeat(20_000))
      understand(`${piece.repeat(20_000)}!`)
    }
    expect(Number(process.hrtime.bigint() - before) / 1e6).toBeLessThan(30_000)
  })
})

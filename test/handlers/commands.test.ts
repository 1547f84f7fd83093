import { describe, expect, test } from 'vitest'
import { TeamId } from '../../src/domain/ids.ts'
import { clientOnboarding } from '../../workflows/client-onboarding.ts'
import { equipmentRequest } from '../../workflows/equipment-request.ts'
import { refusing } from '../engine/scripted-egress.ts'
import { pressable, wordsOf } from '../views/drawn.ts'
import { GUS, MAYA, NED, OLGA, openHandlers, realWorkflows, TIM } from './open-handlers.ts'

describe('/onboard', () => {
  test('opens the form with the name filled in', async () => {
    await using at = await openHandlers({ workflows: realWorkflows })
    await at.slash('/onboard', '  Jane   Doe ', OLGA)
    const window = at.surface.window()
    expect(wordsOf(window.blocks)).toContain('#ops')
    expect(JSON.stringify(window.blocks)).toContain('"initial_value":"Jane Doe"')
    expect(at.surface.order).toEqual(['open'])
  })

  test('opens an empty form without a name, and takes names of any script', async () => {
    await using at = await openHandlers({ workflows: realWorkflows })
    await at.slash('/onboard', '', OLGA)
    expect(JSON.stringify(at.surface.window().blocks)).not.toContain('initial_value')
    for (const name of ['محمد علي', 'Łukasz Ørsted', "Zoë O'Brien-Ng", '王小明']) {
      await at.slash('/onboard', name, OLGA)
      expect(JSON.stringify(at.surface.window().blocks)).toContain(name)
    }
  })

  test.each([
    ['too much', 'x'.repeat(501), 'at most 500 characters'],
    ['emoji alone', '🎉🎉', 'no letter'],
    ['a broadcast', 'Jane <!channel>', 'markup'],
    ['markup as typed', 'Jane &lt;!channel&gt;', 'markup'],
    ['somebody mentioned', '<@U0TIM|tim>', 'mention'],
    ['control characters', 'Jane\u0007Doe', 'cannot be seen'],
    ['text turned about', 'Jane \u202eeoD', 'cannot be seen'],
    ['half a character', 'Jane \ud83d', 'cannot be seen'],
  ])('answers %s privately and changes nothing', async (_, text, says) => {
    await using at = await openHandlers({ workflows: realWorkflows })
    await at.slash('/onboard', text, OLGA)
    expect(at.surface.shown).toHaveLength(1)
    expect(at.surface.last()).toMatchObject({ to: 'one' })
    expect(at.surface.last().words).toContain(says)
    expect(at.surface.last().words).toContain('/onboard Jane Doe')
    expect(at.surface.windows).toEqual([])
    expect(await at.kinds()).toEqual([])
  })

  test('opens a placeholder first when rights have to be looked up, and fills it', async () => {
    await using at = await openHandlers({ workflows: realWorkflows })
    at.fresh.is = false
    await at.slash('/onboard', 'Jane Doe', OLGA)
    expect(at.surface.order).toEqual(['open', 'update'])
    expect(wordsOf(at.surface.windows[0]?.blocks)).toContain('One moment')
    expect(JSON.stringify(at.surface.updates[0]?.blocks)).toContain('Jane Doe')
  })

  test('fills the placeholder with the refusal, and leaves none behind when drawing fails', async () => {
    await using at = await openHandlers({ workflows: realWorkflows })
    at.fresh.is = false
    await at.slash('/onboard', '', TIM)
    expect(wordsOf(at.surface.window().blocks)).toContain('You may not start Employee onboarding')
    at.ports.directory.person = () => Promise.reject(new Error('out of order'))
    await expect(at.slash('/onboard', '', OLGA)).rejects.toThrow('out of order')
    expect(wordsOf(at.surface.window().blocks)).toContain('could not be opened')
  })

  test.each([
    [TIM, {}, 'You may not start Employee onboarding', 'Ops or Managers may'],
    [GUS, {}, 'Guests may not', 'full member'],
    [OLGA, { homeTeam: TeamId.parse('T0GLOBEX') }, 'another workspace', 'own members'],
  ])('refuses privately who may not', async (who, from, says, way) => {
    await using at = await openHandlers({ workflows: realWorkflows })
    await at.slash('/onboard', 'Jane', who, from)
    expect(at.surface.last()).toMatchObject({ to: 'one' })
    expect(at.surface.last().words).toContain(says)
    expect(at.surface.last().words).toContain(way)
    expect(at.surface.windows).toEqual([])
  })
})

describe('/run', () => {
  test('lists what the asker may start, with buttons that open the form', async () => {
    await using at = await openHandlers()
    await at.slash('/run', '', OLGA)
    await at.click(at.surface.last().drawing.blocks, 'Employee onboarding', OLGA)
    expect(at.surface.window().callback_id).toBe('start-run')
    await at.slash('/run', '', TIM)
    expect(at.surface.last().words).toContain('You may not start a process')
  })

  test('opens the form of a workflow by its name or title, and says what was meant', async () => {
    await using at = await openHandlers()
    for (const text of ['employee-onboarding', 'Employee Onboarding']) await at.slash('/run', text, OLGA)
    expect(at.surface.windows).toHaveLength(2)
    await at.slash('/run', 'employee-onbording', OLGA)
    expect(at.surface.last().words).toContain('/run employee-onboarding')
    await at.slash('/run', 'coffee', OLGA)
    expect(at.surface.last().words).toContain('There are: employee-onboarding')
    expect(at.surface.windows).toHaveLength(2)
  })
})

test('/run opens what a part of a name can only mean, and offers each that it may mean', async () => {
  const workflows = [...realWorkflows, clientOnboarding, equipmentRequest]
  await using at = await openHandlers({ workflows })
  await at.slash('/run', 'equipment', OLGA)
  expect(wordsOf(at.surface.window().blocks)).toContain('Who needs it?')
  await at.slash('/run', 'onboarding', OLGA)
  expect(pressable(at.surface.last().drawing.blocks)).toEqual(['Employee onboarding', 'Client onboarding'])
  await at.slash('/run', 'board', OLGA)
  expect(at.surface.last().words).toContain('There is no process called')
})

describe('/purser', () => {
  test('shows help, as far as the asker may', async () => {
    await using at = await openHandlers()
    await at.slash('/purser', '', OLGA)
    expect(at.surface.last().words).toContain('/audit')
    await at.slash('/purser', 'help', TIM)
    expect(at.surface.last().words).toContain('/process')
    expect(at.surface.last().words).not.toContain('/audit')
    await at.slash('/purser', '', NED)
    expect(at.surface.last().words).not.toContain('/process')
  })

  test('says so for a word it does not know', async () => {
    await using at = await openHandlers()
    await at.slash('/purser', 'dance <!here>', MAYA)
    expect(at.surface.last().words).toContain('There is no “dance <!here>”')
    expect(at.surface.last().drawing.text).not.toContain('<!here>')
  })

  test('tells which rules hold, and what is wrong with a file that cannot take their place', async () => {
    await using at = await openHandlers()
    const text = 'groups: {}'
    const stored = { version: at.ports.rules.current().version, digest: 'd', text, at: at.clock.now() }
    await at.ports.store.commit({ at: at.clock.now(), entries: [], rules: stored })
    await at.slash('/purser', 'rules', MAYA)
    expect(at.surface.last().words).toMatch(/Version \d+ of the rules holds, since .*as it was read then/s)
    const mistake = { file: 'rules.yml', line: 7, column: 1, message: 'no such group', suggestion: 'did you mean ops?' }
    at.ports.rules.problems = () => [mistake]
    await at.slash('/purser', 'rules', MAYA)
    expect(at.surface.last().words).toContain('The rules file has 1 mistake')
    expect(at.surface.last().words).toContain('rules.yml:7: no such group (did you mean ops?)')
    await at.slash('/purser', 'rules', NED)
    expect(at.surface.last().words).toContain('You may not see')
  })

  test('lists failures to those who may see them', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    await at.begin()
    await at.slash('/purser', 'failures', MAYA)
    expect(at.surface.last().words).toContain('1 run waits for somebody')
    expect(at.surface.last().words).toContain('Jane Doe')
    await at.slash('/purser', 'failures', NED)
    expect(at.surface.last().words).toContain('You may not see how processes are going')
  })
})

describe('/process', () => {
  test('shows a run by its id, by an address and by a name, and one of several by its button', async () => {
    await using at = await openHandlers()
    const jane = await at.begin()
    await at.begin({ email: 'jose@acme.example', name: 'José Doe' })
    for (const text of [jane.id.slice(-8), jane.id, 'jane@acme.example', 'Jane Doe', "jane's onboarding", 'jnae']) {
      await at.slash('/process', text, MAYA)
      expect(at.surface.last().words, text).toContain('Jane Doe')
      expect(at.surface.last().about, text).toMatchObject({ run: jane.id, subjects: [jane.subject.id] })
    }
    await at.slash('/process', '<mailto:jane@acme.example|jane@acme.example>', MAYA)
    expect(at.surface.last().about).toMatchObject({ run: jane.id })
    await at.slash('/process', 'jose', MAYA)
    expect(at.surface.last().words).toContain('José Doe')
    await at.slash('/process', 'doe', MAYA)
    expect(at.surface.last().words).toContain('2 runs match')
    await at.click(at.surface.last().drawing.blocks, 'Show', MAYA)
    expect(at.surface.last().words).toContain('Create the account')
  })

  test('lists what is under way without a name, and nothing to those who may not see', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    await at.begin()
    await at.slash('/process', '', TIM)
    expect(at.surface.last().words).toContain('1 run under way')
    await at.slash('/process', 'jane', NED)
    expect(at.surface.last().words).toContain('You may not')
    expect(at.surface.last().words).not.toContain('Jane')
  })

  test('names only those whose runs the asker may see', async () => {
    const seen: { workflow: string | null }[] = []
    await using at = await openHandlers({
      rules: {
        may: (_, action, workflow) => {
          seen.push({ workflow })
          return action === 'see' && workflow === null
        },
      },
    })
    await at.begin({ email: 'rosa@acme.example', name: 'Rosa Roe' })
    for (const text of ['rosa', 'rosa@acme.example', 'rosa dough', '']) {
      await at.slash('/process', text, MAYA)
      expect(at.surface.last().words.replace(/“.*”/, ''), text).not.toMatch(/rosa/i)
    }
    expect(seen.some(({ workflow }) => workflow === 'employee-onboarding')).toBe(true)
  })

  test('suggests whom one could have meant', async () => {
    await using at = await openHandlers()
    await at.begin()
    await at.slash('/process', 'Jane Smith', MAYA)
    expect(at.surface.last().words).toContain('Did you mean… Jane Doe · Employee onboarding')
  })
})

import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { loadRules } from '../../src/rules/load.ts'
import { rulesFrame } from '../../src/rules-frame.ts'
import { workflows } from '../../workflows/index.ts'
import { repository } from './tracked-files.ts'

const EXAMPLE = 'rules.example.yml'
const text = readFileSync(repository(EXAMPLE), 'utf8')

const Defined = z.looseObject({
  name: z.string(),
  version: z.number(),
  outline: z.looseObject({}),
  steps: z.array(z.unknown()),
})

/** Names of the workflows that the files of the folder define, listed or not. */
async function defined(): Promise<string[]> {
  const names = new Set<string>()
  for (const file of await readdir(repository('workflows'))) {
    if (!file.endsWith('.ts')) continue
    const exported: Record<string, unknown> = await import(pathToFileURL(repository(`workflows/${file}`)).href)
    for (const value of Object.values(exported)) {
      const workflow = Defined.safeParse(value)
      if (workflow.success) names.add(workflow.data.name)
    }
  }
  return [...names]
}

describe('the workflows', () => {
  it('are all in the list', async () => {
    const listed = workflows.map(({ name }) => name)
    expect((await defined()).sort(), 'add a line to workflows/index.ts').toEqual([...listed].sort())
    expect(new Set(listed).size).toBe(listed.length)
  })

  it('find all that they ask for in the example of a rules file', () => {
    expect(loadRules({ file: EXAMPLE, text, frame: rulesFrame(workflows) })).toMatchObject({ ok: true })
  })

  it('have a channel in the example of a rules file', () => {
    const Channels = z.looseObject({
      channels: z.looseObject({ runs: z.looseObject({ workflows: z.record(z.string(), z.string()) }) }),
    })
    const { channels } = Channels.parse(parse(text))
    const recipe = `add the workflow to channels.runs.workflows of ${EXAMPLE}, and its access rules to access`
    expect(Object.keys(channels.runs.workflows).sort(), recipe).toEqual(workflows.map(({ name }) => name).sort())
  })
})

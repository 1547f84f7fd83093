import { readFileSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { loadRules, problemsInWords } from '../../src/rules/load.ts'
import { rulesFrame } from '../../src/rules-frame.ts'
import { workflows } from '../../workflows/index.ts'
import { tempFolder } from '../support/temp-folder.ts'
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

describe('the example of docs/adding-a-workflow.md', () => {
  it('is a workflow that passes what each of ours has to', async () => {
    const document = readFileSync(repository('docs/adding-a-workflow.md'), 'utf8')
    const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(document) ?? []
    using folder = tempFolder()
    const file = join(folder.path, 'licence-request.ts')
    const from = pathToFileURL(repository('workflows/')).href
    const absolute = (_: string, name: string): string =>
      `from '${name.startsWith('.') ? new URL(name, from).href : import.meta.resolve(name)}'`
    writeFileSync(file, code.replace(/from '([^']+)'/g, absolute))
    const { licenceRequest } = await import(pathToFileURL(file).href)
    const { name, steps } = Example.parse(licenceRequest)
    expect(name).toBe('licence-request')
    expect(steps.map(({ leaves }) => leaves)).toEqual([expect.any(String), expect.any(String)])
  })
})

const Example = z.looseObject({ name: z.string(), steps: z.array(z.looseObject({ leaves: z.string().nullable() })) })

describe('the workflows', () => {
  it('are all in the list', async () => {
    const listed = workflows.map(({ name }) => name)
    expect((await defined()).sort(), 'add a line to workflows/index.ts').toEqual([...listed].sort())
    expect(new Set(listed).size).toBe(listed.length)
  })

  it('find all that they ask for in the example of a rules file', () => {
    const loaded = loadRules({ file: EXAMPLE, text, frame: rulesFrame(workflows) })
    expect(loaded.ok ? '' : problemsInWords(loaded.problems)).toBe('')
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

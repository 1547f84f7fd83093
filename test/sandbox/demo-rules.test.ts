import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { loadRules } from '../../src/rules/load.ts'
import { rulesFrame } from '../../src/rules-frame.ts'
import { demoRules } from '../../src/sandbox/demo-rules.ts'
import { workflows } from '../../workflows/index.ts'

const example = readFileSync('rules.example.yml', 'utf8')

it('gives the demo the example’s rules, and a hook that the workflows can take', () => {
  const loaded = loadRules({ file: 'rules.yml', text: demoRules(example), frame: rulesFrame(workflows) })
  expect(loaded).toMatchObject({ ok: true })
})

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { WorkflowDiagram } from '../../src/cli/diagram-chart.ts'
import { inWords } from '../../src/cli/diagram-failure.ts'
import { layOut } from '../../src/cli/diagram-layout.ts'
import { toMermaid } from '../../src/cli/diagram-mermaid.ts'
import { toSvg } from '../../src/cli/diagram-svg.ts'
import { wrap } from '../../src/cli/diagram-text.ts'
import { diagramWorkflow } from '../../src/cli/diagram-workflow.ts'
import { optional, workflow } from '../../src/engine/define-workflow.ts'
import { loadRules } from '../../src/rules/load.ts'
import { equipmentRequest } from '../../workflows/equipment-request.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { runPurser } from './run-purser.ts'

const sample = workflow(
  {
    name: 'sample',
    version: 3,
    title: 'Sample',
    input: z.object({ who: z.string() }),
    subject: ({ who }) => ({ key: who, label: who }),
  },
  ({ step }) => {
    const spec = { output: z.object({}), run: async () => ({}) }
    const account = step('account', { ...spec, title: 'Account', access: 'account' })
    const laptop = step('laptop', { ...spec, title: 'Laptop & "bag" <new>', needs: [account] })
    const pay = step('pay', { ...spec, title: 'Pay', after: [account] })
    step('welcome', { ...spec, title: 'Welcome', needs: [laptop, optional(pay)] })
  },
)

function rulesOf(retry: object) {
  const loaded = loadRules({
    file: 'rules.yml',
    text: JSON.stringify({
      groups: { ops: { title: 'Ops', user_groups: ['ops'] } },
      permissions: { default: { start: ['ops'] } },
      access: { account: { when: 'input.who != "nobody"' } },
      channels: { runs: { default: '#runs' }, alerts: { default: '#alerts' } },
      retry,
    }),
    frame: null,
  })
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
  return loaded.rules
}

const drawn = (retry: object = {}): WorkflowDiagram => diagramWorkflow(sample, rulesOf(retry))
const chartOf = (diagram: WorkflowDiagram, id: string) => {
  const chart = diagram.charts.find((each) => each.id === id)
  if (!chart) throw new Error(`no chart ${id}`)
  return chart
}
const notesOf = (diagram: WorkflowDiagram, chart: string, node: string): string =>
  chartOf(diagram, chart)
    .nodes.find(({ id }) => id === node)
    ?.notes.join(' ') ?? ''

describe('what a diagram tells', () => {
  it('shows each edge as what it carries, and joins the loose ends to start and done', () => {
    const edges = chartOf(drawn(), 'steps').edges.map(({ from, to, kind }) => `${from} ${kind} ${to}`)
    expect(edges).toEqual([
      'start order account',
      'account result laptop',
      'account order pay',
      'laptop result welcome',
      'pay optional welcome',
      'welcome order done',
    ])
  })

  it('says under which condition a step is done, and what falls away when it is skipped', () => {
    expect(notesOf(drawn(), 'steps', 'account')).toContain('when input.who != "nobody"')
    expect(notesOf(drawn(), 'steps', 'account')).toContain('skipped: Laptop & "bag" <new>, Welcome fall away')
    expect(notesOf(drawn(), 'steps', 'pay')).toContain('skipped: nothing else falls away')
  })

  it('says who is asked and what a refusal stops, and leads waits to no failure', () => {
    const text = readFileSync('rules.example.yml', 'utf8')
    const loaded = loadRules({ file: 'rules.example.yml', text, frame: null })
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
    const diagram = diagramWorkflow(equipmentRequest, loaded.rules)
    const approval = notesOf(diagram, 'steps', 'approval')
    expect(approval).toContain('1 to approve: the form’s manager')
    expect(approval).toContain('refused: Order it, The day it is needed, Say that it is there not done')
    expect(approval).not.toContain('skipped')
    expect(notesOf(diagram, 'steps', 'order')).toContain('by hand: Ops')
    expect(notesOf(diagram, 'steps', 'needed-on')).toBe('waits for its time')
    expect(diagram.charts.map(({ title }) => title)).toEqual(['The steps', 'A · When a step fails'])
  })

  it('draws what a failure leads to once for all steps that fail alike', () => {
    expect(drawn().charts.map(({ id }) => id)).toEqual(['steps', 'fails-a'])
    const own = drawn({ workflows: { sample: { steps: { pay: { tries: 1, back_off: [], at_the_end: 'ask' } } } } })
    expect(own.charts.map(({ title }) => title)).toEqual([
      'The steps',
      'A · When a step other than Pay fails',
      'B · When Pay fails',
    ])
    expect(notesOf(own, 'steps', 'pay')).toContain('if it fails: B')
  })

  it('shows no back-off and no second try where the policy has none', () => {
    const once = chartOf(drawn({ default: { tries: 1, back_off: [], at_the_end: 'ask' } }), 'fails-a')
    expect(once.nodes.map(({ id }) => id)).not.toContain('back-off')
    expect(once.edges.map(({ from, to, label }) => `${from}>${to}:${label ?? ''}`)).toContain('tries>end:failed')
    expect(once.edges.some(({ label }) => label === 'a try succeeds')).toBe(false)
    expect(once.nodes.find(({ id }) => id === 'end')?.title).toBe('Failed: the card asks')
  })

  it('takes tries, waits, the alert and the end from the rules', () => {
    const diagram = drawn({ default: { tries: 3, within: '30s', back_off: ['2m', '1h'], alert_after: '20s' } })
    expect(notesOf(diagram, 'fails-a', 'tries')).toContain('3 tries of a call within 30 s')
    expect(notesOf(diagram, 'fails-a', 'back-off')).toContain('after 2 min, 1 h')
    expect(notesOf(diagram, 'fails-a', 'card')).toContain('20 s after the first failed try')
    expect(chartOf(diagram, 'fails-a').nodes.find(({ id }) => id === 'card')?.title).toBe('Failure card in #alerts')
  })

  it('leads every outcome that Purser cannot settle to a person', () => {
    const { edges } = chartOf(drawn(), 'fails-a')
    for (const from of ['end', 'refused', 'unknown'])
      expect(edges).toContainEqual({ from, to: 'person', kind: 'result' })
  })
})

describe('the drawings', () => {
  it('writes durations as people do', () => {
    expect([500, 1500, 45_000, 90_000, 3_600_000].map(inWords)).toEqual([
      '500 ms',
      '1.5 s',
      '45 s',
      '1 min 30 s',
      '1 h',
    ])
  })

  it('escapes what would end a Mermaid label, and declares every node that an arrow names', () => {
    const text = toMermaid(drawn())
    expect(text).toContain('["Laptop & #quot;bag#quot; #lt;new#gt;<br/>')
    const declared = new Set([...text.matchAll(/^ {4}(n_\w+)[[({]/gm)].map((match) => match[1]))
    const named = [...text.matchAll(/^ {4}(n_\w+) \S+?(?:\|".*"\|)? (n_\w+)$/gm)].flatMap((match) => [
      match[1],
      match[2],
    ])
    expect(named.length).toBeGreaterThan(30)
    expect(named.filter((id) => !declared.has(id))).toEqual([])
  })

  it('lets no node lie over another, nor outside of the picture', () => {
    for (const chart of drawn().charts) {
      const { nodes, width, height } = layOut(chart)
      for (const a of nodes) {
        expect(a.x - a.width / 2).toBeGreaterThanOrEqual(0)
        expect(a.x + a.width / 2).toBeLessThanOrEqual(width)
        expect(a.y + a.height / 2).toBeLessThanOrEqual(height)
        for (const b of nodes.filter((other) => other !== a)) {
          const apart =
            Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2
          expect(apart, `${a.node.id} and ${b.node.id}`).toBe(true)
        }
      }
    }
  })

  it('is an SVG that says all its words escaped, and the same each time', () => {
    const picture = toSvg(drawn())
    expect(picture).toContain('Laptop &amp; &quot;bag&quot; &lt;new&gt;')
    expect(picture).not.toMatch(/NaN|undefined|Infinity/)
    expect(toSvg(drawn())).toBe(picture)
  })

  it('breaks words that are longer than a line', () => {
    const lines = wrap(`short ${'w'.repeat(60)}`, { size: 10, longest: 100 })
    expect(lines.join('')).toBe(`short${'w'.repeat(60)}`)
    expect(lines.length).toBeGreaterThan(5)
  })
})

describe('purser diagram', () => {
  it('writes the drawing of a workflow to a file, as the file’s name says', async () => {
    using folder = tempFolder()
    const file = join(folder.path, 'onboarding.svg')
    const ran = await runPurser(['diagram', 'employee-onboarding', '--out', file, '--rules', 'rules.example.yml'])
    expect(ran).toMatchObject({ code: 0, out: '' })
    expect(readFileSync(file, 'utf8')).toMatch(/^<svg .*\n[\s\S]*Google Workspace account[\s\S]*<\/svg>\n$/)
  })

  it('says what is wrong with a name, a format or the rules, and draws nothing', async () => {
    const unknown = await runPurser(['diagram', 'employee-onbording'])
    expect(unknown).toMatchObject({ code: 2, out: '' })
    expect(unknown.err).toContain('Did you mean employee-onboarding?')
    expect(await runPurser(['diagram', '--format', 'png'])).toMatchObject({ code: 2, out: '' })
    using folder = tempFolder()
    const rules = join(folder.path, 'rules.yml')
    writeFileSync(rules, 'groups: 1\n')
    const bad = await runPurser(['diagram', '--rules', rules])
    expect(bad).toMatchObject({ code: 2, out: '' })
    expect(bad.err).toContain('rules.yml:1:')
  })
})

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { workflows } from '../../workflows/index.ts'
import { UserMistake } from '../domain/errors.ts'
import { nearest } from '../domain/nearest.ts'
import type { WorkflowDefinition } from '../engine/define-workflow.ts'
import { loadRules, problemsInWords } from '../rules/load.ts'
import type { RulesFile } from '../rules/schema.ts'
import { rulesFrame } from '../rules-frame.ts'
import type { WorkflowDiagram } from './diagram-chart.ts'
import { toMermaid } from './diagram-mermaid.ts'
import { toSvg } from './diagram-svg.ts'
import { diagramWorkflow } from './diagram-workflow.ts'
import { readEnvironment } from './read-environment.ts'

const EXAMPLE = fileURLToPath(new URL('../../rules.example.yml', import.meta.url))

const FORMATS = {
  mermaid: { ending: 'mmd', draw: toMermaid },
  svg: { ending: 'svg', draw: toSvg },
} as const

/** `purser diagram [WORKFLOW] [--format mermaid|svg] [--out FILE] [--rules FILE]`: draws workflows with what failures do. */
export async function diagram(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { format: { type: 'string' }, out: { type: 'string' }, rules: { type: 'string' } },
  })
  const { out } = values
  const format = formatOf(values.format ?? (out?.endsWith('.svg') ? 'svg' : 'mermaid'))
  const [name] = positionals
  checkPlace(positionals, out)
  const rules = readRules(values.rules)
  const diagrams = chosen(name).map((definition) => diagramWorkflow(definition, rules))
  if (out === undefined) return print(diagrams, format)
  if (name === undefined) {
    mkdirSync(out, { recursive: true })
    for (const each of diagrams) writeFileSync(join(out, `${each.name}.${format.ending}`), format.draw(each))
  } else for (const each of diagrams) writeFileSync(out, format.draw(each))
  process.stderr.write(`Written to ${out}\n`)
}

/** One drawing makes a file, all of them a folder. */
function checkPlace(names: readonly string[], out: string | undefined): void {
  if (names.length > 1) {
    throw new UserMistake({
      code: 'several-workflows',
      message: `These are ${names.length} workflows: ${names.join(', ')}.`,
      hint: 'Name one, or none to draw all.',
    })
  }
  if (names.length === 1 || out === undefined || !/\.(svg|mmd)$/.test(out)) return
  throw new UserMistake({
    code: 'several-pictures',
    message: `All workflows do not fit in ${out}: each makes a file of its own.`,
    hint: 'Name one workflow, or give a folder: --out diagrams --format svg',
  })
}

type Format = (typeof FORMATS)[keyof typeof FORMATS]

function formatOf(name: string): Format {
  if (name === 'mermaid' || name === 'svg') return FORMATS[name]
  throw new UserMistake({
    code: 'no-such-format',
    message: `A diagram cannot be drawn as ${name}.`,
    hint: 'Use --format mermaid or --format svg.',
  })
}

function chosen(name: string | undefined): readonly WorkflowDefinition[] {
  if (name === undefined) return workflows
  const found = workflows.filter((each) => each.name === name)
  if (found.length > 0) return found
  const names = workflows.map((each) => each.name)
  const meant = nearest(name, names)
  throw new UserMistake({
    code: 'no-such-workflow',
    message: `There is no workflow called ${name}.`,
    hint: meant ? `Did you mean ${meant}?` : `There are: ${names.join(', ')}.`,
  })
}

/** The rules that hold here; the example's where there are none yet. */
function readRules(given: string | undefined): RulesFile {
  const wanted = given ?? (readEnvironment().PURSER_RULES?.trim() || 'rules.yml')
  const isExample = given === undefined && !existsSync(wanted)
  const path = isExample ? EXAMPLE : wanted
  if (isExample) process.stderr.write(`There is no ${wanted}: the policies are those of rules.example.yml.\n`)
  if (!existsSync(path)) {
    throw new UserMistake({
      code: 'no-rules-file',
      message: `There is no rules file ${path}.`,
      hint: 'Name the file that Purser runs with: --rules FILE.',
    })
  }
  const loaded = loadRules({ file: basename(path), text: readFileSync(path, 'utf8'), frame: rulesFrame(workflows) })
  if (loaded.ok) return loaded.rules
  throw new UserMistake({
    code: 'rules-file-unusable',
    message: `The rules file ${path} has mistakes:\n${problemsInWords(loaded.problems)}`,
    hint: 'Correct them first.',
  })
}

/** One drawing as it is; several Mermaid drawings as a page that shows them. */
function print(diagrams: readonly WorkflowDiagram[], format: Format): void {
  const [only] = diagrams
  if (diagrams.length === 1 && only) return void process.stdout.write(format.draw(only))
  if (format.ending === 'svg') {
    throw new UserMistake({
      code: 'several-pictures',
      message: 'Several workflows make several pictures.',
      hint: 'Name one workflow, or give a folder: --out diagrams',
    })
  }
  const page = diagrams.map((each) => `## ${each.title}\n\n\`\`\`mermaid\n${format.draw(each)}\`\`\`\n`)
  process.stdout.write(page.join('\n'))
}

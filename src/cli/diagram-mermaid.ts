import {
  type Chart,
  type ChartEdge,
  type ChartNode,
  EDGE_MEANINGS,
  type NodeLook,
  type WorkflowDiagram,
} from './diagram-chart.ts'

/** What stands before and behind a node's words gives its shape. */
const SHAPES: Readonly<Record<NodeLook, readonly [string, string]>> = {
  'edge-of-run': ['([', '])'],
  step: ['[', ']'],
  machine: ['(', ')'],
  question: ['{{', '}}'],
  alert: ['[/', '/]'],
  person: ['[[', ']]'],
  good: ['([', '])'],
  bad: ['[', ']'],
}

const ARROWS: Readonly<Record<ChartEdge['kind'], string>> = { result: '-->', optional: '--o', order: '-.->' }
const LEGEND = Object.entries(EDGE_MEANINGS).map(([kind, meaning]) => `${ARROWS[kind as ChartEdge['kind']]} ${meaning}`)

const STYLES = [
  'classDef alert fill:#fff4e0,stroke:#b26a00,color:#3d2600',
  'classDef bad fill:#fdecea,stroke:#b3261e,color:#410e0b',
  'classDef good fill:#e8f5e9,stroke:#2e7d32,color:#10300f',
  'classDef person fill:#ede7f6,stroke:#5e35b1,color:#21005d',
]
const STYLED: ReadonlySet<NodeLook> = new Set<NodeLook>(['alert', 'bad', 'good', 'person'])

/** The drawing as Mermaid text, for wikis and pull requests. */
export function toMermaid({ title, charts }: WorkflowDiagram): string {
  const [steps, ...failures] = charts
  const lines = ['---', `title: ${JSON.stringify(title)}`, '---', 'flowchart TB', `  %% ${LEGEND.join('; ')}`]
  for (const chart of charts) lines.push(...subgraph(chart))
  for (const failure of failures) {
    if (steps)
      lines.push(`  ${idOf(steps.id)} -. "${words(`a step with ${letterOf(failure)} fails`)}" .-> ${idOf(failure.id)}`)
  }
  return `${[...lines, ...STYLES.map((style) => `  ${style}`)].join('\n')}\n`
}

const letterOf = ({ title }: Chart): string => title.split(' ', 1)[0] ?? ''

function subgraph(chart: Chart): string[] {
  return [
    `  subgraph ${idOf(chart.id)} ["${words(chart.title)}"]`,
    '    direction LR',
    ...chart.nodes.map((node) => `    ${nodeText(chart, node)}`),
    ...chart.edges.map((edge) => `    ${edgeText(chart, edge)}`),
    '  end',
  ]
}

function nodeText(chart: Chart, { id, look, title, notes }: ChartNode): string {
  const [open, close] = SHAPES[look]
  const label = [title, ...notes].map(words).join('<br/>')
  return `${idOf(chart.id, id)}${open}"${label}"${close}${STYLED.has(look) ? `:::${look}` : ''}`
}

function edgeText(chart: Chart, { from, to, kind, label }: ChartEdge): string {
  const said = label === undefined ? '' : `|"${words(label)}"|`
  return `${idOf(chart.id, from)} ${ARROWS[kind]}${said} ${idOf(chart.id, to)}`
}

/** Prefixed, since Mermaid stumbles over some bare words, `end` among them. */
const idOf = (...parts: readonly string[]): string => `n_${parts.join('__').replace(/[^A-Za-z0-9_]/g, '_')}`

const ENTITIES: Readonly<Record<string, string>> = { '"': '#quot;', '#': '#35;', '<': '#lt;', '>': '#gt;', '`': '#96;' }
const words = (text: string): string => text.replace(/["#<>`]/g, (sign) => ENTITIES[sign] ?? sign).replace(/\s+/g, ' ')

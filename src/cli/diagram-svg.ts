import { type ChartEdge, EDGE_MEANINGS, type NodeLook, type WorkflowDiagram } from './diagram-chart.ts'
import {
  LABEL,
  layOut,
  NOTE,
  PADDING,
  type PlacedChart,
  type PlacedEdge,
  type PlacedNode,
  type Point,
  TITLE,
} from './diagram-layout.ts'
import { widthOf } from './diagram-text.ts'

interface Paint {
  fill: string
  stroke: string
  title: string
  note: string
  /** Radius of the corners; half the height when null. */
  radius: number | null
}

const PLAIN = { fill: '#ffffff', stroke: '#7d8aa3', title: '#16213a', note: '#4a5672' }
const PAINTS: Readonly<Record<NodeLook, Paint>> = {
  'edge-of-run': { fill: '#26324f', stroke: '#26324f', title: '#ffffff', note: '#dbe2f2', radius: 22 },
  step: { ...PLAIN, radius: 8 },
  machine: { fill: '#eef3fd', stroke: '#4a6fb5', title: '#152a52', note: '#3b4f78', radius: 8 },
  question: { fill: '#f7f7ef', stroke: '#8a8456', title: '#3a361a', note: '#5c5733', radius: 22 },
  alert: { fill: '#fff4e0', stroke: '#b26a00', title: '#4a2e00', note: '#6b4a14', radius: 8 },
  person: { fill: '#f1ecfa', stroke: '#5e35b1', title: '#2d1266', note: '#4b3a72', radius: 8 },
  good: { fill: '#e8f5e9', stroke: '#2e7d32', title: '#123f16', note: '#2f5a33', radius: 22 },
  bad: { fill: '#fdecea', stroke: '#b3261e', title: '#5c120d', note: '#7a322d', radius: 8 },
}

const DASHES: Readonly<Record<ChartEdge['kind'], string>> = { result: '', optional: '6 4', order: '1.5 4' }

const MARGIN = 32
const HEADING = 54
const CHART_TITLE = 34
const PANEL = { pad: 20, gap: 24 }
const LEGEND = 34

/** The drawing as an SVG picture: it needs no script, no font of its own and no network. */
export function toSvg(diagram: WorkflowDiagram): string {
  const placed = diagram.charts.map((chart) => ({ title: chart.title, chart: layOut(chart) }))
  const inner = Math.max(...placed.map(({ chart }) => chart.width), 560)
  const width = Math.ceil(inner + 2 * (PANEL.pad + MARGIN))
  const parts: string[] = []
  let y = MARGIN + HEADING
  for (const { title, chart } of placed) {
    parts.push(panel({ title, chart, y, width: width - 2 * MARGIN }))
    y += panelHeight(chart) + PANEL.gap
  }
  const height = Math.ceil(y - PANEL.gap + LEGEND + MARGIN)
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    `  role="img" aria-labelledby="title" font-family="system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', sans-serif">`,
    `<title id="title">${xml(diagram.title)}</title>`,
    ARROW_HEAD,
    `<rect width="${width}" height="${height}" fill="#f4f6fa"/>`,
    text({ x: MARGIN, y: MARGIN + 22, size: 22, fill: PLAIN.title, bold: true }, diagram.title),
    ...parts,
    legend(height - MARGIN),
    '</svg>',
  ].join('\n')}\n`
}

const ARROW_HEAD =
  '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">' +
  '<path d="M0 0.6 L7.4 4 L0 7.4 Z" fill="#5b6884"/></marker></defs>'

const panelHeight = (chart: PlacedChart): number => CHART_TITLE + chart.height + 2 * PANEL.pad

function panel({ title, chart, y, width }: { title: string; chart: PlacedChart; y: number; width: number }): string {
  return [
    `<g transform="translate(${MARGIN} ${round(y)})">`,
    `<rect width="${width}" height="${round(panelHeight(chart))}" rx="12" fill="#fbfcfe" stroke="#d5dbe7"/>`,
    text({ x: PANEL.pad, y: 30, size: 15, fill: '#2c3a5a', bold: true }, title),
    `<g transform="translate(${round((width - chart.width) / 2)} ${CHART_TITLE + PANEL.pad - 4})">`,
    ...chart.edges.map(drawEdge),
    ...chart.nodes.map(drawNode),
    ...chart.edges.map(drawLabel),
    '</g></g>',
  ].join('\n')
}

function drawNode({ node, title, notes, x, y, width, height }: PlacedNode): string {
  const paint = PAINTS[node.look]
  const box =
    `<rect x="${round(x - width / 2)}" y="${round(y - height / 2)}" width="${round(width)}" height="${round(height)}"` +
    ` rx="${paint.radius ?? round(height / 2)}" fill="${paint.fill}" stroke="${paint.stroke}" stroke-width="1.3"/>`
  const top = y - height / 2 + PADDING.y
  const left = x - width / 2 + PADDING.x
  const titles = title.map((line, index) =>
    text({ x: left, y: top + TITLE.size + index * TITLE.line, size: TITLE.size, fill: paint.title, bold: true }, line),
  )
  const below = top + title.length * TITLE.line + PADDING.between
  const small = notes.map((line, index) =>
    text({ x: left, y: below + NOTE.size + index * NOTE.line, size: NOTE.size, fill: paint.note }, line),
  )
  return [box, ...titles, ...small].join('\n')
}

const drawEdge = ({ edge, points }: PlacedEdge): string => line(pathThrough(points), edge.kind)

const line = (path: string, kind: ChartEdge['kind']): string =>
  `<path d="${path}" fill="none" stroke="#5b6884" stroke-width="1.4"${
    DASHES[kind] === '' ? '' : ` stroke-dasharray="${DASHES[kind]}" stroke-linecap="round"`
  } marker-end="url(#arrow)"/>`

function drawLabel({ edge, label }: PlacedEdge): string {
  if (label === null || edge.label === undefined) return ''
  const width = widthOf(edge.label, LABEL.size) + 8
  return [
    `<rect x="${round(label.x - width / 2)}" y="${round(label.y - LABEL.line / 2)}" width="${round(width)}"` +
      ` height="${LABEL.line}" rx="4" fill="#fbfcfe" fill-opacity="0.92"/>`,
    text({ x: label.x, y: label.y + 4, size: LABEL.size, fill: '#3d4a66', middle: true }, edge.label),
  ].join('\n')
}

/** A smooth line: bends at the points, straight into its ends. */
function pathThrough(points: readonly Point[]): string {
  const [first, ...rest] = points
  const last = rest.at(-1)
  if (!first || !last) return ''
  const bends = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? last
    const end = index === rest.length - 2 ? last : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 }
    return `Q${round(point.x)} ${round(point.y)} ${round(end.x)} ${round(end.y)}`
  })
  return bends.length === 0
    ? `M${round(first.x)} ${round(first.y)} L${round(last.x)} ${round(last.y)}`
    : `M${round(first.x)} ${round(first.y)} ${bends.join(' ')}`
}

function legend(y: number): string {
  let x = MARGIN
  return Object.entries(EDGE_MEANINGS)
    .map(([kind, meaning]) => {
      const sample = line(`M${x} ${y - 4} L${x + 42} ${y - 4}`, kind as ChartEdge['kind'])
      const said = text({ x: x + 52, y, size: NOTE.size, fill: PLAIN.note }, meaning)
      x += Math.ceil(52 + widthOf(meaning, NOTE.size) + 28)
      return `${sample}\n${said}`
    })
    .join('\n')
}

interface TextLook extends Point {
  size: number
  fill: string
  bold?: boolean
  middle?: boolean
}

const text = ({ x, y, size, fill, bold, middle }: TextLook, words: string): string =>
  `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${fill}"${bold ? ' font-weight="600"' : ''}${
    middle ? ' text-anchor="middle"' : ''
  }>${xml(words)}</text>`

const round = (value: number): number => Math.round(value * 10) / 10

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** Characters that XML cannot hold are left out. */
const xml = (words: string): string =>
  words
    .toWellFormed()
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, '')
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)

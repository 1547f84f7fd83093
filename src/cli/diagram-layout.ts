import { Graph, layout } from '@dagrejs/dagre'
import type { Chart, ChartEdge, ChartNode } from './diagram-chart.ts'
import { widthOf, wrap } from './diagram-text.ts'

export interface Point {
  x: number
  y: number
}

/** A node with its place; `x` and `y` are its middle. */
export interface PlacedNode extends Point {
  node: ChartNode
  /** The words, broken into lines that fit. */
  title: readonly string[]
  notes: readonly string[]
  width: number
  height: number
}

export interface PlacedEdge {
  edge: ChartEdge
  points: readonly Point[]
  /** The middle of its label. */
  label: Point | null
}

export interface PlacedChart {
  width: number
  height: number
  nodes: readonly PlacedNode[]
  edges: readonly PlacedEdge[]
}

/** Sizes in pixels, shared with the drawing. */
export const TITLE = { size: 14, line: 19, longest: 220 }
export const NOTE = { size: 11.5, line: 16, longest: 275 }
export const LABEL = { size: 11, line: 16 }
export const PADDING = { x: 16, y: 12, between: 4 }

/** Gives every node and arrow of a chart its place, from left to right. */
export function layOut(chart: Chart): PlacedChart {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', nodesep: 26, ranksep: 48, edgesep: 22, marginx: 4, marginy: 4 })
  const sized = new Map(chart.nodes.map((node) => [node.id, sizeOf(node)]))
  for (const [id, { width, height }] of sized) graph.setNode(id, { width, height })
  chart.edges.forEach((edge, index) => {
    const label = edge.label === undefined ? {} : { width: widthOf(edge.label, LABEL.size) + 10, height: LABEL.line }
    graph.setEdge(edge.from, edge.to, { ...label, labelpos: 'c' }, String(index))
  })
  layout(graph)
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number }
  return {
    width,
    height,
    nodes: [...sized].map(([id, size]) => ({ ...size, ...placeOf(graph.node(id)) })),
    edges: chart.edges.map((edge, index) => {
      const placed = graph.edge(edge.from, edge.to, String(index)) as Partial<Point> & { points?: Point[] }
      return { edge, points: placed.points ?? [], label: edge.label === undefined ? null : placeOf(placed) }
    }),
  }
}

const placeOf = ({ x = 0, y = 0 }: Partial<Point>): Point => ({ x, y })

/** How much wider bold letters are. */
const BOLD = 1.12

function sizeOf(node: ChartNode): Omit<PlacedNode, keyof Point> {
  const title = wrap(node.title, TITLE)
  const notes = node.notes.flatMap((note) => wrap(note, NOTE))
  const widest = Math.max(
    ...title.map((line) => BOLD * widthOf(line, TITLE.size)),
    ...notes.map((line) => widthOf(line, NOTE.size)),
  )
  const text = title.length * TITLE.line + (notes.length > 0 ? PADDING.between + notes.length * NOTE.line : 0)
  return { node, title, notes, width: Math.ceil(widest) + 2 * PADDING.x, height: text + 2 * PADDING.y }
}

/** What a node is; drawn by its shape and colour, and told by its words too. */
export type NodeLook = 'edge-of-run' | 'step' | 'machine' | 'question' | 'alert' | 'person' | 'good' | 'bad'

export interface ChartNode {
  id: string
  look: NodeLook
  title: string
  /** Small print below the title, a line each. */
  notes: readonly string[]
}

export interface ChartEdge {
  from: string
  to: string
  /** `result`: it carries a result; `order`: it only comes before; `optional`: its result is used when there is one. */
  kind: 'result' | 'order' | 'optional'
  label?: string
}

export interface Chart {
  id: string
  title: string
  nodes: readonly ChartNode[]
  edges: readonly ChartEdge[]
}

/** A workflow as it is drawn: its graph, then what happens when a step fails, once for each policy. */
export interface WorkflowDiagram {
  name: string
  title: string
  charts: readonly Chart[]
}

/** What the kinds of arrows mean, for whoever looks at a drawing. */
export const EDGE_MEANINGS: Readonly<Record<ChartEdge['kind'], string>> = {
  result: 'takes its result',
  optional: 'takes its result if there is one',
  order: 'only comes after it',
}

import type { DataTableBlock, TableBlock } from '@slack/types'
import { inOrder } from '../text/in-order.ts'
import { RichText } from '../text/rich-text.tsx'

type Cell = TableBlock['rows'][number][number]

/** A `table` or `data_table` block; the first row is its head. */
export function BlockTable({ block }: { block: TableBlock | DataTableBlock }) {
  const [head = [], ...rows] = block.rows as Cell[][]
  const settings = block.type === 'table' ? (block.column_settings ?? []) : []
  const className = (column: number) => {
    const { align = 'left', is_wrapped: wrapped = false } = settings[column] ?? {}
    return `align-${align} ${wrapped ? '' : 'nowrap'}`
  }
  return (
    <div className="table-scroll">
      <table>
        {block.type === 'data_table' && <caption>{block.caption}</caption>}
        <thead>
          <tr>
            {inOrder(head, (cell, column) => (
              <th scope="col" className={className(column)}>
                <CellText cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {inOrder(rows, (row) => (
            <tr>
              {inOrder(row, (cell, column) => (
                <td className={className(column)}>
                  <CellText cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function CellText({ cell }: { cell: Cell }) {
  if (cell.type === 'rich_text') return <RichText block={cell} />
  return cell.type === 'raw_text' ? cell.text : 'value' in cell ? String(cell.value) : null
}

import type { AlertBlock, ContainerBlock, PlanBlock, TaskCardBlock } from '@slack/types'
import type { ReactNode } from 'react'
import { inOrder } from '../text/in-order.ts'
import { Emoji, OutsideLink } from '../text/inline.tsx'
import { RichText } from '../text/rich-text.tsx'
import { Plain, Text } from '../text/text.tsx'

const alertMarks = {
  default: 'speech_balloon',
  info: 'information_source',
  warning: 'warning',
  error: 'no_entry',
  success: 'white_check_mark',
}

/** An `alert` block. */
export function Alert({ block }: { block: AlertBlock }) {
  const level = block.level ?? 'default'
  return (
    <div className={`alert alert-${level}`}>
      <Emoji name={alertMarks[level]} />
      <div>
        <Text text={block.text} />
      </div>
    </div>
  )
}

/** A `container` block: blocks under a title, folded away when it asks for that. */
export function Container({ block, children }: { block: ContainerBlock; children: ReactNode }) {
  const title = (
    <>
      <strong>
        {block.title && <Plain text={block.title} />}
        {block.rich_text_title && <RichText block={block.rich_text_title} />}
      </strong>
      {block.subtitle && (
        <small>
          <Text text={block.subtitle} />
        </small>
      )}
    </>
  )
  if (!block.is_collapsible) {
    return (
      <div className="container">
        <div className="container-title">{title}</div>
        {children}
      </div>
    )
  }
  return (
    <details className="container" open={!block.default_collapsed}>
      <summary className="container-title">{title}</summary>
      {children}
    </details>
  )
}

const taskMarks = {
  pending: { mark: '○', word: 'pending' },
  in_progress: { mark: '◐', word: 'in progress' },
  complete: { mark: '✓', word: 'complete' },
  error: { mark: '✕', word: 'failed' },
}

/** A `task_card` block. */
export function TaskCard({ task }: { task: TaskCardBlock }) {
  const { mark, word } = taskMarks[task.status]
  return (
    <div className={`task task-${task.status}`}>
      <span className="task-mark" role="img" aria-label={word} title={word}>
        {mark}
      </span>
      <div>
        <div className="task-title">{task.title}</div>
        {task.details && <RichText block={task.details} />}
        {task.output && <RichText block={task.output} />}
        {task.sources && (
          <div className="task-sources">
            {inOrder(task.sources, (source) => (
              <OutsideLink url={source.url}>{source.text}</OutsideLink>
            ))}
          </div>
        )}
      </div>
    </div>
  )
}

/** A `plan` block: a title and its tasks. */
export function Plan({ block }: { block: PlanBlock }) {
  const tasks = (block.tasks ?? []) as TaskCardBlock[]
  return (
    <div className="plan">
      <strong>{block.title}</strong>
      {inOrder(tasks, (task) => (
        <TaskCard task={task} />
      ))}
    </div>
  )
}

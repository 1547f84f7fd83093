/** What the code that is running expects of a rules file: its workflows and what they ask for by name. */
export interface RulesFrame {
  /** Step names by workflow. */
  workflows: Readonly<Record<string, readonly string[]>>
  /** Access rules that the workflows ask. */
  access: readonly string[]
  /** Approvals and tasks for which the workflows ask who is asked. */
  approvals: readonly string[]
  tasks: readonly string[]
  /** Events that the workflows wait for. */
  events: readonly string[]
  /** Of each workflow's input: its fields, those that must be there, and what it says against an input, by field. */
  inputs: Readonly<Record<string, InputFrame>>
  /** Fields of all workflows' inputs. */
  inputFields: readonly string[]
}

export interface InputFrame {
  fields: readonly string[]
  required: readonly string[]
  check(input: unknown): Readonly<Record<string, string>>
}

/** What the code that is running expects of a rules file: its workflows and what they ask for by name. */
export interface RulesFrame {
  /** Step names by workflow. */
  workflows: Readonly<Record<string, readonly string[]>>
  /** Access rules that the workflows ask. */
  access: readonly string[]
  /** Approvals and tasks for which the workflows ask who is asked. */
  approvals: readonly string[]
  tasks: readonly string[]
  /** Fields of all workflows' inputs. */
  inputFields: readonly string[]
}

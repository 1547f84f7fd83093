import { type Document, parseDocument, visit } from 'yaml'
import { missingAccess } from './access-schema.ts'
import { missingAskings } from './asking-schema.ts'
import { type Explained, explainIssue } from './explain-issue.ts'
import { Places } from './places.ts'
import type { RulesFrame } from './rules-frame.ts'
import { type RulesFile, rulesSchema } from './schema.ts'

/** Something wrong with a rules file: where, what, and the way out. */
export interface RulesProblem {
  file: string
  /** From 1. */
  line: number
  /** From 1. */
  column: number
  message: string
  suggestion: string
}

export type LoadedRules = { ok: true; rules: RulesFile } | { ok: false; problems: readonly RulesProblem[] }

interface RulesText {
  /** Its name, for the problems. */
  file: string
  text: string
  /** Null: any workflow, step and access rule may be named. */
  frame: RulesFrame | null
}

const LONGEST_TEXT = 1_000_000

/** Reads a rules file's text as a whole; every problem is told, in the order of the text. */
export function loadRules({ file, text, frame }: RulesText): LoadedRules {
  const problem = (offset: number, message: string, suggestion: string): RulesProblem => {
    // The parser's own count does not know of lines that it has not come to.
    const before = text.slice(0, offset)
    const column = before.length - before.lastIndexOf('\n')
    return { file, line: before.split('\n').length, column, message, suggestion }
  }
  const refused = (problems: readonly RulesProblem[]): LoadedRules => ({
    ok: false,
    problems: [...problems].sort((a, b) => a.line - b.line || a.column - b.column),
  })
  if (text.length > LONGEST_TEXT) {
    return refused([problem(0, 'the file is larger than 1 MB', 'keep only rules in it')])
  }
  const document = parseDocument(text, { prettyErrors: false, stringKeys: true })
  const syntax = [...document.errors, ...document.warnings]
  if (syntax.length > 0) {
    return refused(
      syntax.map(({ pos, code, message }) => problem(pos[0], `not valid YAML: ${message}`, yamlRemedy(code))),
    )
  }
  const alias = unresolvedAlias(document)
  if (alias !== null) return refused([problem(alias, 'not valid YAML: * begins an alias', 'put the value in quotes')])
  const raw = plain(document)
  if (raw instanceof Error) return refused([problem(0, raw.message, 'write the values out instead of using aliases')])
  if (raw === null) return refused([problem(0, 'the file is empty', 'begin with a copy of rules.example.yml')])
  const checked = check(raw, frame)
  if (checked.ok) return checked
  const places = new Places(document, text)
  return refused(checked.problems.map((each) => problem(placeOf(each, places), ...wording(each, places))))
}

/** Problems as a list that a person reads: place, what is wrong, and the way out, one to a line. */
export const problemsInWords = (problems: readonly RulesProblem[]): string =>
  problems
    .map(({ file, line, column, message, suggestion }) => `${file}:${line}:${column}: ${message} (${suggestion})`)
    .join('\n')

/** Where a value begins with * that was meant as text. */
function unresolvedAlias(document: Document): number | null {
  let place: number | null = null
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document)) return undefined
      place = alias.range?.[0] ?? 0
      return visit.BREAK
    },
  })
  return place
}

/** The document's values; an error when aliases blow up. */
function plain(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

function check(
  raw: unknown,
  frame: RulesFrame | null,
): { ok: true; rules: RulesFile } | { ok: false; problems: Explained[] } {
  const schema = rulesSchema(keysOf(raw, 'groups'), frame)
  const parsed = schema.safeParse(raw)
  const problems = parsed.error?.issues.flatMap((issue) => explainIssue(issue, schema, raw)) ?? []
  for (const { name, suggestion } of frame ? missingAccess(keysOf(raw, 'access'), frame) : []) {
    const message = `the access rule "${name}" is missing, which a workflow asks for`
    problems.push({ path: ['access', name], about: 'missing', message, suggestion, offset: 0 })
  }
  for (const section of ['approvals', 'tasks'] as const) {
    for (const { name, suggestion } of frame ? missingAskings(frame[section], keysOf(raw, section)) : []) {
      const message = `"${name}" is missing under ${section}, which a workflow asks for`
      problems.push({ path: [section, name], about: 'missing', message, suggestion, offset: 0 })
    }
  }
  return parsed.success && problems.length === 0 ? { ok: true, rules: parsed.data } : { ok: false, problems }
}

function keysOf(raw: unknown, section: string): string[] {
  const value = typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>)[section] : null
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}

function placeOf({ path, about, offset }: Explained, places: Places): number {
  if (about === 'key') return places.ofKey(path)
  return about === 'missing' ? places.ofKey(path.slice(0, -1)) : places.ofValue(path, offset)
}

/** A value that begins with # is a comment to YAML: the commonest mistake with channels, told as what it is. */
function wording({ path, about, message, suggestion }: Explained, places: Places): [string, string] {
  const comment = about === 'value' ? places.commentAt(path) : null
  if (comment === null) return [message, suggestion]
  return ['nothing stands here: # begins a comment', `put it in quotes: "#${comment}"`]
}

const YAML_REMEDIES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'keep one of the two, with what both say',
  TAB_AS_INDENT: 'indent with spaces, not tabs',
  BAD_INDENT: 'close the bracket above, or indent the entries of one map or list alike',
  MULTIPLE_DOCS: 'remove the line ---: one file is one document',
  BLOCK_AS_IMPLICIT_KEY: 'put values that contain ": " in quotes',
  MULTILINE_IMPLICIT_KEY: 'end the key with a colon and a space',
  MISSING_CHAR: 'close the quote or bracket, and put a colon and a space behind keys',
  BAD_SCALAR_START: 'put values that begin with a sign such as @ or ` in quotes',
  BAD_ALIAS: 'put values that begin with * or & in quotes',
  TAG_RESOLVE_FAILED: 'put values that begin with ! in quotes',
  UNEXPECTED_TOKEN: 'put the value in quotes, or look for a bracket or quote too many',
}
const yamlRemedy = (code: string): string =>
  YAML_REMEDIES[code] ?? 'compare the indentation and the colons with rules.example.yml'

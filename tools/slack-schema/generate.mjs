import { writeFileSync } from 'node:fs'
import { createGenerator } from 'ts-json-schema-generator'

const at = (path) => new URL(path, import.meta.url).pathname

const { definitions } = createGenerator({
  path: at('outgoing.ts'),
  tsconfig: at('tsconfig.json'),
  expose: 'all',
  jsDoc: 'none',
  additionalProperties: false,
  sortProps: true,
}).createSchema('*')

// The types let any block pass as one that they do not know yet; Slack does not.
definitions.AnyBlock = { $ref: '#/definitions/KnownBlock' }
delete definitions.Block

const schema = { $schema: 'http://json-schema.org/draft-07/schema#', definitions }
writeFileSync(at('../../test/views/slack-schema.json'), `${JSON.stringify(schema, null, 2)}\n`)

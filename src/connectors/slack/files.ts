import { z } from 'zod'
import type { LookFirstOperation, UpsertOperation } from '../../domain/operation.ts'
import { asJson, Done, formCall, jsonCall, slackCall } from './method.ts'

export interface UploadPlace {
  fileId: string
  /** Whoever has it may upload: it reaches no log and no ledger. */
  url: string
}

/** Asks for a place to upload to; one that is not used is forgotten by Slack. */
export const uploadPlace: UpsertOperation<{ name: string; bytes: number }, UploadPlace> = {
  ...slackCall,
  class: 'U',
  name: 'files.getUploadURLExternal',
  title: 'ask for a place to upload to',
  request: ({ name, bytes }) => formCall('files.getUploadURLExternal', { filename: name, length: bytes }),
  answer: z
    .looseObject({ file_id: z.string(), upload_url: z.url() })
    .transform((body) => ({ fileId: body.file_id, url: body.upload_url })),
}

/** Uploads a file to the place; the same bytes once more change nothing. */
export const fileUpload: UpsertOperation<{ url: string; bytes: Uint8Array }, { ok: true }> = {
  ...slackCall,
  class: 'U',
  name: 'files.upload',
  title: 'upload the file',
  anonymous: true,
  /** An export holds what belongs to many people; here it would be out of reach of erasing. */
  dropBodies: true,
  request: ({ url, bytes }) => ({
    method: 'POST',
    path: '/upload',
    url,
    bytes,
    headers: { 'content-type': 'application/octet-stream' },
  }),
  answer: z.unknown().transform((): { ok: true } => ({ ok: true })),
}

export interface FinishedFile {
  fileId: string
  title: string
  channel: string
  threadTs?: string | undefined
  comment?: string | undefined
}

/** Shows the uploaded file in a channel; what Slack does with a repetition is not known, so that it is a person's call. */
export const uploadComplete: LookFirstOperation<FinishedFile, { ok: true }> = {
  ...slackCall,
  class: 'L',
  name: 'files.completeUploadExternal',
  title: 'share the file',
  request: ({ fileId, title, channel, threadTs, comment }) =>
    jsonCall('files.completeUploadExternal', {
      files: asJson([{ id: fileId, title }]),
      channel_id: channel,
      thread_ts: threadTs,
      initial_comment: comment,
    }),
  answer: Done,
  naturalKey: ({ fileId }) => fileId,
  lookBeforeFirstWrite: false,
  indexLagMs: 0,
  find: async () => ({ kind: 'cannot-tell', why: 'Slack does not say where a file was shared.' }),
}

import type { Env } from '../env.ts';
import { isRecording, kindOfName } from './kinds.ts';
import { requireHearing } from './recording/hearing-model.ts';
import { checkUploadSize } from './upload.ts';

/** Refuses a file by its name and size before a byte of it is sent. */
export async function checkUpload(file: { fileName: string; sizeBytes: number }, env: Env): Promise<void> {
  const isHeard = isRecording(kindOfName(file.fileName));
  if (isHeard) await requireHearing(env);
  checkUploadSize(file.sizeBytes, isHeard ? env.RECORDING_MAX_BYTES : env.UPLOAD_MAX_BYTES);
}

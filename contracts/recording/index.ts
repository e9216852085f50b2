/** Recordings: files of exchanges read as streams, and written so that they can be read at any moment. */
export { createHarWriter, createNdjsonWriter } from './writer.ts';
export type { RecordingWriter } from './writer.ts';
export { readRecording } from './read-recording.ts';
export { RecordingError } from './recording-error.ts';
export type { Aside, Flaw, Hints, ReadOptions, RecordedExchange, Recording, RecordingItem } from './recording.ts';

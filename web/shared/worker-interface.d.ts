// What the worker offers and the page calls: worker/worker.js is checked against it, sdk/ sees it through Comlink.
import type { AgentEvent, StartResult } from "../messages.js";
import type { ErrorFields } from "./errors.js";
import type { Methods } from "./methods.js";

/** How far a phase of the start, or the reading of files, has come: in bytes where they are known, else in steps. */
export type Progress = { phase: string; done: number; total: number };

export type OnProgress = (progress: Progress) => void;

/** What an instance is opened with; the defaults are the worker's. */
export interface StartOptions {
  kernels?: "auto" | "simd" | "scalar";
  storage?: "indexeddb" | "memory";
  databaseName?: string;
  seed?: number;
  maxEpisodes?: number;
}

/** A file under the name that reports call it by. */
export interface NamedBlob {
  name: string;
  blob: Blob;
}

/** How a call ended, with a value or an error, and what happened to agents until then. */
export interface Outcome<Value = unknown> {
  value?: Value;
  error?: ErrorFields;
  events: AgentEvent[];
}

/** Methods that the worker answers itself: on the kernels alone, or about Pyodide. */
export interface WorkerMethods {
  "batch.similaritySearch": {
    params: { query: Float32Array; rows: Float32Array; k: number };
    result: { index: number; score: number }[];
  };
  "batch.qUpdate": {
    params: { qValues: Float32Array; rewards: Float32Array; nextMaxQ: Float32Array; alpha: number; gamma: number };
    result: Float32Array;
  };
  "debug.liveProxies": { params: {}; result: number };
}

/** All that `call` takes. */
export interface CallMethods extends Methods, WorkerMethods {}

export interface WorkerInterface {
  /** Hold a lock as long as the worker lives; false where the browser has no locks. */
  hold(lock: string): Promise<boolean>;
  /** Start Python with all that stands on it. */
  start(options: StartOptions, onProgress: OnProgress): Promise<Outcome<StartResult>>;
  /** Call a method of `CallMethods`. */
  call(method: string, params: object): Promise<Outcome>;
  /** Call a method of `FileMethods`; `id` is the page's own number for it, to stop it by. */
  load(id: number, method: string, params: object, files: NamedBlob[], onProgress: OnProgress): Promise<Outcome>;
  /** Stop a load that the page gave up; its call ends with an error. */
  stop(id: number): void;
}

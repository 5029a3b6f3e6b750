// What wasm-bindgen generates for rust-simd/src/api.rs, as far as these modules use it.

export class Workspace {
  constructor(block: number);
  free(): void;
  f32_column(index: number): number;
  f64_column(index: number): number;
  bits(): number;
  q_update(n: number, alpha: number, gamma: number): void;
  check_ranges(n: number): number;
  aggregate_begin(threshold: number): void;
  aggregate_push(n: number): void;
  total(): number;
  weighted_total(): number;
  maximum(): number;
  count_above(): number;
}

export class Matrix {
  constructor(n_rows: number, dimensions: number);
  free(): void;
  rows(): number;
  stride(): number;
  seal(): void;
  query(): number;
  search(k: number): number;
  indices(): number;
  scores(): number;
  size_bytes(): number;
}

export interface Glue {
  default(options: { module_or_path: URL | Response | WebAssembly.Module }): Promise<unknown>;
  __wbg_reset_state(): void;
  Workspace: typeof Workspace;
  Matrix: typeof Matrix;
  wasm_memory(): WebAssembly.Memory;
  is_simd(): boolean;
  version(): string;
}

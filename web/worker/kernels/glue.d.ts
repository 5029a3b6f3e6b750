// What wasm-bindgen generates for rust-simd/src/api.rs, as far as these modules use it.

export class Workspace {
  constructor(block: number);
  free(): void;
  f32_column(index: number): number;
  f64_column(index: number): number;
  u32_column(): number;
  bits(): number;
  set_members(numbers: Float64Array): void;
  check_members(n: number): number;
  groups_begin(n_groups: number): void;
  groups_push(n: number, first: number, threshold: number): void;
  groups(): number;
  q_update(n: number, alpha: number, gamma: number): void;
  check_ranges(n: number): number;
  aggregate_begin(threshold: number): void;
  aggregate_push(n: number): void;
  total(): number;
  weighted_total(): number;
  minimum(): number;
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
  queries(n: number): number;
  search_many(k: number): number;
  indices(): number;
  scores(): number;
  size_bytes(): number;
}

export class Index {
  constructor(
    dimensions: number,
    m: number,
    m_max0: number,
    ef_construction: number,
    ef_search: number,
    seed: number,
    int8: boolean,
    exact_up_to: number,
  );
  static from_bytes(bytes: Uint8Array): Index;
  free(): void;
  to_bytes(): Uint8Array;
  reserve(n_more: number): void;
  rows(n: number): number;
  ids(n: number): number;
  check_rows(first: number): void;
  add(): void;
  compact(): void;
  remove(id: number): boolean;
  contains(id: number): boolean;
  search(k: number, ef: number, is_filtered: boolean): number;
  found_ids(): number;
  found_distances(): number;
  count(): number;
  dimensions(): number;
  has_graph(): boolean;
  memory_bytes(): number;
}

export class QTable {
  constructor(n_actions: number);
  free(): void;
  begin(n: number): void;
  u32_column(index: number): number;
  f32_column(): number;
  intern(text: Uint8Array): void;
  find(key: Uint8Array): number;
  update(alpha: number, gamma: number, now: number): void;
  best(): void;
  row(state: number): void;
  export_entries(): number;
  merge(): void;
  clear(): void;
  key_text(): number;
  key_text_bytes(): number;
  key_ends(): number;
  n_states(): number;
  n_visited(): number;
  memory_bytes(): number;
}

export interface Glue {
  default(options: { module_or_path: URL | Response | WebAssembly.Module }): Promise<unknown>;
  __wbg_reset_state(): void;
  Workspace: typeof Workspace;
  Matrix: typeof Matrix;
  Index: typeof Index;
  QTable: typeof QTable;
  wasm_memory(): WebAssembly.Memory;
  is_simd(): boolean;
  version(): string;
}

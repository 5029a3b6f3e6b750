"""The Rust kernels: two modules, each in a simd128 and a scalar build, one with wasm-bindgen's JavaScript.

A module that holds v128 instructions does not load where SIMD is missing, hence two files.
"""

import os
import shutil
from pathlib import Path

from building.commands import BuildError, run
from building.layout import CACHE, KERNELS, NODE_MODULES, RUST, TYPES, files_below
from building.parts import wasm_module
from building.steps import Step
from building.tools.rust import BINDGEN, TARGET, TEST_RUNNER, rustc_version

BUILDS = {"simd": "+simd128", "scalar": "-simd128"}
# What a crate's module is called, where not after the crate.
MODULES = {"module": "elex_kernels"}
# What wasm-bindgen's glue and rustc's baseline use; wasm-opt refuses what is not named.
FEATURES = (
    "bulk-memory",
    "mutable-globals",
    "multivalue",
    "nontrapping-float-to-int",
    "reference-types",
    "sign-ext",
)


def steps() -> list[Step]:
    """Return one step per build."""
    return [_step(build) for build in BUILDS]


def _step(build: str) -> Step:
    return Step(
        f"kernels-{build}",
        f"Compile the {build} kernels",
        lambda: [
            *files_below(RUST),
            Path(__file__),
            Path(wasm_module.__file__),
            rustc_version(),
        ],
        (KERNELS / build, TYPES / "wasm" / build),
        lambda: compile_kernels(build, KERNELS / build),
    )


def cargo_environment(build: str) -> dict[str, str]:
    """Return what makes cargo compile for one build and test it on wasm under Node.

    Each build has a target folder of its own, else cargo starts over at every switch.
    """
    # Paths of this machine would otherwise stand in the module.
    cargo_home = os.environ.get("CARGO_HOME", str(Path.home() / ".cargo"))
    paths = (f"--remap-path-prefix={RUST}=rust-simd", f"--remap-path-prefix={cargo_home}=/cargo")
    flags = (f"-Ctarget-feature={BUILDS[build]}", *paths)
    return {
        "CARGO_ENCODED_RUSTFLAGS": "\x1f".join(flags),
        "CARGO_TARGET_DIR": str(CACHE / "cargo-target" / build),
        "CARGO_BUILD_TARGET": TARGET,
        # By name and PATH: cargo would split a path at its blanks.
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER": TEST_RUNNER.name,
        "PATH": f"{TEST_RUNNER.parent}{os.pathsep}{os.environ['PATH']}",
    }


def compile_kernels(build: str, target: Path) -> None:
    """Compile, bind and optimise one build into `target`; its declarations go where tsc finds them."""
    module, in_place = compile_crates(build, "module", "in_place")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    # kernels.js makes a fresh instance after a trap, which needs the reset function.
    options = "--target web --experimental-reset-state-function --out-dir"
    run(BINDGEN, options, target, module)
    optimise(target / "elex_kernels_bg.wasm", simd=build == "simd")
    shutil.copy(in_place, target)
    optimise(target / in_place.name, simd=build == "simd")
    refuse_memory_of_its_own(target / in_place.name)
    for unused in target.glob("*_bg.wasm.d.ts"):
        unused.unlink()
    declarations = TYPES / "wasm" / build / "elex_kernels.d.ts"
    declarations.parent.mkdir(parents=True, exist_ok=True)
    (target / "elex_kernels.d.ts").replace(declarations)


def compile_crates(build: str, *crates: str) -> list[Path]:
    """Compile crates of the workspace to modules and return where they lie, neither bound nor optimised."""
    env = cargo_environment(build)
    packages = [f"--package={crate}" for crate in crates]
    run("cargo build --release --locked", *packages, env=env, cwd=RUST)
    release = Path(env["CARGO_TARGET_DIR"]) / TARGET / "release"
    return [release / f"{MODULES.get(crate, crate)}.wasm" for crate in crates]


def refuse_memory_of_its_own(module: Path) -> None:
    """Check what shall run in the memory of others.

    Raises:
        BuildError: the module has data or a stack of its own, with which it would overwrite that memory.
    """
    sections = dict(wasm_module.sections_of(module.read_bytes()))
    has_mutable = any(wasm_module.globals_of(sections.get(wasm_module.GLOBALS, b"")))
    if has_mutable or wasm_module.DATA in sections:
        raise BuildError(f"{module.name} keeps something in a memory that is not its own")


def optimise(module: Path, *, simd: bool) -> None:
    """Take out what panics would say and run Binaryen's wasm-opt, in place."""
    module.write_bytes(wasm_module.without_panic_texts(module.read_bytes()))
    wasm_opt = NODE_MODULES / "binaryen" / "bin" / "wasm-opt"
    features = [*FEATURES, "simd"] if simd else FEATURES
    enabled = " ".join(f"--enable-{name}" for name in features)
    # Below 1024 lies at most the far end of a stack, here and in Emscripten's memory. So no address wraps
    # round to there, and a constant that is added to one may become the offset of a load.
    run("node", wasm_opt, module, "-O3 --low-memory-unused", enabled, "-o", module)

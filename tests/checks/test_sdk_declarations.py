"""elex.d.ts: up to date, complete, and precise enough for a strict TypeScript program."""

import json
import re
from pathlib import Path

from building.commands import run
from building.layout import NODE_MODULES, ROOT, WEB
from building.types import declarations

CONSUMER = """
import {
  EdgeAgent, EdgeBatch, Elex, ElexError, memoryStats, openElex, simdAvailable, wasmVersion,
} from "./elex.js";
import type {
  AgentConfig, AgentStatus, LearningUpdate, QueryResponse, ValidationParam,
} from "./elex.js";

const config: AgentConfig = {
  id: "a", fajCode: "FAJ 121 3094", category: "Energy", kpis: [], counters: [],
  parameters: [{ name: "sleepMode", valueType: "int32", rangeMin: 0, rangeMax: 3 }],
};
const elex: Elex = await openElex({
  kernels: "scalar", storage: "memory", seed: 1, onProgress: ({ phase }) => phase,
});
const statuses: AgentStatus[] = [];
elex.addEventListener("agentstatus", ({ detail }) => statuses.push(detail.after), { once: true });
const answer: QueryResponse = await elex.ask("How?");
const again: QueryResponse = await elex.ask({ content: "How?", availableActions: ["DirectAnswer"] });
const learnt: LearningUpdate = await elex.feedback(again.queryId, { rating: 1 });
const own = new EdgeAgent(config);
const known = (await elex.agents({ category: "Energy" })).length > 0;
const agent: EdgeAgent = known ? await elex.agent(answer.fajCode) : own;
const values: ValidationParam[] = [{ name: "p", value: Number.NaN, min: 0, max: 1 }];
const reason: string | null | undefined = (await agent.validateParameters(values))[0]?.reason;
const rows = new Float32Array(8);
const query = new Float32Array(4);
const best: { index: number; score: number }[] = await EdgeBatch.similaritySearch(query, rows, 1);
const error = new ElexError("NOT_FOUND", "a", "b");
const texts: string[] = [error.code, error.problem, error.fix, wasmVersion(), learnt.state];
const used: number = (await memoryStats()).usedBytes;
// @ts-expect-error: only openElex makes one
new Elex();
// @ts-expect-error: no such code
new ElexError("NO_SUCH_CODE", "a", "b");
// @ts-expect-error: a rating is a number
await elex.feedback("q", { rating: "good" });
export const all = [reason, best, texts, used, statuses, simdAvailable()];
"""


def test_elex_d_ts_is_that_of_the_sources() -> None:
    assert declarations.DECLARATIONS.read_text() == declarations.declarations(), (
        "run python -m building.types.declarations"
    )


def test_every_export_of_the_sdk_is_declared() -> None:
    script = (WEB / "elex.js").read_text()
    exported = set(re.findall(r"^export (?:async )?(?:function|class) (\w+)", script, re.MULTILINE))
    for names in re.findall(r"^export \{([^}]*)\}", script, re.MULTILINE):
        exported |= {name.strip() for name in names.split(",")}
    declared = re.findall(
        r"^export (?:function|class) (\w+)", declarations.DECLARATIONS.read_text(), re.MULTILINE
    )
    assert sorted(declared) == sorted(exported)


def test_nothing_is_declared_as_any() -> None:
    assert not re.search(r"\bany\b(?=\s*[;,)\]>|])", declarations.DECLARATIONS.read_text())


def test_a_strict_program_compiles_against_it(tmp_path: Path) -> None:
    (tmp_path / "elex.d.ts").write_text(declarations.DECLARATIONS.read_text())
    (tmp_path / "consumer.ts").write_text(CONSUMER)
    options = {
        **declarations.OPTIONS,
        "noEmit": True,
        "declaration": False,
        "emitDeclarationOnly": False,
    }
    options = {name: value for name, value in options.items() if not name.startswith("rootDir")}
    options["skipLibCheck"] = False  # the declaration file itself is what is looked at
    project = tmp_path / "tsconfig.json"
    project.write_text(json.dumps({"compilerOptions": options, "files": ["consumer.ts"]}))
    run("node", NODE_MODULES / "typescript" / "bin" / "tsc", "--pretty false -p", project)


def test_the_version_is_that_of_the_project() -> None:
    project = (ROOT / "pyproject.toml").read_text()
    version = re.search(r'^version = "(.+)"', project, re.MULTILINE)
    assert version
    assert f'VERSION = "{version[1]}"' in (WEB / "sdk" / "version.js").read_text()

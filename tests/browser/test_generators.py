"""From the description of the API others make a client by machine; it gets a real answer from a running site."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from .conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.once]

PACKAGES = settings.BASE_DIR / "node_modules"
IN_PYTHON = """
import json, sys
from made import Client
from made.api.search import search, suggest
from made.models import ProblemOut, SearchKindItem, SearchSort

client = Client(base_url=sys.argv[1])
found = search.sync(client=client, q="opvang", kind=[SearchKindItem.INITIATIVE], sort=SearchSort.NEWEST, page_size=2)
refused = search.sync_detailed(client=client, page=0)
assert isinstance(refused.parsed, ProblemOut), refused
print(json.dumps({
    "count": found.count, "page_size": found.page_size, "titles": [one.title for one in found.results],
    "refused": refused.parsed.status, "suggested": [one.text for one in suggest.sync(client=client, q="inbur")],
}))
"""
IN_TYPESCRIPT = """
import createClient from "openapi-fetch";
import type { paths } from "./schema.js";

declare const process: { argv: string[] };

const client = createClient<paths>({ baseUrl: process.argv[2] as string });
const search = (page: number) => client.GET("/search", {
  params: { query: { q: "opvang", kind: ["initiative"], sort: "newest", pageSize: 2, page } },
});
const found = await search(1);
const refused = await search(0);
const suggested = await client.GET("/suggest", { params: { query: { q: "inbur" } } });
if (!found.data || !suggested.data || !refused.error) throw new Error("No answer");
console.log(JSON.stringify({
  count: found.data.count, page_size: found.data.page_size, titles: found.data.results.map((one) => one.title),
  refused: refused.error.status, suggested: suggested.data.map((one) => one.text),
}));
"""

COMPILED = {
    "compilerOptions": {
        "strict": True, "target": "es2022", "module": "nodenext", "lib": ["es2022", "dom", "dom.iterable"], "types": [],
    },
    "files": ["use.ts"],
}  # fmt: skip


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def is_a_real_answer(printed: str) -> None:
    answer = json.loads(printed)
    assert answer["count"] > 2
    assert answer["page_size"] == len(answer["titles"]) == 2
    assert answer["refused"] == 400
    assert any("nburger" in text for text in answer["suggested"])


def test_a_client_in_python(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("post_hooks: []\n", encoding="utf-8")
    (tmp_path / "use.py").write_text(IN_PYTHON, encoding="utf-8")
    generator = str(Path(sys.executable).parent / "openapi-python-client")
    address = f"{demo.address}/api/v1"
    said = run(
        tmp_path, generator, "generate", "--url", f"{address}/openapi.json", "--meta", "none", "--output-path", "made",
        "--config", "config.yaml", "--fail-on-warning",
    )  # fmt: skip
    assert "Generating" in said
    is_a_real_answer(run(tmp_path, sys.executable, "use.py", address))


def test_a_client_in_typescript(demo: Demo, tmp_path: Path, is_ci: bool) -> None:
    if not (PACKAGES / "openapi-typescript").exists():
        message = "No openapi-typescript (npm ci): whether a client in TypeScript can be made was NOT tried."
        if is_ci:
            pytest.fail(message)
        pytest.skip(message)
    # Node comes with the requirements.
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    node = shutil.which("node", path=tools)
    assert node is not None
    (tmp_path / "node_modules").symlink_to(PACKAGES.resolve())
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    (tmp_path / "tsconfig.json").write_text(json.dumps(COMPILED), encoding="utf-8")
    (tmp_path / "use.ts").write_text(IN_TYPESCRIPT, encoding="utf-8")
    address = f"{demo.address}/api/v1"
    modules = PACKAGES.resolve()
    run(
        tmp_path, node, str(modules / "openapi-typescript" / "bin" / "cli.js"), f"{address}/openapi.json",
        "--output", "schema.d.ts",
    )  # fmt: skip
    # The compiler says whether the question and the answer are of the types that the description promises.
    run(tmp_path, node, str(modules / "typescript" / "lib" / "tsc.js"), "--project", ".")
    is_a_real_answer(run(tmp_path, node, "use.js", address))

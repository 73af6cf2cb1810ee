"""A browser without a screen: asks the workbench for a page as its own machine would."""

from __future__ import annotations

from functools import cache

from starlette.testclient import TestClient

from allocator.workbench.app import application

HOST = "localhost:8765"


@cache
def client() -> TestClient:
    return TestClient(application({HOST}), base_url=f"http://{HOST}", raise_server_exceptions=False)

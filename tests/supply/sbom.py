"""`python -m tests.supply.sbom FOLDER`: a list of what an installation brings along, as CycloneDX.

Made of the packages that are installed here, by their own metadata, from `allocator` on downward.
Nothing in it depends on the day or the machine.
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

#: A requirement of another package, as its metadata write it.
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def parts(name: str = "allocator") -> dict[str, Distribution]:
    """A package and whatever it needs, by normal name, in their order."""
    found: dict[str, Distribution] = {}
    waiting = [name]
    while waiting:
        each = normal(waiting.pop())
        if each in found:
            continue
        try:
            found[each] = distribution(each)
        except PackageNotFoundError:
            continue  # for another system or another Python
        waiting += needed(found[each])
    return dict(sorted(found.items()))


def needed(package: Distribution) -> list[str]:
    """What a package asks for by itself; what it would only like for an extra is left out."""
    required = [each for each in package.requires or [] if "extra ==" not in each]
    return [match[0] for each in required if (match := NAME.match(each))]


def normal(name: str) -> str:
    """A name as the package index compares it.

    >>> normal("Typing_Extensions")
    'typing-extensions'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(package: Distribution) -> str:
    """The licence by the package's own word: an expression, a classifier or a short text."""
    data = package.metadata
    if "License-Expression" in data:
        return data["License-Expression"]
    classified = [
        c.rpartition(" :: ")[2] for c in data.get_all("Classifier") or [] if "License" in c
    ]
    written = data["License"].strip() if "License" in data else ""
    return "; ".join(classified) or (written.splitlines()[0] if written else "")


def sbom() -> dict[str, Any]:
    """The list, as CycloneDX 1.6."""
    found = parts()
    own = found["allocator"]

    def reference(name: str) -> str:
        return f"pkg:pypi/{name}@{found[name].version}"

    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": reference("allocator"),
                "name": "allocator",
                "version": own.version,
                "licenses": [{"license": {"name": licence(own)}}],
            }
        },
        "components": [
            {
                "type": "library",
                "bom-ref": reference(name),
                "name": name,
                "version": package.version,
                "purl": reference(name),
                "licenses": [{"license": {"name": licence(package)}}],
            }
            for name, package in found.items()
            if name != "allocator"
        ],
        "dependencies": [
            {
                "ref": reference(name),
                "dependsOn": sorted(
                    reference(normal(each)) for each in needed(package) if normal(each) in found
                ),
            }
            for name, package in found.items()
        ],
    }


def main() -> None:
    folder = Path(sys.argv[1])
    path = folder / f"allocator-{distribution('allocator').version}.cdx.json"
    path.write_text(json.dumps(sbom(), indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()

"""A software bill of materials of what docgen is installed with: ``make sbom``.

It is CycloneDX 1.6 in JSON, made of ``requirements.lock``: each package with its version, the
digests of the files that may be installed of it, and what it needs in turn. Packages that only
build docgen are in it as well, with the scope "excluded". The same lock gives the same bytes.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from tomllib import loads
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from docgen import __version__

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
_PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)((?:.*\\\n)+.*)", re.MULTILINE)
_DIGEST = re.compile("sha256:([0-9a-f]{64})")


def main(arguments: Sequence[str]) -> None:
    """Writes the bill into a file."""
    path = Path(arguments[0])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{sbom(LOCK.read_text('utf-8'))}\n", "utf-8")
    print(path)


def sbom(lock: str) -> str:
    """The bill of what a lock file pins, as JSON."""
    project = loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    bom = Bom(serial_number=uuid5(NAMESPACE_URL, f"{project['name']} {__version__}\n{lock}"))
    bom.metadata.timestamp = None  # type: ignore[assignment]
    product = _product(project)
    bom.metadata.component = product
    direct = [canonicalize_name(Requirement(one).name) for one in project["dependencies"]]
    pinned = dict(_pinned(lock))
    needed = _reached(direct)
    for name, component in pinned.items():
        component.scope = ComponentScope.REQUIRED if name in needed else ComponentScope.EXCLUDED
        bom.components.add(component)
    bom.register_dependency(product, [pinned[name] for name in direct])
    for name, component in pinned.items():
        bom.register_dependency(component, [pinned[one] for one in _needs(name) if one in pinned])
    return JsonV1Dot6(bom).output_as_string(indent=2)


def _product(project: dict[str, str]) -> Component:
    return Component(
        name=project["name"],
        version=__version__,
        type=ComponentType.APPLICATION,
        description=project["description"],
        licenses=[LicenseFactory().make_from_string(project["license"])],
        bom_ref=project["name"],
    )


def _pinned(lock: str) -> Iterator[tuple[str, Component]]:
    """The packages of a lock file, by name."""
    for name, version, rest in _PINNED.findall(lock):
        digests = sorted(_DIGEST.findall(rest))
        component = Component(
            name=name,
            version=version,
            type=ComponentType.LIBRARY,
            purl=PackageURL("pypi", name=name, version=version),
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one) for one in digests],
            bom_ref=f"{name}=={version}",
        )
        yield canonicalize_name(name), component


def _needs(name: str) -> Iterator[str]:
    """The packages that one needs by itself, on some system."""
    try:
        told = requires(name) or ()
    except PackageNotFoundError:  # it is for another system
        return
    for one in map(Requirement, told):
        if one.marker is None or "extra" not in str(one.marker):
            yield canonicalize_name(one.name)


def _reached(names: Sequence[str]) -> set[str]:
    """Packages, and all that they need."""
    found: set[str] = set()
    pending = list(names)
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            pending += _needs(name)
    return found


if __name__ == "__main__":
    main(sys.argv[1:])

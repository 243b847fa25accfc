"""Asks whether anything that onrecord is installed with has a known vulnerability: ``python scripts/audit.py [requirements.lock]``.

Status 1 where something has; 0 where nothing has, and where no advisory service could be asked, which is said.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

SERVICES = ("osv", "pypi")


def asked(lock: str, service: str) -> dict[str, Any] | None:
    """What a service answers; None where it can't be asked."""
    command = [sys.executable, "-m", "pip_audit", "-r", lock, "--require-hashes", "--disable-pip", "-s", service, "-f", "json", "--progress-spinner", "off"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
        found = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return None
    return found if isinstance(found, dict) else None


def verdict(found: dict[str, Any]) -> tuple[list[str], int, int]:
    """What is vulnerable, how many packages were looked up, and how many the service did not know."""
    packages = found.get("dependencies", [])
    known = [p for p in packages if "skip_reason" not in p]
    bad = [f"{p['name']} {p['version']}: {v['id']}, fixed in {', '.join(v['fix_versions']) or 'no version yet'}" for p in known for v in p.get("vulns", [])]
    return bad, len(known), len(packages) - len(known)


def main() -> int:
    """Ask one service after the other until one answers."""
    lock = sys.argv[1] if len(sys.argv) > 1 else "requirements.lock"
    for service in SERVICES:
        found = asked(lock, service)
        bad, known, unknown = verdict(found) if found is not None else ([], 0, 0)
        if not known:
            print(f"{service}: can't be asked from here, or knows none of the packages")
            continue
        print(f"{service}: {known} packages looked up, {unknown} not known there, {len(bad)} vulnerabilities")
        print(*bad, sep="\n")
        return 1 if bad else 0
    print("no advisory service can be asked from here: the dependencies were NOT audited")
    return 0


if __name__ == "__main__":
    sys.exit(main())

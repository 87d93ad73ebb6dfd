"""Commands for owners and for pre-commit hooks: `python hooks/cli.py --help`."""

from __future__ import annotations

import sys

try:
    import click

    from adapter import engine
    from commands.add.command import add
    from commands.check import check
    from commands.doctor.command import doctor
    from commands.due import due
    from commands.export import export
    from commands.import_.command import import_site
    from commands.new.command import new
    from commands.upgrade.command import upgrade
    from homepage import __version__

    engine.need()
except Exception as error:  # noqa: BLE001 - packages break in many ways
    from commands.doctor import missing_packages

    sys.exit(missing_packages.help_out(error))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(version)s")
def main() -> None:
    """Create, check and maintain an academic homepage and its bibliography."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


for command in (add, check, doctor, due, export, import_site, new, upgrade):
    main.add_command(command)

if __name__ == "__main__":
    main()

"""Build bundle/docnlp-VERSION-PLATFORM/: all wheels and installers that need no network.

    python tools/make_bundle.py                                            # for this machine
    python tools/make_bundle.py --python-version 3.12 --platform win_amd64 # for another one

jieba is published as source only; it is pure Python, so the wheel built here serves everywhere.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "constraints" / "pins.txt"

# Wheels name the oldest system they run on; pip wants each name spelled out.
_GLIBC = (28, 27, 26, 24, 17)
PLATFORMS: dict[str, tuple[str, ...]] = {
    "win_amd64": ("win_amd64",),
    "linux_x86_64": (*(f"manylinux_2_{n}_x86_64" for n in _GLIBC), "manylinux2014_x86_64"),
    "linux_aarch64": (*(f"manylinux_2_{n}_aarch64" for n in _GLIBC), "manylinux2014_aarch64"),
}

# pip judges "only on Windows" by the machine it runs on, so what click and tqdm need there is named here.
WINDOWS_ONLY = ("colorama",)

INSTALL_SH = """\
#!/bin/sh
# 离线安装 docnlp。用法：sh install.sh [安装到哪个文件夹]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-"$HOME/.local/share/docnlp"}
python=
for candidate in python@PYTHON@ python3 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != @PYTHON_TUPLE@)' >/dev/null 2>&1; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "没有找到 Python @PYTHON@。请先安装它，再运行 sh install.sh。" >&2
    exit 1
fi
if [ -e "$target" ] && [ ! -e "$target/pyvenv.cfg" ]; then
    echo "$target 里有别的东西，没有安装。请换一个文件夹：sh install.sh 文件夹" >&2
    exit 1
fi
echo "正在安装到 $target ……"
"$python" -m venv --clear --without-pip "$target"
"$target/bin/python" "$here/wheels/@PIP@/pip" --disable-pip-version-check install --quiet --no-index --find-links "$here/wheels" "docnlp==@VERSION@"
"$target/bin/docnlp" --version
echo "安装好了。检查一份公文："
echo "  $target/bin/docnlp check 文件.docx"
"""

INSTALL_BAT = """\
@echo off
chcp 936 >nul
setlocal
rem 离线安装 docnlp。用法：install.bat [安装到哪个文件夹]
set "HERE=%~dp0"
set "TARGET=%~1"
if "%TARGET%"=="" set "TARGET=%LOCALAPPDATA%\\docnlp"
set "RUN="
py -@PYTHON@ -c "import sys" >nul 2>nul && set "RUN=py -@PYTHON@"
if not defined RUN python -c "import sys; sys.exit(sys.version_info[:2] != @PYTHON_TUPLE@)" >nul 2>nul && set "RUN=python"
if not defined RUN goto nopython
if not exist "%TARGET%" goto install
if exist "%TARGET%\\pyvenv.cfg" goto install
echo “%TARGET%”里有别的东西，没有安装。请换一个文件夹：install.bat 文件夹
goto failed
:install
echo 正在安装到 %TARGET% ……
%RUN% -m venv --clear --without-pip "%TARGET%" || goto failed
"%TARGET%\\Scripts\\python.exe" "%HERE%wheels\\@PIP@/pip" --disable-pip-version-check install --quiet --no-index --find-links "%HERE%wheels" "docnlp==@VERSION@" || goto failed
"%TARGET%\\Scripts\\docnlp.exe" --version || goto failed
echo 安装好了。检查一份公文：
echo   "%TARGET%\\Scripts\\docnlp.exe" check 文件.docx
pause
exit /b 0
:nopython
echo 没有找到 Python @PYTHON@。请先安装它，再双击 install.bat。
:failed
echo 没有装成。
pause
exit /b 1
"""

README = """\
docnlp @VERSION@ 离线安装包（@PLATFORM@，Python @PYTHON@）

一、先装 Python @PYTHON@。版本要一致，别的版本用不了这个文件夹。
二、Windows：双击 install.bat。
　　Linux（麒麟、统信等）：在这个文件夹里打开终端，运行 sh install.sh。
　　安装过程不联网，也不需要管理员权限。
三、装好后会显示 docnlp 在哪里。检查一份公文：
　　docnlp check 文件.docx
　　生成可以在浏览器里看的结果：
　　docnlp check 文件.docx --format html -o 结果.html
四、不想用了，把安装到的文件夹删掉就行。

公文只在本机上读，不会传到别处。
"""


def pip(*arguments: str) -> None:
    """Run pip.

    Raises:
        SystemExit: It failed; it has said why.
    """
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    if subprocess.run(command, check=False, cwd=ROOT).returncode:
        raise SystemExit("pip 没有成功，原因见上")


def collect(wheels: Path, python_version: str | None, platform: str | None) -> None:
    """Put the wheels of docnlp and all that it needs into a folder.

    Args:
        wheels: The folder.
        python_version: Another Python, e.g. `3.12`; None for the one that runs.
        platform: A key of `PLATFORMS`; None for this machine.
    """
    build = ("--quiet", "--build-constraint", str(PINS), "--constraint", str(PINS), "--wheel-dir", str(wheels))
    if python_version is None and platform is None:
        pip("wheel", *build, str(ROOT), "pip", *(WINDOWS_ONLY if sys.platform == "win32" else ()))
        return
    pip("wheel", *build, "--no-deps", str(ROOT), "jieba")
    names = PLATFORMS[platform] if platform else ()
    where = [f"--platform={name}" for name in names]
    version = python_version or f"{sys.version_info[0]}.{sys.version_info[1]}"
    pip(
        *("download", "--quiet", "--dest", str(wheels), "--only-binary=:all:", "--find-links", str(wheels)),
        *("--constraint", str(PINS), "--implementation", "cp", "--python-version", version, *where),
        *(str(w) for w in wheels.glob("docnlp-*.whl")),
        *("pip", *(WINDOWS_ONLY if platform == "win_amd64" else ())),
    )


def write_installers(folder: Path, values: dict[str, str]) -> None:
    """Write install.sh, install.bat and 安装说明.txt, each as its system expects text.

    Args:
        folder: Where they go.
        values: What stands for the words between @.
    """

    def fill(text: str) -> str:
        return re.sub(r"@([A-Z_]+)@", lambda m: values[m.group(1)], text)

    script = folder / "install.sh"
    script.write_text(fill(INSTALL_SH), encoding="utf-8", newline="\n")
    script.chmod(0o755)
    (folder / "install.bat").write_text(fill(INSTALL_BAT), encoding="gbk", newline="\r\n")
    (folder / "安装说明.txt").write_text(fill(README), encoding="utf-8-sig", newline="\r\n")


def main(arguments: list[str] | None = None) -> int:
    """Build the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python-version", metavar="3.12", help="the Python to install on (default: this one)")
    parser.add_argument("--platform", choices=sorted(PLATFORMS), help="the system to install on (default: this one)")
    parser.add_argument("--out", type=Path, default=ROOT / "bundle", help="where the folder goes (default: bundle/)")
    options = parser.parse_args(arguments)
    python = options.python_version or f"{sys.version_info[0]}.{sys.version_info[1]}"
    platform = options.platform or re.sub(r"[^a-z0-9]+", "_", sysconfig.get_platform())
    with tempfile.TemporaryDirectory(prefix="docnlp-bundle-") as scratch:
        wheels = Path(scratch) / "wheels"
        collect(wheels, options.python_version, options.platform)
        version = next(wheels.glob("docnlp-*.whl")).name.split("-")[1]
        folder = options.out / f"docnlp-{version}-{platform}-py{python}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        shutil.move(str(wheels), str(folder / "wheels"))
    values = {
        "VERSION": version,
        "PLATFORM": platform,
        "PYTHON": python,
        "PYTHON_TUPLE": "({}, {})".format(*python.split(".")),
        "PIP": next((folder / "wheels").glob("pip-*.whl")).name,
    }
    write_installers(folder, values)
    files = list((folder / "wheels").iterdir())
    print(f"{folder}: {len(files)} 个安装包，{sum(f.stat().st_size for f in files) / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/bin/sh
# Install alttext into .venv, run it on a copy of the sample site, and show what it wrote.
set -eu
cd "$(dirname "$0")/.."
[ -d .venv ] || python3 -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check .
rm -rf build/site
mkdir -p build
cp -R examples/site build/site
echo '$ alttext fix --diff build/site'
.venv/bin/alttext fix --diff build/site || [ $? -eq 1 ]   # 1: some images would change, or are left for a person
echo
echo '$ alttext fix build/site'
.venv/bin/alttext fix build/site || [ $? -eq 1 ]

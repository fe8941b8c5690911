#!/usr/bin/env bash
# LibreOffice Calc shows the cells that trialtab wrote: each file is opened headless, saved as CSV, and compared.
set -euo pipefail
tool=$1 work=$2
here=$(dirname "$(realpath "$0")")

# Opens the file $1, by the import filter $2 if given, and saves what Calc shows as shown/*.csv, one file a sheet.
show() {
  local into=(--convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1')
  soffice "-env:UserInstallation=file://$work/profile" --headless ${2:+"--infilter=$2"} "${into[@]}" --outdir "$work/shown" \
    "$1" >"$work/log" 2>&1 || { tail "$work/log"; return 1; }
}

for example in abstracts.jsonl car-t.ris; do
  name=${example%.*}
  for layout in tidy wide; do
    "$tool" extract "examples/$example" --layout "$layout" --bom --quiet -o "$work/$name-$layout.csv"
    show "$work/$name-$layout.csv" 'CSV:44,34,76'
    python3 "$here/compare.py" "$work/$name-$layout.csv" "$work/shown/$name-$layout-$name-$layout.csv"
  done
  "$tool" extract "examples/$example" --quiet -o "$work/$name.xlsx"
  show "$work/$name.xlsx"
  python3 "$here/compare.py" "$work/$name-tidy.csv" "$work/shown/$name-Findings.csv"
  python3 "$here/compare.py" "$work/$name-wide.csv" "$work/shown/$name-Evidence.csv"
  for sheet in Checks References About; do
    [[ $(wc -l <"$work/shown/$name-$sheet.csv") -gt 2 ]]
  done
done

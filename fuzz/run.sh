#!/bin/sh
# Run every fuzz target (or those named) for SECONDS_EACH, one at a time, and say what each did.
# usage: fuzz/run.sh [TARGET...]      SECONDS_EACH (default 600), CORPUS (default fuzz/corpus) from the environment
cd "$(dirname "$0")" || exit 1
seconds=${SECONDS_EACH:-600}
corpus=${CORPUS:-corpus}
for target in ${*:-detect ris nbib pubmed_xml rules}; do
    mkdir -p "$corpus/$target" "artifacts/$target"
    case $target in
    detect) seeds=../tests/read ;;
    ris) seeds=../examples ;;
    rules) seeds=../rules ;;
    *) seeds=$corpus/$target ;;
    esac
    nice -n 19 cargo +nightly fuzz run -O --sanitizer none "$target" "$corpus/$target" "$seeds" -- \
        -max_total_time="$seconds" -max_len=4096 -rss_limit_mb=1500 -timeout=10 -print_final_stats=1 \
        -dict="dictionaries/$target.dict" 2>&1 | tee "$target.log" | grep -E 'cov:|stat::|ERROR|panicked|DONE' | tail -12
done

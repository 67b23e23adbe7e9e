package org.brkmap.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.brkmap.evidence.FactsJson;
import org.jspecify.annotations.Nullable;

/** The results for machines: {@code brkmap/copy/1}. Times in milliseconds; null is unknown. */
final class CopyJson {
    private CopyJson() {}

    static String of(CopyResults results) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("schema", "brkmap/copy/1");
        json.put("finished", results.finished());
        json.put("machine", results.machine());
        json.put("rounds", results.plan().rounds());
        json.put("seed", results.plan().seed());
        json.put("in_short", CopyInShort.sentences(results));
        json.put("why", CopyWhy.of(results));
        json.put("findings", CopyFindings.of(results));
        json.put("notes", results.notes());
        json.put("missing", results.missing());
        json.put(
                "not_measured",
                results.unmeasured().entrySet().stream()
                        .map(CopyJson::unmeasured)
                        .toList());
        json.put(
                "cells",
                results.cells().stream().map(cell -> cell(results, cell)).toList());
        return FactsJson.write(json);
    }

    private static Map<String, @Nullable Object> unmeasured(Map.Entry<CopyCell, String> cell) {
        Map<String, @Nullable Object> json = circumstances(cell.getKey());
        json.put("why", cell.getValue());
        return json;
    }

    private static Map<String, @Nullable Object> cell(CopyResults results, CopyCell cell) {
        Map<String, @Nullable Object> json = circumstances(cell);
        json.put(
                "strategies",
                results.of(cell).stream().map(summary -> way(results, summary)).toList());
        return json;
    }

    private static Map<String, @Nullable Object> circumstances(CopyCell cell) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("bytes", cell.bytes());
        json.put("cache", cell.cache().name().toLowerCase(Locale.ROOT));
        json.put("destination", cell.destination().name().toLowerCase(Locale.ROOT));
        json.put("synced", cell.synced());
        return json;
    }

    private static Map<String, @Nullable Object> way(CopyResults results, CopySummary summary) {
        CopyStrategy strategy = summary.strategy();
        List<Double> runs = results.of(summary.cell(), strategy.id()).stream()
                .map(run -> run.measure().millis())
                .toList();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", strategy.id());
        json.put("title", strategy.title());
        json.put("family", strategy.family().title());
        json.put("millis", estimate(summary.millis()));
        json.put("ratio_to_textbook", estimate(summary.toTextbook()));
        json.put("ratio_to_memcpy", estimate(summary.toLimit()));
        json.put("verdict", summary.verdictInWords());
        json.put("phases", summary.phases());
        json.put("counts", summary.counts());
        json.put("runs", runs);
        return json;
    }

    private static @Nullable Map<String, Object> estimate(@Nullable Estimate estimate) {
        return estimate == null
                ? null
                : new TreeMap<>(Map.of(
                        "median", estimate.median(),
                        "low", estimate.low(),
                        "high", estimate.high()));
    }
}

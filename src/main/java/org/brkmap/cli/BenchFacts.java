package org.brkmap.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.bench.Estimate;
import org.brkmap.bench.Figure;
import org.brkmap.bench.SelfReport;
import org.brkmap.evidence.FactsJson;
import org.jspecify.annotations.Nullable;

/** The figures of a benchmark for programs; docs/CLI.md has the form. */
final class BenchFacts {
    private BenchFacts() {}

    static String json(SelfReport report) {
        List<Map<String, @Nullable Object>> figures = new ArrayList<>();
        for (Figure figure : report.figures()) {
            Estimate estimate = figure.estimate();
            Map<String, @Nullable Object> facts = new LinkedHashMap<>();
            facts.put("what", figure.what().strip());
            facts.put("unit", figure.unit());
            facts.put("median", estimate == null ? null : (Double) estimate.median());
            facts.put("low", estimate == null ? null : (Double) estimate.low());
            facts.put("high", estimate == null ? null : (Double) estimate.high());
            facts.put("rounds", estimate == null ? null : (Integer) estimate.count());
            facts.put("target", figure.target());
            figures.add(facts);
        }
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("schema", "brkmap/bench/1");
        facts.put("machine", report.machine());
        facts.put("figures", figures);
        return FactsJson.write(facts);
    }
}

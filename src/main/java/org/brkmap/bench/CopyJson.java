package org.brkmap.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The results for machines: {@code brkmap/copy/1}. Times in milliseconds; null is unknown. */
final class CopyJson {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().serializeNulls().create();

    private CopyJson() {}

    static String of(CopyResults results) {
        JsonObject json = new JsonObject();
        json.addProperty("format", "brkmap/copy/1");
        json.addProperty("finished", results.finished());
        json.add("machine", strings(results.machine()));
        json.addProperty("rounds", results.plan().rounds());
        json.addProperty("seed", results.plan().seed());
        json.add("findings", GSON.toJsonTree(CopyFindings.of(results)));
        json.add("notes", strings(results.notes()));
        JsonObject missing = new JsonObject();
        results.missing().forEach(missing::addProperty);
        json.add("missing", missing);
        JsonArray cells = new JsonArray();
        results.cells().forEach(cell -> cells.add(cell(results, cell)));
        json.add("cells", cells);
        return GSON.toJson(json) + "\n";
    }

    private static JsonObject cell(CopyResults results, CopyCell cell) {
        JsonObject json = new JsonObject();
        json.addProperty("bytes", cell.bytes());
        json.addProperty("cache", cell.cache().name().toLowerCase(Locale.ROOT));
        json.addProperty("destination", cell.destination().name().toLowerCase(Locale.ROOT));
        json.addProperty("synced", cell.synced());
        JsonArray ways = new JsonArray();
        CopySummary.of(results, cell).forEach(summary -> ways.add(way(results, summary)));
        json.add("strategies", ways);
        return json;
    }

    private static JsonObject way(CopyResults results, CopySummary summary) {
        JsonObject json = new JsonObject();
        json.addProperty("id", summary.strategy().id());
        json.addProperty("title", summary.strategy().title());
        json.addProperty("family", summary.strategy().family().name().toLowerCase(Locale.ROOT));
        json.add("millis", estimate(summary.millis()));
        json.add("ratio_to_textbook", estimate(summary.toTextbook()));
        json.add("ratio_to_memcpy", estimate(summary.toLimit()));
        json.addProperty("verdict", summary.verdictInWords());
        json.add("phases", GSON.toJsonTree(summary.phases()));
        json.add("counts", GSON.toJsonTree(summary.counts()));
        JsonArray runs = new JsonArray();
        results.of(summary.cell(), summary.strategy().id())
                .forEach(run -> runs.add(run.measure().millis()));
        json.add("runs", runs);
        return json;
    }

    private static JsonElement estimate(@Nullable Estimate estimate) {
        return GSON.toJsonTree(estimate);
    }

    private static JsonArray strings(Collection<String> lines) {
        JsonArray array = new JsonArray();
        lines.forEach(array::add);
        return array;
    }
}

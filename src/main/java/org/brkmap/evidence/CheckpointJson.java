package org.brkmap.evidence;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import org.brkmap.analyse.Places;
import org.brkmap.model.AllocatorCounts;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Mapping;
import org.brkmap.model.ProcessLayout;
import org.brkmap.model.Snapshot;
import org.brkmap.model.ThreadState;
import org.brkmap.model.Totals;

/** One checkpoint: a process's address space at one moment. */
final class CheckpointJson {
    private CheckpointJson() {}

    static void write(JsonWriter out, Snapshot snapshot, Places places) throws IOException {
        out.beginObject();
        out.name("id").value(snapshot.id());
        out.name("moment").value(snapshot.moment());
        out.name("kind").value(snapshot.kind().name());
        out.name("label").value(snapshot.label());
        out.name("event").value(snapshot.eventsBefore());
        out.name("pid").value(snapshot.pid());
        JsonText.array(out, "threads", snapshot.threads(), CheckpointJson::writeThread);
        out.name("mappings").beginArray();
        for (Mapping mapping : snapshot.mappings()) {
            MappingJson.write(out, mapping, places.at(snapshot, mapping));
        }
        out.endArray();
        JsonText.orNull(out, "layout", snapshot.layout(), CheckpointJson::writeLayout);
        JsonText.orNull(out, "allocations", snapshot.allocations(), CheckpointJson::writeCounts);
        out.name("totals");
        writeTotals(out, snapshot.totals());
        out.endObject();
    }

    static Snapshot read(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        Snapshot snapshot = new Snapshot(
                in.smallNumber("id"),
                in.smallNumber("moment"),
                in.at("kind").oneOf(CheckpointKind.class),
                in.text("label"),
                in.number("event"),
                in.smallNumber("pid"),
                in.at("threads").items(CheckpointJson::readThread),
                in.at("mappings").items(MappingJson::shared),
                in.at("layout").orNull(CheckpointJson::readLayout),
                in.at("allocations").orNull(CheckpointJson::readCounts));
        if (!in.at("totals").as(CheckpointJson::readTotals).equals(snapshot.totals())) {
            throw in.at("totals").wrong("is not the sum over the mappings, which is " + snapshot.totals());
        }
        in.end();
        return snapshot;
    }

    private static void writeThread(JsonWriter out, ThreadState thread) throws IOException {
        out.beginObject();
        out.name("tid").value(thread.tid());
        out.name("name").value(thread.name());
        out.name("stack").value(JsonText.hex(thread.stackPointer()));
        out.name("interrupted").value(thread.interrupted());
        out.endObject();
    }

    private static ThreadState readThread(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        ThreadState thread = new ThreadState(
                in.smallNumber("tid"), in.text("name"), in.hexOrNull("stack"), in.textOrNull("interrupted"));
        in.end();
        return thread;
    }

    private static void writeLayout(JsonWriter out, ProcessLayout layout) throws IOException {
        out.beginObject();
        out.name("executable").value(layout.executable());
        out.name("startCode").value(JsonText.hex(layout.startCode()));
        out.name("endCode").value(JsonText.hex(layout.endCode()));
        out.name("startData").value(JsonText.hex(layout.startData()));
        out.name("endData").value(JsonText.hex(layout.endData()));
        out.name("startBrk").value(JsonText.hex(layout.startBrk()));
        out.name("startStack").value(JsonText.hex(layout.startStack()));
        out.name("argStart").value(JsonText.hex(layout.argStart()));
        out.name("argEnd").value(JsonText.hex(layout.argEnd()));
        out.name("envStart").value(JsonText.hex(layout.envStart()));
        out.name("envEnd").value(JsonText.hex(layout.envEnd()));
        out.name("programHeaders").value(JsonText.hex(layout.programHeaders()));
        out.name("entry").value(JsonText.hex(layout.entry()));
        out.name("loaderBase").value(JsonText.hex(layout.loaderBase()));
        out.name("vdso").value(JsonText.hex(layout.vdso()));
        out.endObject();
    }

    private static ProcessLayout readLayout(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        ProcessLayout layout = new ProcessLayout(
                in.textOrNull("executable"),
                in.hexOrNull("startCode"),
                in.hexOrNull("endCode"),
                in.hexOrNull("startData"),
                in.hexOrNull("endData"),
                in.hexOrNull("startBrk"),
                in.hexOrNull("startStack"),
                in.hexOrNull("argStart"),
                in.hexOrNull("argEnd"),
                in.hexOrNull("envStart"),
                in.hexOrNull("envEnd"),
                in.hexOrNull("programHeaders"),
                in.hexOrNull("entry"),
                in.hexOrNull("loaderBase"),
                in.hexOrNull("vdso"));
        in.end();
        return layout;
    }

    private static void writeCounts(JsonWriter out, AllocatorCounts counts) throws IOException {
        out.beginObject();
        out.name("mallocs").value(counts.mallocs());
        out.name("callocs").value(counts.callocs());
        out.name("reallocs").value(counts.reallocs());
        out.name("frees").value(counts.frees());
        out.name("bytesRequested").value(counts.bytesRequested());
        out.endObject();
    }

    private static AllocatorCounts readCounts(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        AllocatorCounts counts = new AllocatorCounts(
                in.number("mallocs"),
                in.number("callocs"),
                in.number("reallocs"),
                in.number("frees"),
                in.number("bytesRequested"));
        in.end();
        return counts;
    }

    private static void writeTotals(JsonWriter out, Totals totals) throws IOException {
        out.beginObject();
        out.name("virtual").value(totals.virtual());
        out.name("resident").value(totals.resident());
        out.name("proportional").value(totals.proportional());
        out.name("privateDirty").value(totals.privateDirty());
        out.name("anonymous").value(totals.anonymous());
        out.name("swap").value(totals.swap());
        out.endObject();
    }

    private static Totals readTotals(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        Totals totals = new Totals(
                in.number("virtual"),
                in.numberOrNull("resident"),
                in.numberOrNull("proportional"),
                in.numberOrNull("privateDirty"),
                in.numberOrNull("anonymous"),
                in.numberOrNull("swap"));
        in.end();
        return totals;
    }
}

package org.brkmap.evidence;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.brkmap.analyse.Analysis;
import org.brkmap.analyse.Places;
import org.brkmap.model.AddressRange;
import org.brkmap.model.CauseKind;
import org.brkmap.model.Change;
import org.brkmap.model.ChangeKind;
import org.brkmap.model.Mapping;
import org.brkmap.model.Observation;
import org.brkmap.model.Role;
import org.brkmap.model.Snapshot;
import org.brkmap.model.TranscriptLine;
import org.brkmap.model.TranscriptLine.Direction;
import org.jspecify.annotations.Nullable;

/** One run: the members that a run's own file and a run within a lab's file share. */
final class RunJson {
    private RunJson() {}

    static void writeMembers(JsonWriter out, RunDocument run) throws IOException {
        Observation seen = run.observation();
        out.name("name").value(run.name());
        out.name("host");
        ProgramJson.writeHost(out, seen.host());
        out.name("program");
        ProgramJson.write(out, seen.program(), seen.ending());
        JsonText.array(out, "transcript", seen.transcript(), RunJson::writeLine);
        Places places = Places.in(seen);
        JsonText.array(
                out,
                "checkpoints",
                seen.snapshots(),
                (array, snapshot) -> CheckpointJson.write(array, snapshot, places));
        JsonText.array(out, "events", seen.events(), CallJson::writeEvent);
        JsonText.array(out, "allocations", seen.allocations(), CallJson::writeAllocation);
        out.name("allocationsDropped").value(seen.allocationsDropped());
        Map<Integer, Snapshot> snapshots = new HashMap<>();
        seen.snapshots().forEach(snapshot -> snapshots.put(snapshot.id(), snapshot));
        JsonText.array(
                out,
                "changes",
                run.analysis().changes(),
                (array, change) -> writeChange(
                        array,
                        change,
                        place(places, snapshots.get(change.from()), change, change.before()),
                        place(places, snapshots.get(change.to()), change, change.after())));
        JsonText.texts(out, "notes", seen.notes());
    }

    static RunDocument readMembers(JsonFields in) throws EvidenceException {
        List<Snapshot> snapshots = in.at("checkpoints").items(CheckpointJson::read);
        Set<Integer> ids = snapshots.stream().map(Snapshot::id).collect(Collectors.toSet());
        if (ids.size() != snapshots.size()) {
            throw in.at("checkpoints").wrong("two checkpoints have the same id");
        }
        JsonNode program = in.at("program");
        Observation seen = new Observation(
                program.as(ProgramJson::read),
                in.at("host").as(ProgramJson::readHost),
                in.at("transcript").items(RunJson::readLine),
                snapshots,
                in.at("events").items(CallJson::readEvent),
                in.at("allocations").items(CallJson::readAllocation),
                in.number("allocationsDropped"),
                program.fields().at("exit").as(ProgramJson::readEnding),
                in.at("notes").items(JsonNode::text));
        List<Change> changes = in.at("changes").items(node -> {
            Change change = readChange(node);
            if (!ids.contains(change.from()) || !ids.contains(change.to())) {
                throw node.wrong("no such checkpoints: from " + change.from() + " to " + change.to());
            }
            return change;
        });
        return new RunDocument(in.text("name"), new Analysis(seen, changes));
    }

    private static void writeLine(JsonWriter out, TranscriptLine line) throws IOException {
        out.beginObject();
        out.name("at").value(line.at());
        out.name(line.direction().name().toLowerCase(Locale.ROOT)).value(line.text());
        out.endObject();
    }

    private static TranscriptLine readLine(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        Direction direction = in.has("in") ? Direction.IN : Direction.OUT;
        TranscriptLine line = new TranscriptLine(
                in.number("at"), direction, in.text(direction.name().toLowerCase(Locale.ROOT)));
        in.end();
        return line;
    }

    private static String place(Places places, @Nullable Snapshot snapshot, Change change, @Nullable Mapping region) {
        return snapshot == null || region == null ? change.at() : places.at(snapshot, region);
    }

    private static void writeChange(JsonWriter out, Change change, String atBefore, String atAfter) throws IOException {
        out.beginObject();
        out.name("from").value(change.from());
        out.name("to").value(change.to());
        out.name("kind").value(change.kind().name());
        out.name("role").value(change.role().name());
        out.name("start").value(AddressRange.hex(change.range().start()));
        out.name("end").value(AddressRange.hex(change.range().end()));
        out.name("at").value(change.at());
        out.name("bytes").value(change.bytes());
        JsonText.orNull(out, "before", change.before(), (row, region) -> MappingJson.write(row, region, atBefore));
        JsonText.orNull(out, "after", change.after(), (row, region) -> MappingJson.write(row, region, atAfter));
        out.name("cause").value(change.cause().name().toLowerCase(Locale.ROOT));
        JsonText.array(out, "causedBy", change.causedBy(), JsonWriter::value);
        out.endObject();
    }

    private static Change readChange(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        Change change = new Change(
                in.smallNumber("from"),
                in.smallNumber("to"),
                in.at("kind").oneOf(ChangeKind.class),
                in.at("role").oneOf(Role.class),
                new AddressRange(in.hex("start"), in.hex("end")),
                in.text("at"),
                in.number("bytes"),
                in.at("before").orNull(MappingJson::shared),
                in.at("after").orNull(MappingJson::shared),
                in.at("cause").oneOfLowerCase(CauseKind.class),
                in.at("causedBy").items(JsonNode::number));
        in.end();
        return change;
    }
}

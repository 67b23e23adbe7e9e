package org.brkmap.grade;

import java.util.LinkedHashMap;
import java.util.Map;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.EvidenceException;
import org.brkmap.evidence.JsonFields;
import org.brkmap.evidence.JsonNode;
import org.brkmap.grade.Repeats.Flake;
import org.brkmap.grade.Repeats.Outcome;
import org.jspecify.annotations.Nullable;

/** The member {@code repeats} of a result. */
final class RepeatsJson {
    private RepeatsJson() {}

    static Map<String, @Nullable Object> members(Repeats repeats) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("runs", repeats.runs());
        out.put("flakes", repeats.flakes().stream().map(RepeatsJson::flake).toList());
        return out;
    }

    static Map<String, @Nullable Object> flake(Flake flake) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("check", flake.check());
        out.put("outcomes", flake.outcomes().stream().map(RepeatsJson::outcome).toList());
        return out;
    }

    private static Map<String, @Nullable Object> outcome(Outcome outcome) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("runs", outcome.runs());
        out.put("status", outcome.status().name());
        out.put("earned", outcome.earned());
        out.put("expected", outcome.expected());
        out.put("actual", outcome.actual());
        return out;
    }

    static Repeats read(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        Repeats repeats = new Repeats(in.smallNumber("runs"), in.at("flakes").items(RepeatsJson::readFlake));
        in.end();
        return repeats;
    }

    private static Flake readFlake(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        Flake flake = new Flake(in.text("check"), in.at("outcomes").items(RepeatsJson::readOutcome));
        in.end();
        return flake;
    }

    private static Outcome readOutcome(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        Outcome outcome = new Outcome(
                in.smallNumber("runs"),
                in.at("status").oneOf(CheckStatus.class),
                in.smallNumber("earned"),
                in.textOrNull("expected"),
                in.textOrNull("actual"));
        in.end();
        return outcome;
    }
}

package org.brkmap.grade;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.EvidenceException;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.evidence.FactsJson;
import org.brkmap.evidence.JsonFields;
import org.brkmap.evidence.JsonNode;
import org.brkmap.evidence.JsonTree;
import org.brkmap.model.AddressRange;
import org.jspecify.annotations.Nullable;

/**
 * A result as JSON, in the schema {@value Result#SCHEMA}. The same result gives the same text, and what was written reads back
 * equal; a reader refuses what is missing, unknown or doubled. Thread-safe.
 */
public final class ResultJson {
    /** The longest text that is read, in characters. */
    public static final int MAX_CHARACTERS = 16 << 20;

    private ResultJson() {}

    /** The result as one line. */
    public static String write(Result result) {
        Map<String, @Nullable Object> out = signed(result);
        Signature signature = result.signature();
        out.put("signature", signature == null ? null : signature(signature));
        return FactsJson.write(out);
    }

    /** All members but the signature: what a signature is of. */
    static Map<String, @Nullable Object> signed(Result result) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("schema", Result.SCHEMA);
        out.put("student", result.student());
        Submission submission = result.submission();
        Map<String, @Nullable Object> handedIn = new LinkedHashMap<>();
        handedIn.put("file", submission.file());
        handedIn.put("sha256", submission.sha256());
        handedIn.put("submitted", submission.submitted());
        out.put("submission", handedIn);
        out.put("lab", result.lab());
        out.put("labVersion", result.labVersion());
        out.put("harness", result.harness());
        out.put("grading", result.grading().name());
        out.put("checks", each(result.checks(), ResultJson::check));
        out.put("flags", each(result.flags(), ResultJson::flag));
        out.put("fingerprint", result.fingerprint());
        out.put("differences", each(result.differences(), ResultJson::difference));
        out.put("bases", each(result.bases(), ResultJson::bases));
        out.put("notes", result.notes());
        Repeats repeats = result.repeats();
        out.put("repeats", repeats == null ? null : RepeatsJson.members(repeats));
        return out;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws EvidenceException if the text is too long, is not JSON, is of another schema, or departs from it anywhere
     */
    public static Result read(String text) throws EvidenceException {
        if (text.length() > MAX_CHARACTERS) {
            throw JsonTree.parse("null")
                    .wrong("the text has " + text.length() + " characters; at most " + MAX_CHARACTERS + " are read");
        }
        return JsonTree.parse(text).as(ResultJson::readResult);
    }

    private static Result readResult(JsonNode root) throws EvidenceException {
        JsonFields in = root.fields();
        String schema = in.text("schema");
        if (!schema.equals(Result.SCHEMA)) {
            throw in.at("schema")
                    .wrong("is \"" + schema + "\"; this version of brkmap reads \"" + Result.SCHEMA
                            + "\" only. Grade the submission again");
        }
        Result result = new Result(
                in.text("student"),
                in.at("submission").as(ResultJson::readSubmission),
                in.text("lab"),
                in.text("labVersion"),
                in.text("harness"),
                in.at("grading").oneOf(Grading.class),
                in.at("checks").items(ResultJson::readCheck),
                in.at("flags").items(ResultJson::readFlag),
                in.textOrNull("fingerprint"),
                in.at("differences").items(ResultJson::readDifference),
                in.at("bases").items(ResultJson::readBases),
                in.at("notes").items(JsonNode::text),
                in.at("repeats").orNull(RepeatsJson::read),
                in.at("signature").orNull(ResultJson::readSignature));
        in.end();
        return result;
    }

    private static <T> List<Map<String, @Nullable Object>> each(
            List<T> values, Function<T, Map<String, @Nullable Object>> members) {
        return values.stream().map(members).toList();
    }

    private static Map<String, @Nullable Object> check(GradedCheck check) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("id", check.id());
        out.put("title", check.title());
        ExerciseKind kind = check.kind();
        out.put("kind", kind == null ? null : kind.name());
        out.put("extra", check.extra());
        out.put("hidden", check.hidden());
        out.put("points", check.points());
        out.put("earned", check.earned());
        out.put("status", check.status().name());
        out.put("basis", check.basis().name());
        out.put("expected", check.expected());
        out.put("actual", check.actual());
        out.put("answers", check.answers());
        out.put("shape", check.shape());
        return out;
    }

    private static GradedCheck readCheck(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        GradedCheck check = new GradedCheck(
                in.text("id"),
                in.text("title"),
                in.at("kind").orNull(kind -> kind.oneOf(ExerciseKind.class)),
                in.at("extra").flag(),
                in.at("hidden").flag(),
                in.smallNumber("points"),
                in.smallNumber("earned"),
                in.at("status").oneOf(CheckStatus.class),
                in.at("basis").oneOf(Basis.class),
                in.textOrNull("expected"),
                in.textOrNull("actual"),
                in.at("answers").items(JsonNode::text),
                in.textOrNull("shape"));
        in.end();
        return check;
    }

    private static Submission readSubmission(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        Submission submission = new Submission(
                in.text("file"), in.text("sha256"), in.at("submitted").orNull(ResultJson::instant));
        in.end();
        return submission;
    }

    private static Instant instant(JsonNode node) throws EvidenceException {
        try {
            return Instant.parse(node.text());
        } catch (DateTimeException e) {
            throw node.wrong("expected a time such as 2026-11-21T12:00:00Z, found " + node.text());
        }
    }

    private static Map<String, @Nullable Object> flag(Flag flag) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("kind", flag.kind().name());
        out.put("reason", flag.reason());
        out.put("with", flag.with());
        return out;
    }

    private static Flag readFlag(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        Flag flag = new Flag(
                in.at("kind").oneOf(FlagKind.class),
                in.text("reason"),
                in.at("with").items(JsonNode::text));
        in.end();
        return flag;
    }

    private static Map<String, @Nullable Object> difference(Difference difference) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("what", difference.what());
        out.put("claimed", difference.claimed());
        out.put("found", difference.found());
        return out;
    }

    private static Difference readDifference(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        Difference difference = new Difference(in.text("what"), in.text("claimed"), in.text("found"));
        in.end();
        return difference;
    }

    private static Map<String, @Nullable Object> bases(AddressBases bases) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("run", bases.run());
        out.put("program", hex(bases.program()));
        out.put("libc", hex(bases.libc()));
        out.put("stack", hex(bases.stack()));
        return out;
    }

    private static @Nullable String hex(@Nullable Long address) {
        return address == null ? null : AddressRange.hex(address);
    }

    private static AddressBases readBases(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        AddressBases bases =
                new AddressBases(in.text("run"), in.hexOrNull("program"), in.hexOrNull("libc"), in.hexOrNull("stack"));
        in.end();
        return bases;
    }

    private static Map<String, @Nullable Object> signature(Signature signature) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("key", signature.key());
        out.put("value", signature.value());
        return out;
    }

    private static Signature readSignature(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        Signature signature = new Signature(in.text("key"), in.text("value"));
        in.end();
        return signature;
    }
}

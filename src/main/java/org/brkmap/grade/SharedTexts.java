package org.brkmap.grade;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps one copy of the texts that the results of a class have in common: titles, what was expected, what most saw. For one thread. */
final class SharedTexts {
    private final Map<String, String> texts = new HashMap<>();

    /** The same result, with texts that others have, too. */
    Result in(Result result) {
        return new Result(
                result.student(),
                result.submission(),
                one(result.lab()),
                one(result.labVersion()),
                one(result.harness()),
                result.grading(),
                result.checks().stream().map(this::in).toList(),
                result.flags(),
                result.fingerprint(),
                result.differences(),
                result.bases().stream()
                        .map(bases -> new AddressBases(one(bases.run()), bases.program(), bases.libc(), bases.stack()))
                        .toList(),
                result.notes(),
                result.repeats(),
                result.signature());
    }

    private GradedCheck in(GradedCheck check) {
        return new GradedCheck(
                one(check.id()),
                one(check.title()),
                check.kind(),
                check.extra(),
                check.hidden(),
                check.points(),
                check.earned(),
                check.status(),
                check.basis(),
                orNull(check.expected()),
                orNull(check.actual()),
                check.answers().stream().map(this::one).toList(),
                orNull(check.shape()));
    }

    private @Nullable String orNull(@Nullable String text) {
        return text == null ? null : one(text);
    }

    private String one(String text) {
        return texts.computeIfAbsent(text, same -> same);
    }
}

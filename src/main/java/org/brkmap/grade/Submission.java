package org.brkmap.grade;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a student handed in. Immutable.
 *
 * @param file its path relative to the folder of submissions, with {@code /} between names
 * @param sha256 of its bytes, in small hexadecimal; of a folder, over its files' names and bytes
 * @param submitted when, as the learning management system says; null if nothing says so
 */
public record Submission(
        String file, String sha256, @Nullable Instant submitted) {}

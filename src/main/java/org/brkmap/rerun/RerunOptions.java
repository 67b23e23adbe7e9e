package org.brkmap.rerun;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.brkmap.grade.Course;
import org.brkmap.grade.Roster;
import org.brkmap.grade.SigningKey;
import org.brkmap.sandbox.Tier;
import org.jspecify.annotations.Nullable;

/**
 * What is to be run again, and how. Immutable.
 *
 * @param root of the project whose checks are run
 * @param submissions the folder: each file or folder in it is a submission
 * @param courseFolder what the names of hidden checks in the course's rules are relative to
 * @param out where results go
 * @param lab what is graded; null if each submission tells
 * @param tier of the sandbox
 * @param jobs workers at once
 * @param shard which part of the submissions is done, from 0
 * @param shards of how many
 * @param limit the most time for one run of a submission
 * @param repeat how often each submission is run, from 1
 * @param submitted when students handed in, by id
 * @param key signs the results; null to leave them unsigned
 */
public record RerunOptions(
        Path root,
        Path submissions,
        Roster roster,
        Course course,
        Path courseFolder,
        Path out,
        @Nullable String lab,
        Tier tier,
        int jobs,
        int shard,
        int shards,
        Duration limit,
        int repeat,
        Map<String, Instant> submitted,
        @Nullable SigningKey key) {
    public RerunOptions {
        submitted = Map.copyOf(submitted);
    }

    /** Once, unsigned, and at times that nobody knows. */
    public RerunOptions(
            Path root,
            Path submissions,
            Roster roster,
            Course course,
            Path courseFolder,
            Path out,
            @Nullable String lab,
            Tier tier,
            int jobs,
            int shard,
            int shards,
            Duration limit) {
        this(
                root,
                submissions,
                roster,
                course,
                courseFolder,
                out,
                lab,
                tier,
                jobs,
                shard,
                shards,
                limit,
                1,
                Map.of(),
                null);
    }
}
